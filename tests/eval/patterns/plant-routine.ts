import type { DaySet, Household } from "#src/analysis/patterns/pattern.ts";
import { isOn } from "./homes.ts";
import { createWriter, momentAt, normal, poisson, written } from "./plant-co-activation.ts";

/** What is done in one go at a time of day, put into a home on purpose. */
export interface PlantedRoutine {
  readonly on: DaySet;
  /** Minutes since midnight at which it usually begins. */
  readonly minute: number;
  readonly members: readonly {
    readonly entityId: string;
    readonly to: string;
    readonly probability: number;
  }[];
}

export interface HomeWithRoutines {
  readonly household: Household;
  readonly routines: readonly PlantedRoutine[];
}

interface Wish {
  /** The same things are done as often, at any waking hour. */
  readonly onlyNoise?: boolean;
}

/** Adds a morning, the same one later on free days, and an evening; each day all of it is early or late together. */
export function plantRoutines(
  household: Household,
  seed: number,
  { onlyNoise = false }: Wish = {},
): HomeWithRoutines {
  const writer = createWriter(household, seed);
  const { random } = writer;
  const membersOf = (name: string, size: number) =>
    Array.from({ length: size }, (_, n) => ({
      entityId: `switch.${name}_${n}`,
      to: n === size - 1 && random() < 0.5 ? "off" : "on",
      probability: 0.65 + random() * 0.32,
      afterMinutes: n * 4 + random() * 8,
    }));
  const morning = membersOf("morning", 3 + Math.floor(random() * 4));
  const evening = membersOf("evening", 3 + Math.floor(random() * 3));
  const early = 360 + random() * 60;
  const planned = [
    { on: "workdays" as const, minute: early, members: morning, rate: 0.9, spread: 15 },
    { on: "free" as const, minute: early + 110, members: morning, rate: 0.85, spread: 25 },
    { on: "all" as const, minute: 1290 + random() * 120, members: evening, rate: 0.85, spread: 25 },
  ];
  const does = (day: number, minute: number, member: { entityId: string; to: string }) => {
    const at = momentAt(writer, day, minute);
    if (at !== undefined) writer.acts.push({ at, entityId: member.entityId, to: member.to });
  };
  for (const day of writer.lived) {
    const weekday = (((day + 3) % 7) + 7) % 7;
    for (const { on, minute, members, rate, spread } of planned) {
      if (!isOn(on, weekday, weekday >= 5 || (household.isHoliday?.(day) ?? false))) continue;
      const start = minute + normal(random) * spread;
      const isLived = random() < rate;
      for (const member of members) {
        if (random() > member.probability) continue;
        if (onlyNoise) does(day, 410 + random() * 960, member);
        else if (isLived) does(day, start + member.afterMinutes + random() * 4, member);
      }
    }
    for (const member of [...morning, ...evening]) {
      for (let times = poisson(random, 0.15); times > 0; times -= 1) {
        does(day, 410 + random() * 960, member);
      }
    }
  }
  return { household: written(household, writer), routines: onlyNoise ? [] : planned };
}
