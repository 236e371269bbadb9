import type { Edit } from "#home/automation/automation.ts";
import type { HomeSnapshot } from "#home/snapshot/snapshot.ts";
import { type Candidate, matcherOf } from "./candidates.ts";
import { knownEntities } from "./known.ts";
import { isDead, otherCandidates } from "./other-candidates.ts";
import { type Place, type PlaceKind, placesOf, replaceAt } from "./places.ts";

/** What becomes of one reference that leads nowhere. */
export interface Repair {
  readonly kind: PlaceKind;
  readonly from: string;
  readonly places: readonly Place[];
  /** `proposed`: one candidate, sure and far ahead. `asked`: a person must choose. `none`: nothing comes near. */
  readonly verdict: "proposed" | "asked" | "none";
  /** Of `proposed`. */
  readonly to?: string;
  /** 0 to 1, of the best candidate. */
  readonly score: number;
  /** In words. */
  readonly reason: string;
  /** Best first, three at most. */
  readonly candidates: readonly Candidate[];
  /** What the proposal changes; nothing unless it is proposed. */
  readonly edits: readonly Edit[];
}

export interface RepairOptions {
  /** The least score of a proposal. */
  readonly threshold?: number;
  /** How far it must be ahead of the next. */
  readonly margin?: number;
}

const THRESHOLD = 0.9;
const MARGIN = 0.04;
const MAX_CANDIDATES = 3;

/** Candidates for all that the configuration names and the house does not have. Changes nothing. */
export function repair(raw: unknown, home: HomeSnapshot, options?: RepairOptions): Repair[] {
  return repairWith(raw, { home, ...(options && { options }) });
}

export interface StoredConfiguration {
  /** Whatever the caller knows it by. */
  readonly id: string;
  readonly name: string;
  readonly config: unknown;
}

/** All that a review shows of one automation; it is taken or left as a whole. */
export interface ReviewedRepair {
  readonly id: string;
  readonly name: string;
  readonly repairs: readonly Repair[];
  readonly edits: readonly Edit[];
}

/** One batch over many configurations, for one review: only those with something to repair or to ask. */
export function repairAll(
  configurations: readonly StoredConfiguration[],
  home: HomeSnapshot,
  options?: RepairOptions,
): ReviewedRepair[] {
  return configurations.flatMap(({ id, name, config }) => {
    const repairs = repairWith(config, { home, ...(options && { options }) });
    if (repairs.length === 0) return [];
    return [{ id, name, repairs, edits: mergeEdits(repairs) }];
  });
}

function repairWith(
  raw: unknown,
  { home, options }: { home: HomeSnapshot; options?: RepairOptions },
): Repair[] {
  const isKnown = knownEntities(raw, home);
  const dead = placesOf(raw).filter((place) =>
    place.kind === "entity"
      ? home.entities.size > 0 && !isKnown(place.id.toLowerCase()) && !isKnown(place.id)
      : isDead(place, home),
  );
  const byId = Map.groupBy(dead, (place) => `${place.kind} ${place.id}`);
  return [...byId.values()].flatMap((places) => {
    const [first] = places;
    return first
      ? [decide(first.id, { places, candidates: candidatesFor(places, home), ...options })]
      : [];
  });
}

/** Best first. */
function candidatesFor(places: readonly Place[], home: HomeSnapshot): readonly Candidate[] {
  const [first] = places;
  if (!first) return [];
  const { id, kind } = first;
  if (kind !== "entity") return otherCandidates({ id, kind }, home);
  const action = places.find((place) => place.action)?.action;
  return matcherOf(home)({ id, ...(action !== undefined && { action }) });
}

function decide(
  from: string,
  {
    places,
    candidates,
    threshold = THRESHOLD,
    margin = MARGIN,
  }: RepairOptions & { places: readonly Place[]; candidates: readonly Candidate[] },
): Repair {
  const kind = places[0]?.kind ?? "entity";
  const [best, next] = candidates;
  const shown = candidates.slice(0, MAX_CANDIDATES);
  if (!best) {
    const reason = "Nothing in the house comes near it.";
    return { kind, from, places, verdict: "none", score: 0, reason, candidates: [], edits: [] };
  }
  const ahead = best.score - (next?.score ?? 0) >= margin;
  if (!best.sure || best.score < threshold || !ahead) {
    const reason = ahead ? best.reason : `${best.reason} ${next?.name} comes as near.`;
    return {
      kind,
      from,
      places,
      verdict: "asked",
      score: best.score,
      reason,
      candidates: shown,
      edits: [],
    };
  }
  return {
    kind,
    from,
    places,
    verdict: "proposed",
    to: best.id,
    score: best.score,
    reason: best.reason,
    candidates: shown,
    edits: places.map((place) => replaceAt(place, best.id)),
  };
}

/** Two ids in one text are two edits of one place: the later is made of what the earlier leaves. */
function mergeEdits(repairs: readonly Repair[]): Edit[] {
  const texts = new Map<string, string>();
  const edits = new Map<string, Edit>();
  for (const { verdict, to, places } of repairs) {
    if (verdict !== "proposed" || to === undefined) continue;
    for (const place of places) {
      const key = JSON.stringify(place.path);
      const edit = replaceAt({ ...place, text: texts.get(key) ?? place.text }, to);
      if ("value" in edit && typeof edit.value === "string") texts.set(key, edit.value);
      edits.set(key, edit);
    }
  }
  return [...edits.values()];
}
