import { DAY_MS } from "#foundation/time.ts";
import { type Candidate, isSame, type Strength } from "./candidate.ts";
import type { Score, SuggestionSource } from "./suggestion.ts";

const DEVICES_PER_OPEN = 5;
const FEWEST_OPEN = 3;
const MOST_OPEN = 10; // more at a time is a list that nobody reads to its end

/** How many are open at a time: a small home has less to say. */
export const mostOpen = (devices: number): number =>
  Math.min(MOST_OPEN, Math.max(FEWEST_OPEN, Math.round(devices / DEVICES_PER_OPEN)));

/** What was seen in this house before what would fit any. */
const RANK: Readonly<Record<SuggestionSource, number>> = {
  override: 0,
  automation: 1,
  pattern: 2,
  scene: 3,
  energy: 4,
  synergy: 5,
  feature: 6,
  template: 7,
};

export interface Scored {
  readonly candidate: Candidate;
  readonly score: Score;
}

/** Each thing once: of two that do the same, the one that was seen, else the better one. */
export function distinct(scored: readonly Scored[]): Scored[] {
  const kept: Scored[] = [];
  const ordered = scored.toSorted(
    (one, other) =>
      RANK[one.candidate.source] - RANK[other.candidate.source] ||
      other.score.total - one.score.total ||
      one.candidate.id.localeCompare(other.candidate.id),
  );
  for (const one of ordered) {
    if (!kept.some(({ candidate }) => isSame(candidate, one.candidate))) kept.push(one);
  }
  return kept;
}

/** How much less another of the same sort is worth beside one that is shown. */
const LIKE = { entity: 0.4, kind: 0.7, domain: 0.75, area: 0.85 };

type Shown = Pick<Candidate, "kind" | "areaId" | "does">;

const actsOn = ({ does }: Shown) => does[0]?.entityId ?? "";
const domainOf = (one: Shown) => actsOn(one).split(".")[0];

function likeness(one: Shown, shown: Shown): number {
  const isOn = new Set(shown.does.map(({ entityId }) => entityId));
  return (
    (one.does.some(({ entityId }) => isOn.has(entityId)) ? LIKE.entity : 1) *
    (one.kind === shown.kind ? LIKE.kind : 1) *
    (domainOf(one) === domainOf(shown) ? LIKE.domain : 1) *
    (one.areaId !== undefined && one.areaId === shown.areaId ? LIKE.area : 1)
  );
}

interface Ranked {
  readonly candidate: Candidate;
  readonly total: number;
}

/** The best, one after the other, each beside those that were chosen before it. */
export function fill(ranked: readonly Ranked[], places: number): Candidate[] {
  const chosen: Candidate[] = [];
  const left = new Map(ranked.map((one) => [one.candidate.id, one]));
  while (chosen.length < places) {
    const [best] = [...left.values()]
      .map(({ candidate, total }) => ({
        candidate,
        value: chosen.reduce((value, other) => value * likeness(candidate, other), total),
      }))
      .sort(
        (one, other) =>
          other.value - one.value || one.candidate.id.localeCompare(other.candidate.id),
      );
    if (!best) break;
    chosen.push(best.candidate);
    left.delete(best.candidate.id);
  }
  return chosen;
}

const SURER = 0.15;
const LATER_DAYS = 30;
const OFTENER = 2;

/**
 * Whether a refused one may be put again: it is surer by 0.15, or 30 days later it was seen twice as often.
 * What rests on no history never changes.
 */
export function hasChanged(
  now: Strength,
  refused: { readonly at: number; readonly strength: Strength },
  at: number,
): boolean {
  if (now.times === 0) return false;
  if (now.confidence >= refused.strength.confidence + SURER) return true;
  const isLater = at - refused.at >= LATER_DAYS * DAY_MS;
  return isLater && now.times >= OFTENER * Math.max(1, refused.strength.times);
}
