import { createLocalDays } from "#analysis/local-days/local-days.ts";
import type { KnownPattern } from "#analysis/patterns/patterns.ts";
import { type Existing, kinds } from "#analysis/templates/templates.ts";
import type { HomeSnapshot } from "#home/snapshot/snapshot.ts";
import { findCalendar } from "./calendar.ts";
import { type Candidate, type FoundOfType, type Question, toSynergy } from "./candidate.ts";
import { findComfort } from "./comfort.ts";
import { draftOf } from "./draft.ts";
import { findEnergy } from "./energy.ts";
import { findEvents } from "./event.ts";
import { findChains, findPairs, findScenes } from "./habits.ts";
import { type HomeLook, lookAt } from "./home-look.ts";
import { findPresence } from "./left-on.ts";
import type { Past } from "./past.ts";
import { findSecurity } from "./security.ts";
import type { Deed, Synergy, SynergyFacts, SynergyNeed, SynergyType } from "./synergy.ts";
import { findWeather } from "./weather.ts";

export interface SynergyQuestion {
  readonly home: HomeSnapshot;
  readonly existing: Existing;
  /** What the household does; only those that are active count. */
  readonly patterns: readonly KnownPattern[];
  /** What patterns were looked for in; milliseconds since the epoch. */
  readonly patternSpan?: { readonly from: number; readonly to: number };
  readonly past: Past;
}

export interface FoundSynergies {
  /** The best first. */
  readonly synergies: readonly Synergy[];
  /** How many were left out because an automation does them. */
  readonly automated: number;
  readonly missing: readonly { readonly type: SynergyType; readonly needs: SynergyNeed }[];
}

const FINDERS: Readonly<Record<SynergyType, (question: Question) => FoundOfType>> = {
  device_chain: findChains,
  scene: findScenes,
  device_pair: findPairs,
  weather: findWeather,
  energy: findEnergy,
  event: findEvents,
  calendar: findCalendar,
  comfort: findComfort,
  security: findSecurity,
  presence: findPresence,
};
const TYPES = Object.keys(FINDERS) as SynergyType[]; // the keys are what the record says
const MOST_OF_ONE = 60; // more of one type nobody looks through

/** What the things of this home could do together that no automation of it does. Pure: the same in, the same out. */
export function findSynergies(question: SynergyQuestion): FoundSynergies {
  const { home, existing, patterns, past, patternSpan } = question;
  const asked: Question = {
    around: lookAt(home, existing),
    past,
    local: createLocalDays(past.timeZone),
    patterns: patterns.filter(({ status }) => status === "active"),
    ...(patternSpan && { patternSpan }),
  };
  let automated = 0;
  const missing: { type: SynergyType; needs: SynergyNeed }[] = [];
  const byType: Candidate[] = [];
  for (const type of TYPES) {
    const { found, needs = [] } = FINDERS[type](asked);
    missing.push(...needs.map((one) => ({ type, needs: one })));
    const safe = found.filter(({ facts }) => !heats(facts, asked.around));
    const open = safe.filter((candidate) => !isAutomated(candidate, asked.around));
    automated += safe.length - open.length;
    byType.push(...open);
  }
  const synergies = withoutParts(byType).map((candidate) => toSynergy(candidate, home));
  const best = Map.groupBy(synergies.toSorted(byScore), ({ facts }) => facts.type);
  const kept = [...best.values()].flatMap((some) => some.slice(0, MOST_OF_ONE));
  return { synergies: kept.toSorted(byScore), automated, missing };
}

const byScore = (one: Synergy, other: Synergy) =>
  other.score.value - one.score.value || (one.id < other.id ? -1 : 1);

/** What gets hot behind a plug is switched on by a person who is there. */
function heats(facts: SynergyFacts, { look }: HomeLook): boolean {
  const hot = new Set(look.find(kinds.HOT_PLUG).map(({ entityId }) => entityId));
  return deedsOf(facts).some(({ entityId, to }) => to === "on" && hot.has(entityId));
}

function deedsOf(facts: SynergyFacts): readonly Deed[] {
  if (facts.type === "device_chain") return facts.steps.slice(1);
  if (facts.type === "scene") return facts.members;
  return "action" in facts && facts.action ? [facts.action] : [];
}

/** Whether an automation does it, set off by the same or knowing of the same, so far as the automation model tells. */
function isAutomated({ facts, entityIds }: Candidate, look: HomeLook): boolean {
  const { home, already, joined } = look;
  const draft = draftOf(facts, home, { alias: "" });
  if (!draft) return true; // what cannot be drafted cannot be offered
  if (facts.type === "device_chain") {
    const [first, ...others] = facts.steps;
    return joined.does(others, first && [first.entityId]);
  }
  // One that sets all of it is there, whatever sets it off: a script is as good as a scene.
  if (facts.type === "scene")
    return joined.does(facts.members) || joined.does(facts.members.slice(1), entityIds.slice(0, 1));
  // An appliance that waits for an hour waits, whichever hour.
  if (facts.type === "energy" && facts.action) return joined.does([facts.action]);
  const action = "action" in facts ? facts.action : undefined;
  if (!action) return joined.tellsOf(entityIds);
  const others = entityIds.filter((id) => id !== action.entityId);
  return (
    already.does(draft, { byDevice: true }) || (others.length > 0 && joined.does([action], others))
  );
}

/** A pair that is part of a longer row, or of a scene, is told with that; so is each order in which a scene is set. */
function withoutParts(candidates: readonly Candidate[]): Candidate[] {
  const setsOf = (type: SynergyType) =>
    candidates.flatMap(({ facts }) => (facts.type === type ? [new Set(namesOf(facts))] : []));
  const scenes = setsOf("scene");
  const wholes = { device_pair: [...setsOf("device_chain"), ...scenes], device_chain: scenes };
  return candidates.filter(({ facts }) => {
    if (facts.type !== "device_pair" && facts.type !== "device_chain") return true;
    const parts = namesOf(facts);
    return !wholes[facts.type].some((whole) => parts.every((part) => whole.has(part)));
  });
}

function namesOf(facts: SynergyFacts): string[] {
  if (facts.type === "device_pair") return [facts.trigger, facts.action].map(nameOf);
  return facts.type === "device_chain" ? facts.steps.map(nameOf) : deedsOf(facts).map(nameOf);
}

const nameOf = ({ entityId, to }: Deed) => `${entityId} ${to}`;
