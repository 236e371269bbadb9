import type { Act } from "#src/analysis/patterns/acts/acts.ts";
import { createRandom } from "#src/analysis/patterns/chance/chance.ts";
import type { Household } from "#src/analysis/patterns/pattern.ts";
import type { Personal } from "#src/analysis/patterns/person/person.ts";
import { type MadeHome, makeHome } from "./homes.ts";
import { datesOf, dayOf, momentOf, normal, withActs } from "./surroundings.ts";

export interface PlantedPersonal {
  readonly entityId: string;
  readonly to: string;
  readonly person: string;
}

interface Made {
  readonly household: Household;
  readonly planted: readonly PlantedPersonal[];
}

/** A made home; where it has several people, each has two habits that the others hardly have. */
export function plantPerson(
  seed: number,
  days: number,
  onlyNoise = false,
  home: MadeHome = makeHome(seed, { days, onlyNoise }),
): Made {
  const { household } = home;
  if (onlyNoise) return { household, planted: [] };
  const random = createRandom(seed * 37 + 23);
  const known = new Set(household.acts.map(({ person }) => person));
  known.delete(undefined);
  const persons = [...known].filter((one) => one !== undefined).sort();
  if (persons.length < 2) return { household, planted: [] };
  const busy = new Set(household.acts.map(({ at }) => dayOf(household, at)));
  const acts: Act[] = [];
  const planted: PlantedPersonal[] = [];
  for (const [n, person] of persons.flatMap((one) => [one, one]).entries()) {
    const what = { entityId: `switch.own_${n}`, to: "on" };
    planted.push({ ...what, person });
    const [minute, spread] = [400 + random() * 800, 20 + random() * 60];
    const probability = 0.4 + random() * 0.5;
    for (const date of datesOf(household)) {
      if (!busy.has(date) || random() > probability) continue;
      const at = momentOf(household, date, minute + normal(random) * spread);
      if (at === undefined) continue;
      const others = persons.filter((one) => one !== person);
      const who =
        random() < 0.92 ? person : (others[Math.floor(random() * others.length)] as string);
      acts.push({ ...what, at, ...(random() < 0.6 ? { person: who } : {}) });
    }
  }
  return { household: withActs(household, acts), planted };
}

export const isPersonal = (found: Personal, planted: PlantedPersonal): boolean =>
  found.entityId === planted.entityId && found.to === planted.to && found.person === planted.person;
