import type { CustomSeriesRenderItem } from "echarts";
import type { HomeEvent } from "#lib/api.ts";

const REST = new Set(["off", "closed", "not_home", "idle", "locked", "below_horizon", "standby"]);
const AWAY = new Set(["unavailable", "unknown"]);

/** One band per state: from, to, the state, and how it looks (0 resting, 1 active, 2 not known). */
export function bandsOf(oldestFirst: readonly HomeEvent[], now: number) {
  return oldestFirst.flatMap(({ at, newState }, index) => {
    if (newState === undefined) return [];
    const end = oldestFirst[index + 1]?.at ?? now;
    let look = REST.has(newState) ? 0 : 1;
    if (AWAY.has(newState)) look = 2;
    return [{ value: [at, end, look], name: newState.replaceAll("_", " ") }];
  });
}

/** Draws a band; what is not known is hatched by a dashed frame, never by color alone. */
export const drawBand: CustomSeriesRenderItem = (_params, api) => {
  const [left = 0] = api.coord([api.value(0), 0]);
  const [right = 0] = api.coord([api.value(1), 0]);
  const look = Number(api.value(2));
  const style = getComputedStyle(document.documentElement);
  const color = (name: string) => style.getPropertyValue(name).trim();
  return {
    type: "rect",
    shape: { x: left, y: 12, width: Math.max(1, right - left), height: 44, r: 3 },
    style:
      look === 2
        ? { fill: "transparent", stroke: color("--text-2"), lineDash: [4, 3] }
        : { fill: look === 1 ? color("--accent") : color("--surface-2"), stroke: color("--line") },
  };
};
