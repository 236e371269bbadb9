import type { Act } from "#src/analysis/patterns/acts/acts.ts";
import { createRandom, type Random } from "#src/analysis/patterns/chance/chance.ts";
import type { Contextual } from "#src/analysis/patterns/contextual/contextual.ts";
import type { Household, Signal } from "#src/analysis/patterns/pattern.ts";
import { readSun } from "#src/enrichment/astronomy/astronomy.ts";
import { HOUR_MS, MINUTE_MS } from "#src/foundation/time.ts";
import { type MadeHome, makeHome } from "./homes.ts";
import {
  BERLIN,
  datesOf,
  isAnybodyHome,
  momentOf,
  normal,
  surround,
  valueAt,
  withActs,
} from "./surroundings.ts";

export interface PlantedContext {
  readonly entityId: string;
  readonly to: string;
  readonly bound: "sunrise" | "sunset" | "temperature" | "condition" | "coming" | "going";
  readonly offset?: number;
}

interface Made {
  readonly household: Household;
  readonly planted: readonly PlantedContext[];
}

const KINDS = [
  "sunset",
  "sunset",
  "sunrise",
  "temperature",
  "condition",
  "coming",
  "going",
] as const;

/** A made home with surroundings, in which some acts are bound to them. */
export function plantContextual(
  seed: number,
  days: number,
  onlyNoise = false,
  home: MadeHome = makeHome(seed, { days, onlyNoise }),
): Made {
  const household = surround(home.household, seed);
  if (onlyNoise) return { household, planted: [] };
  const random = createRandom(seed * 31 + 5);
  const taken = new Set(home.times.map(({ entityId }) => entityId));
  const uses = Map.groupBy(household.acts, ({ entityId }) => entityId);
  const free = [...uses.keys()].filter((id) => !taken.has(id));
  const rarest = [...free].sort((one, other) => usesOf(uses, one) - usesOf(uses, other));
  const planted: PlantedContext[] = [];
  const acts: Act[] = [];
  for (const [n, bound] of KINDS.entries()) {
    // What is there for the weather is little used for anything else: a fan, a blind.
    const isWeather = bound === "temperature" || bound === "condition";
    const entityId = isWeather
      ? rarest[n]
      : free.find(
          (id) =>
            !rarest.slice(0, KINDS.length).includes(id) &&
            !planted.some((one) => one.entityId === id),
        );
    if (!entityId) break;
    const to = random() < 0.6 ? "on" : "off";
    const offset = Math.round(random() * 60 - 25);
    planted.push({ entityId, to, bound, offset });
    const moments = momentsOf(bound, { household, random, offset });
    const probability = 0.75 + random() * 0.2;
    for (const at of moments) {
      const isThere = isAnybodyHome(household, at);
      if (isThere && random() < probability) acts.push({ at: Math.round(at), entityId, to });
    }
  }
  return { household: withActs(household, acts), planted };
}

const usesOf = (uses: ReadonlyMap<string, readonly Act[]>, id: string) => uses.get(id)?.length ?? 0;

interface Asked {
  readonly household: Household;
  readonly random: Random;
  readonly offset: number;
}

function momentsOf(bound: PlantedContext["bound"], asked: Asked): number[] {
  const { household, random } = asked;
  if (bound === "sunset" || bound === "sunrise") return sunMoments(bound, asked);
  if (bound === "coming" || bound === "going") {
    return events(household, bound).map((at) =>
      bound === "coming"
        ? at + (1 + random() * 4) * MINUTE_MS
        : at - (1 + random() * 4) * MINUTE_MS,
    );
  }
  const signal = household.signals?.find(({ id }) => id === `weather.${bound}`) as Signal;
  const hour = 1020 + random() * 240; // when people are mostly in
  return datesOf(household).flatMap((date) => {
    const at = momentOf(household, date, hour + normal(random) * 60);
    if (at === undefined) return [];
    const value = valueAt(signal, at);
    const isSo = bound === "temperature" ? Number(value) > 14 : value === "rainy";
    return isSo ? [at] : [];
  });
}

function sunMoments(bound: "sunset" | "sunrise", { household, random, offset }: Asked): number[] {
  const spread = 4 + random() ** 2 * 16;
  const { timeZone } = household;
  return datesOf(household).flatMap((date) => {
    const noon = momentOf(household, date, 720) as number;
    const sun = readSun({ ...BERLIN, timeZone }, noon).today[bound];
    return sun === undefined ? [] : [sun + (offset + normal(random) * spread) * MINUTE_MS];
  });
}

/** The first comes home, or the last leaves. */
function events(household: Household, bound: "coming" | "going"): number[] {
  const steps = (household.signals ?? [])
    .filter(({ of }) => of === "presence")
    .flatMap((one) => one.steps.map(({ at }) => at))
    .filter((at) => at > household.from && at < household.to - HOUR_MS);
  const isHomeAt = (at: number) => isAnybodyHome(household, at);
  return steps.filter((at) =>
    bound === "coming" ? !isHomeAt(at - 1) && isHomeAt(at) : isHomeAt(at - 1) && !isHomeAt(at),
  );
}

/** Whether what was found is what was planted: the same act, bound to the same thing. */
export function isContext({ entityId, to, context }: Contextual, planted: PlantedContext): boolean {
  if (entityId !== planted.entityId || to !== planted.to) return false;
  if (context.of === "weather") return context.signalId === `weather.${planted.bound}`;
  if (context.of === "presence") {
    const isComing = context.event === "arriving" || context.event === "first_home";
    return planted.bound === (isComing ? "coming" : "going");
  }
  return planted.bound === (["sunset", "dusk"].includes(context.event) ? "sunset" : "sunrise");
}
