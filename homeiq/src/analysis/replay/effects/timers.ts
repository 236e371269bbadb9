import { HOUR_MS, MINUTE_MS, SECOND_MS } from "#foundation/time.ts";
import type { WorldState } from "../past/past.ts";
import { isFailure, toPeriodMs } from "../stage/stage.ts";
import type { EffectOf } from "./effects.ts";

/** What timers become, as Home Assistant's `components/timer`, 2026.11: they count whole seconds. */
export const TIMERS: readonly (readonly [string, EffectOf])[] = [
  [
    "timer.start",
    ({ duration }, state, now) => {
      const { remaining, duration: usual } = state?.attributes ?? {};
      const given = duration === undefined ? 0 : msOf(duration);
      const left = given || msOf(state?.state === "idle" ? usual : (remaining ?? usual));
      const isAnew = state?.state === "active" || state?.state === "paused";
      return {
        state: "active",
        attributes: {
          ...{ last_transition: isAnew ? "restarted" : "started", remaining: clock(left) },
          finishes_at: iso(wholeSecond(now) + left),
          ...(given ? { duration: clock(given) } : {}),
        },
      };
    },
  ],
  [
    "timer.pause",
    (_, state, now) =>
      state?.state === "active"
        ? {
            state: "paused",
            attributes: {
              ...{ last_transition: "paused", finishes_at: null },
              remaining: clock(endOf(state) - wholeSecond(now)),
            },
          }
        : undefined,
  ],
  [
    "timer.change",
    ({ duration }, state, now) => {
      if (state?.state !== "active") return undefined;
      const end = endOf(state) + msOf(duration);
      return {
        state: "active",
        attributes: { finishes_at: iso(end), remaining: clock(end - wholeSecond(now)) },
      };
    },
  ],
  ["timer.cancel", (_, state) => endedBy("cancelled", state)],
  ["timer.finish", (_, state) => endedBy("finished", state)],
];

/** A timer at its end; absent when it does not run. */
export const endedBy = (
  transition: "finished" | "cancelled",
  state: WorldState | undefined,
): ReturnType<EffectOf> =>
  state && state.state !== "idle"
    ? {
        state: "idle",
        attributes: { last_transition: transition, finishes_at: null, remaining: null },
      }
    : undefined;

/** When it ends. Milliseconds; NaN when it says nothing of it. */
export const endOf = ({ attributes }: WorldState): number =>
  Date.parse(String(attributes.finishes_at));

const wholeSecond = (at: number) => Math.floor(at / SECOND_MS) * SECOND_MS;

const iso = (at: number) =>
  Number.isFinite(at) ? new Date(at).toISOString().replace(/\.\d+Z/, "+00:00") : null;

function msOf(value: unknown): number {
  const ms = toPeriodMs(value ?? 0);
  return isFailure(ms) ? 0 : ms;
}

const two = (value: number) => String(Math.floor(value)).padStart(2, "0");

function clock(ms: number): string {
  const left = Math.max(0, Number.isFinite(ms) ? ms : 0);
  const minutes = two((left % HOUR_MS) / MINUTE_MS);
  return `${Math.floor(left / HOUR_MS)}:${minutes}:${two((left % MINUTE_MS) / SECOND_MS)}`;
}
