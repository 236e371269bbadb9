import type { Device, DeviceChange, PowerSeries } from "#src/analysis/energy/energy.ts";

/** A small house, second by second: what is added to its meter is all there is. */
export function createMeteredHome({ days = 3, start = Date.UTC(2026, 2, 2) } = {}) {
  const power = new Float64Array(days * 86_400).fill(100);
  const devices = new Map<string, DeviceChange[]>();

  return {
    start,
    end: start + days * 86_400_000,
    at: (day: number, hour: number, second = 0) =>
      start + day * 86_400_000 + hour * 3_600_000 + second * 1_000,
    draw(watts: number, from: number, to: number) {
      const first = Math.round((from - start) / 1_000);
      for (let n = first; n < (to - start) / 1_000; n += 1) power[n] = (power[n] ?? 0) + watts;
    },
    turn(entityId: string, change: DeviceChange) {
      const known = devices.get(entityId) ?? [{ at: start, isOn: false }];
      devices.set(entityId, [...known, change]);
    },
    devices: (): Device[] => [...devices].map(([entityId, changes]) => ({ entityId, changes })),
    meter(everySeconds = 1): PowerSeries {
      const count = Math.floor(power.length / everySeconds);
      return {
        at: Float64Array.from({ length: count }, (_, n) => start + n * everySeconds * 1_000),
        powerW: Float64Array.from(
          { length: count },
          (_, n) => (power[n * everySeconds] ?? 0) + (n % 3),
        ),
      };
    },
  };
}

export type MeteredHome = ReturnType<typeof createMeteredHome>;

/** On for some minutes at each of these hours of each day. */
export function useDaily(
  home: MeteredHome,
  entityId: string,
  {
    watts,
    hours,
    minutes = 20,
    days = 3,
    cause = "physical",
    by,
    lateMs = 500,
  }: {
    watts: number;
    hours: readonly number[];
    minutes?: number;
    days?: number;
    cause?: string;
    by?: string;
    lateMs?: number;
  },
) {
  const why = { cause, ...(by ? { by } : {}) };
  for (let day = 0; day < days; day += 1) {
    for (const hour of hours) {
      const [from, to] = [home.at(day, hour), home.at(day, hour, minutes * 60)];
      home.draw(watts, from, to);
      home.turn(entityId, { at: from + lateMs, isOn: true, ...why });
      home.turn(entityId, { at: to + lateMs, isOn: false, ...why });
    }
  }
}
