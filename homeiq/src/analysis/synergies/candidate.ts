import { createHash } from "node:crypto";
import type { LocalDays } from "#analysis/local-days/local-days.ts";
import type { KnownPattern } from "#analysis/patterns/patterns.ts";
import type { HomeSnapshot } from "#home/snapshot/snapshot.ts";
import type { HomeLook } from "./home-look.ts";
import { daysOf, type Past } from "./past.ts";
import {
  type Measured,
  OUTSIDE_NODES,
  type OutsideNode,
  type Synergy,
  type SynergyEdge,
  type SynergyFacts,
  type SynergyNeed,
  type SynergyNode,
} from "./synergy.ts";
import { type ByDay, benefitOf, scoreOf } from "./worth.ts";

/** What was found before it is known whether an automation does it already. */
export interface Candidate {
  readonly facts: SynergyFacts;
  /** What it is about, beside its type: the same in every run. */
  readonly about: readonly string[];
  /** What acts first. */
  readonly entityIds: readonly string[];
  readonly edges: readonly SynergyEdge[];
  readonly measured: Measured;
  readonly spared: readonly ByDay[];
}

/** All that synergies of any type are looked for in. */
export interface Question {
  readonly around: HomeLook;
  readonly past: Past;
  readonly local: LocalDays;
  /** Those that are active. */
  readonly patterns: readonly KnownPattern[];
  /** What patterns were looked for in; milliseconds since the epoch. */
  readonly patternSpan?: { readonly from: number; readonly to: number };
}

/** What was found of a type, and what is missing to look for more of it. */
export interface FoundOfType {
  readonly found: readonly Candidate[];
  readonly needs?: readonly SynergyNeed[];
}

const MOST_SEEN = 20;

export function toSynergy(candidate: Candidate, home: HomeSnapshot): Synergy {
  const { facts, about, entityIds, edges, measured, spared } = candidate;
  const benefits = spared.flatMap((one) => benefitOf(one) ?? []);
  const areas = new Set(entityIds.map((id) => home.entities.get(id)?.areaId));
  const [areaId] = areas;
  return {
    id: createHash("sha256")
      .update([facts.type, ...about].join("|"))
      .digest("hex")
      .slice(0, 16),
    entityIds,
    ...(areas.size === 1 && areaId !== undefined && { areaId }),
    nodes: nodesOf(entityIds, edges),
    ...{ edges, measured, benefits, facts },
    score: scoreOf(measured, benefits),
  };
}

function nodesOf(entityIds: readonly string[], edges: readonly SynergyEdge[]): SynergyNode[] {
  const ids = new Set([...entityIds, ...edges.flatMap(({ from, to }) => [from, to])]);
  return [...ids].map((id) =>
    isOutside(id) ? { kind: "outside", id } : { kind: "entity" as const, id },
  );
}

const isOutside = (id: string): id is OutsideNode =>
  (OUTSIDE_NODES as readonly string[]).includes(id);

interface Times {
  readonly span: { readonly from: number; readonly to: number };
  readonly entityId: string;
  readonly of: number;
}

/** What was seen at these moments, of which there could have been so many. */
export function measuredAt(moments: readonly number[], { span, entityId, of }: Times): Measured {
  return {
    n: moments.length,
    of: Math.max(of, moments.length),
    from: span.from,
    to: span.to,
    seen: moments
      .toSorted((one, other) => other - one)
      .slice(0, MOST_SEEN)
      .map((at) => ({ at, entityId })),
  };
}

/** Acts of a habit that would have been spared, by day. */
export function actsOf(
  { pattern, seenCount }: KnownPattern,
  { patternSpan, local, past }: Question,
  perTime = 1,
): ByDay {
  const { seen } = pattern;
  const span = patternSpan ?? past;
  // Of what is seen very often only the last times are kept: then only their days count.
  const isCut = seenCount > seen.length;
  const from = isCut ? Math.max(span.from, seen[0]?.at ?? span.from) : span.from;
  const amounts = new Map<number, number>();
  for (const { at } of seen) {
    const { day } = local.wallTime(at);
    amounts.set(day, (amounts.get(day) ?? 0) + perTime);
  }
  return { kind: "acts", days: daysOf({ from, to: span.to }), amounts };
}

/** How often a habit was seen, of the times at which it could have been. */
export function measuredOf(known: KnownPattern, { patternSpan, past }: Question): Measured {
  const { pattern, seenCount, tries } = known;
  const of = Math.max(tries, seenCount);
  const { from, to } = patternSpan ?? past;
  return {
    ...{ n: seenCount, of, from, to },
    seen: pattern.seen
      .slice(-MOST_SEEN)
      .reverse()
      .map(({ at, entityId }) => ({ at, entityId })),
  };
}
