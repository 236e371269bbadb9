import type { Chance } from "#support/made-home.ts";
import type { VillaChange, VillaDevice } from "./villa.ts";

export interface Scene {
  readonly chance: Chance;
  readonly days: number;
}

export const SECONDS = 86_400;
export const VILLA_START = Date.UTC(2026, 1, 2); // a Monday

export function add(power: Float32Array, from: number, to: number, watts: number): void {
  const end = Math.min(power.length, Math.round(to));
  for (let n = Math.max(0, Math.round(from)); n < end; n += 1) power[n] = (power[n] ?? 0) + watts;
}

/** Pump and valve of one automation: never one without the other. */
export function addTogether(power: Float32Array, { chance, days }: Scene): VillaDevice[] {
  const watts = [150 + 200 * chance(), 60 + 40 * chance()];
  const pair = watts.map(
    (trueW, n): VillaDevice => ({
      entityId: `switch.irrigation_${n}`,
      trueW,
      isInseparable: true,
      changes: [{ at: VILLA_START, isOn: false, cause: "unknown" }],
    }),
  );
  for (let day = 0; day < days; day += 1) {
    const from = day * SECONDS + 5 * 3_600 + Math.round(600 * chance());
    const to = from + 900 + Math.round(900 * chance());
    for (const [n, device] of pair.entries()) {
      add(power, from, to, watts[n] ?? 0);
      const by = { cause: "automation", by: "automation.irrigation" };
      device.changes.push({ at: VILLA_START + from * 1_000 + 300 * n, isOn: true, ...by });
      device.changes.push({ at: VILLA_START + to * 1_000 + 300 * n, isOn: false, ...by });
    }
  }
  return pair;
}

/** Every evening one automation takes what is off, turns it on for half an hour, and off again: all at once. */
export function addGoodNight(
  power: Float32Array,
  devices: readonly VillaDevice[],
  { chance, days }: Scene,
): void {
  const some = devices.filter(({ entityId }) =>
    /kitchen|study|guest_mode|desk|hall/.test(entityId),
  );
  for (let day = 0; day < days; day += 1) {
    const from = day * SECONDS + 2 * 3_600 + Math.round(1_800 * chance());
    const to = from + 600 + Math.round(1_200 * chance());
    for (const device of some) {
      const isFree = !device.changes.some(
        ({ at }) => Math.abs(at - VILLA_START - from * 1_000) < 3_600_000,
      );
      const wasOn = device.changes
        .toSorted((a, b) => a.at - b.at)
        .findLast(({ at }) => at < VILLA_START + from * 1_000)?.isOn;
      if (!isFree || wasOn) continue;
      add(power, from, to, device.trueW);
      const by = { cause: "automation", by: "automation.night_round" };
      device.changes.push({
        at: VILLA_START + from * 1_000 + Math.round(800 * chance()),
        isOn: true,
        ...by,
      });
      device.changes.push({
        at: VILLA_START + to * 1_000 + Math.round(800 * chance()),
        isOn: false,
        ...by,
      });
    }
  }
}

/** A lamp that tells of a high load: it follows the meter, the meter does not follow it. */
export function addReaction(power: Float32Array, chance: Chance): VillaDevice {
  const changes: VillaChange[] = [{ at: VILLA_START, isOn: false, cause: "unknown" }];
  let isOn = false;
  for (let n = 10; n < power.length; n += 1) {
    const high = (power[n] ?? 0) > 2_500;
    if (high === isOn) continue;
    isOn = high;
    n += 4 + Math.round(4 * chance());
    changes.push({
      at: VILLA_START + n * 1_000,
      isOn,
      cause: "automation",
      by: "automation.high_load",
    });
    n += 60;
  }
  return { entityId: "light.high_load", trueW: 0, changes };
}

/** A mode that an automation mostly sets along with a lamp, and people now and then. */
export function addCompanion(devices: readonly VillaDevice[], chance: Chance): VillaDevice {
  const lamp = devices.find(({ entityId }) => entityId === "light.bathroom") ?? devices[0];
  const changes: VillaChange[] = [{ at: VILLA_START, isOn: false, cause: "unknown" }];
  let last = false;
  for (const { at, isOn } of (lamp?.changes ?? []).slice(1).toSorted((a, b) => a.at - b.at)) {
    if (chance() < 0.55 && isOn !== last) {
      changes.push({ at: at + 200, isOn, cause: "automation", by: "automation.mode" });
      last = isOn;
    } else if (chance() < 0.5) {
      last = !last;
      changes.push({ at: at + 900_000, isOn: last, cause: "person_dashboard" });
    }
  }
  return { entityId: "switch.bathroom_mode", trueW: 0, changes };
}
