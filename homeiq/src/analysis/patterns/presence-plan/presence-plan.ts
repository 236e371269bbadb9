import { createRandom, discoveriesOf, FALSE_DISCOVERIES, type Random } from "../chance/chance.ts";
import { createHouseDays } from "../house-days/house-days.ts";
import { livedDaysOf } from "../lived-days/lived-days.ts";
import type { Household } from "../pattern.ts";
import { type Evening, type Evenings, eveningsOf, SLOTS } from "./evenings.ts";
import type { PlanStep, PresencePlan } from "./plan.ts";

export type { PlanStep, PresencePlan } from "./plan.ts";

const LEAST_EVENINGS = 14;
const NEWEST = 60; // evenings; how it was half a year ago is not how it is
const SHUFFLES = 999; // what none of them equals has a chance of 0.001
const LEAST_LIKENESS = 0.25;
const LEAST_LIFT = 1.25; // of evenings that chance makes hardly less alike none stands for the others
const LEAST_STEP = 10; // minutes; shorter is a walk to the kitchen, not a light in the window
const MOST_STEPS = 40;
const HALF_LIKE = 0.5; // as like as evenings usually are: that one went as the plan does

/**
 * One real evening for workdays and one for free days: the one whose lights were most like those of the others.
 *
 * Held against chance by a seeded permutation: are evenings more alike than if each light's evening were moved to
 * another time? Two looks are taken, at the rate that all detectors share.
 */
export function findPresencePlans(household: Household): PresencePlan[] {
  const { lived } = livedDaysOf(household);
  const days = createHouseDays(household);
  const all = eveningsOf(household, lived);
  const found = (["workdays", "free"] as const).flatMap((on, n): PresencePlan[] => {
    const ofKind = all.evenings
      .filter(({ day }) => days.dayOf(day).free === (on === "free"))
      .slice(-NEWEST);
    const random = createRandom(n + 1);
    const plan = planOf({ ...all, evenings: ofKind }, random);
    return plan ? [toPattern(plan, on, household)] : [];
  });
  const believed = discoveriesOf(
    found.map(({ chance }) => chance),
    FALSE_DISCOVERIES,
    2 - found.length,
  );
  return found.filter((_, index) => believed.has(index));
}

interface Plan {
  readonly evening: Evening;
  readonly steps: readonly PlanStep[];
  readonly like: readonly Evening[];
  readonly unlike: readonly Evening[];
  readonly lift: number;
  readonly chance: number;
}

/** At most 60 evenings are held against each other, and again for each shuffle: 60 * 60 * 200 comparisons. */
function planOf({ evenings, entityIds }: Evenings, random: Random): Plan | undefined {
  const used = evenings.filter(({ steps }) => steps.length > 0);
  if (used.length < LEAST_EVENINGS) return undefined;
  const lit = used.map((one) => one.lit);
  const means = lit.map((one) =>
    mean(
      lit.filter((other) => other !== one),
      one,
    ),
  );
  const best = means.indexOf(Math.max(...means));
  const likeness = means[best] as number;
  const evening = used[best] as Evening;
  const steps = withoutFlicker(evening.steps);
  if (likeness < LEAST_LIKENESS || steps.length < 2 || steps.length > MOST_STEPS) return undefined;
  let [asLike, sum] = [0, 0];
  for (let n = 0; n < SHUFFLES; n += 1) {
    const moved = lit.map((one) => movedBy(one, entityIds.length, random));
    const other = mean(
      moved.filter((_, index) => index !== best),
      evening.lit,
    );
    sum += other;
    if (other >= likeness) asLike += 1;
  }
  const lift = likeness / Math.max(sum / SHUFFLES, 1e-9);
  if (lift < LEAST_LIFT) return undefined;
  const isLike = ({ lit: own }: Evening) => jaccard(own, evening.lit) >= HALF_LIKE * likeness;
  return {
    ...{ evening, steps },
    like: used.filter(isLike),
    unlike: evenings.filter((one) => !isLike(one)),
    lift,
    chance: (asLike + 1) / (SHUFFLES + 1),
  };
}

const mean = (some: readonly Uint8Array[], one: Uint8Array): number =>
  some.reduce((sum, other) => sum + jaccard(one, other), 0) / Math.max(1, some.length);

/** What is lit in both, of what is lit in either. */
function jaccard(one: Uint8Array, other: Uint8Array): number {
  let [both, either] = [0, 0];
  for (let n = 0; n < one.length; n += 1) {
    both += (one[n] as number) & (other[n] as number);
    either += (one[n] as number) | (other[n] as number);
  }
  return either === 0 ? 0 : both / either;
}

/** Each light's evening turned around by another while: as long on, at another time. */
function movedBy(lit: Uint8Array, lights: number, random: Random): Uint8Array {
  const moved = new Uint8Array(lit.length);
  for (let light = 0; light < lights; light += 1) {
    const shift = Math.floor(random() * SLOTS);
    for (let slot = 0; slot < SLOTS; slot += 1) {
      moved[light * SLOTS + ((slot + shift) % SLOTS)] = lit[light * SLOTS + slot] as number;
    }
  }
  return moved;
}

/** What is on for less than some minutes is left out, both steps of it. */
function withoutFlicker(steps: readonly PlanStep[]): PlanStep[] {
  const dropped = new Set<PlanStep>();
  for (const [n, step] of steps.entries()) {
    if (step.to !== "on") continue;
    const off = steps.slice(n + 1).find(({ entityId }) => entityId === step.entityId);
    if (!off || off.minute - step.minute >= LEAST_STEP) continue;
    dropped.add(step).add(off);
  }
  return steps.filter((step) => !dropped.has(step));
}

function toPattern(plan: Plan, on: PresencePlan["on"], household: Household): PresencePlan {
  const { evening, steps, like, unlike, lift, chance } = plan;
  const days = createHouseDays(household);
  const ids = new Set(steps.map(({ entityId }) => entityId));
  const likeDays = new Set(like.map(({ day }) => day));
  const seen = (household.changes ?? [])
    .filter(({ entityId, to }) => to === "on" && ids.has(entityId))
    .filter(({ at }) => likeDays.has(days.placeOf(at).day))
    .map(({ at, entityId, to }) => ({ at, entityId, to }));
  return {
    kind: "presence_plan",
    key: `presence_plan|${on}`,
    entityIds: [...ids],
    ...{ on, day: evening.day, steps, seen, lift, chance },
    missed: unlike.map(({ day }) => day),
    confidence: (like.length + 1) / (like.length + unlike.length + 2),
  };
}
