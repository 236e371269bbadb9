import { toLintedHouse } from "#src/analysis/automation-lint/automation-lint.ts";
import type { KnownPattern, Pattern, PatternKind } from "#src/analysis/patterns/patterns.ts";
import { type FoundSynergies, findSynergies } from "#src/analysis/synergies/find-synergies.ts";
import type { HourValue, Past, Step } from "#src/analysis/synergies/past.ts";
import type { Synergy, SynergyFacts, SynergyType } from "#src/analysis/synergies/synergies.ts";
import { type HomeSnapshot, toSnapshot } from "#src/home/snapshot/snapshot.ts";

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;
export const MINUTE = 60_000;
/** A Monday, in UTC. */
export const FROM = Date.UTC(2026, 0, 5);
export const DAYS = 28;
export const TO = FROM + DAYS * DAY;

type Attributes = Readonly<Record<string, unknown>>;
interface Thing {
  readonly state?: string;
  readonly area?: string;
  readonly device?: string;
  readonly attributes?: Attributes;
}

/** A home of just these things, each in the hall and of no device unless it is said. */
export const homeOf = (things: Readonly<Record<string, Thing>>): HomeSnapshot =>
  toSnapshot({
    entities: Object.entries(things).map(([entityId, { state, area, device, attributes }]) => ({
      ...{ entityId, state: state ?? "off", areaId: area ?? "hall", attributes: attributes ?? {} },
      ...(device === undefined ? {} : { deviceId: device }),
    })),
    devices: [...new Set(Object.values(things).flatMap(({ device }) => device ?? []))].map(
      (id) => ({
        ...{ id, name: id },
      }),
    ),
    areas: ["hall", "kitchen", "bathroom"].map((id) => ({ id, name: id })),
  });

/** What it changed to, hours after the beginning of a day of the span; the state before is that of the first. */
export const steps = (
  begin: string,
  ...changes: readonly (readonly [day: number, hour: number, state: string])[]
): readonly Step[] => [
  { at: FROM, state: begin, byPeople: false },
  ...changes
    .map(([day, hour, state]) => ({ at: FROM + day * DAY + hour * HOUR, state, byPeople: true }))
    .sort((one, other) => one.at - other.at),
];

export const pastOf = (past: Partial<Past>): Past => ({
  ...{ from: FROM, to: TO, timeZone: "UTC", steps: new Map(), hours: new Map() },
  ...{ cycles: new Map(), watts: new Map() },
  ...past,
});

/** A pattern that was seen at these hours of these days, and missed on so many others. */
export function known<K extends PatternKind>(
  pattern: Told<K>,
  { seenDays, missedDays = [], hour = 19 }: Seen,
): KnownPattern {
  const [entityId = ""] = pattern.entityIds;
  const to = "to" in pattern && typeof pattern.to === "string" ? pattern.to : "on";
  const seen = seenDays.map((day) => ({ at: FROM + day * DAY + hour * HOUR, entityId, to }));
  const missed = missedDays.map((day) => FROM / DAY + day);
  const confidence = seen.length / (seen.length + missed.length);
  const whole = { lift: 8, ...pattern, key: "k", seen, missed, confidence, chance: 1e-6 };
  return {
    ...{ id: "pattern", status: "active", past: [] },
    // The rest of it is what was given.
    pattern: whole as unknown as Pattern,
    ...{ seenCount: seen.length, missedCount: missed.length, tries: seen.length + missed.length },
    ...{ confidenceLow: 0, confidenceHigh: 1, firstFoundAt: TO, lastFoundAt: TO },
  };
}
type Told<K extends PatternKind> = { readonly kind: K; readonly lift?: number } & Omit<
  Extract<Pattern, { kind: K }>,
  "kind" | "seen" | "missed" | "confidence" | "lift" | "chance" | "key" | "tries"
>;

interface Seen {
  readonly seenDays: readonly number[];
  readonly missedDays?: readonly number[];
  readonly hour?: number;
}

interface Asked {
  readonly home: HomeSnapshot;
  readonly past?: Partial<Past>;
  readonly patterns?: readonly KnownPattern[];
  /** As a person writes them. */
  readonly automations?: readonly object[];
  readonly scripts?: readonly object[];
  readonly scenes?: readonly object[];
}

export function find({ home, past = {}, patterns = [], ...standing }: Asked): FoundSynergies {
  const stored = (domain: string, configs: readonly object[] = []) =>
    configs.map((config, n) => ({
      entityId: `${domain}.own_${n}`,
      name: "Own",
      config: domain === "scene" ? config : { alias: "Own", ...config },
    }));
  const existing = toLintedHouse({
    ...{ home, now: TO },
    automations: stored("automation", standing.automations),
    scripts: stored("script", standing.scripts),
    scenes: stored("scene", standing.scenes),
  });
  const span = { from: FROM, to: TO };
  return findSynergies({ home, existing, patterns, patternSpan: span, past: pastOf(past) });
}

type Found<T extends SynergyType> = Synergy & {
  readonly facts: Extract<SynergyFacts, { type: T }>;
};

export const ofType = <T extends SynergyType>(asked: Asked, type: T): Found<T>[] =>
  find(asked).synergies.filter((one): one is Found<T> => one.facts.type === type);

/** What it would have spared a week, by kind. */
export const weekly = ({ benefits }: Synergy): Record<string, number> =>
  Object.fromEntries(benefits.map(({ kind, perWeek }) => [kind, Number(perWeek.value.toFixed(6))]));

export const days = (first: number, last: number): number[] =>
  Array.from({ length: last - first + 1 }, (_, n) => first + n);

/** The same value in each hour of these days, between these hours; another in the rest. */
export function hourly(
  value: number,
  other: number,
  { on, from, until }: { on: readonly number[]; from: number; until: number },
): HourValue[] {
  return Array.from({ length: DAYS * 24 }, (_, n) => {
    const start = FROM + n * HOUR;
    const isIt = on.includes(Math.floor(n / 24)) && n % 24 >= from && n % 24 < until;
    return { start, end: start + HOUR, value: isIt ? value : other };
  });
}
