import type { Edit } from "#home/automation/automation.ts";
import type { HomeEntity, HomeSnapshot } from "#home/snapshot/snapshot.ts";
import { type Candidate, matcherOf } from "./candidates.ts";
import { isOnlyText, knownEntities } from "./known.ts";
import { isDead, otherCandidates } from "./other-candidates.ts";
import { type Place, type PlaceKind, placesOf, replaceAt } from "./places.ts";
import { valueAt } from "./subject.ts";

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
  /**
   * How near an entity is in meaning to what is written, 0 to 1, when embeddings are at hand. It only adds to
   * questions: what means the same need not be the same lamp.
   */
  readonly meaning?: (written: string, entity: HomeEntity) => number;
}

const THRESHOLD = 0.9;
const MARGIN = 0.04;
const MAX_CANDIDATES = 3;
const MEANT_FROM = 0.6; // below, embeddings find that all lamps are lamps
const MEANT_AT_MOST = 0.8;

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
  const dead = placesOf(raw)
    .filter((place) =>
      place.kind === "entity"
        ? home.entities.size > 0 && !isKnown(place.id.toLowerCase()) && !isKnown(place.id)
        : isDead(place, home),
    )
    .filter((place) => !isOnlyText(place, home));
  const byId = Map.groupBy(
    [...dead, ...besideIn(raw, dead)],
    (place) => `${place.kind} ${place.id}`,
  );
  return [...byId.values()].flatMap((places) => {
    const [first] = places;
    return first
      ? [
          decide(first.id, {
            places,
            candidates: candidatesFor(places, { home, meaning: options?.meaning }),
            ...options,
          }),
        ]
      : [];
  });
}

/** Home Assistant's editor of scenes keeps what it needs to know of an entity under the same id once more. */
function besideIn(raw: unknown, dead: readonly Place[]): Place[] {
  const beside = valueAt(raw, ["metadata"]);
  if (typeof beside !== "object" || beside === null) return [];
  return dead.flatMap((place) => {
    const isOfScene = place.path.length === 2 && place.path[0] === "entities";
    return isOfScene && place.id in beside ? [{ ...place, path: ["metadata", place.id] }] : [];
  });
}

/** Best first. */
function candidatesFor(
  places: readonly Place[],
  { home, meaning }: { home: HomeSnapshot; meaning: RepairOptions["meaning"] },
): readonly Candidate[] {
  const [first] = places;
  if (!first) return [];
  const { id, kind } = first;
  if (kind !== "entity") return otherCandidates({ id, kind }, home);
  const action = places.find((place) => place.action)?.action;
  const alike = matcherOf(home)({ id, ...(action !== undefined && { action }) });
  if (!meaning || alike[0]?.sure) return alike;
  const domain = id.includes(".") ? id.split(".")[0] : action?.split(".")[0];
  const known = new Set(alike.map((one) => one.id));
  const meant = [...home.entities.values()].flatMap((entity): Candidate[] => {
    if (entity.domain !== domain || known.has(entity.entityId)) return [];
    const score = Math.min(MEANT_AT_MOST, meaning(id, entity));
    if (score < MEANT_FROM) return [];
    const reason = "It means something like what is written.";
    return [{ id: entity.entityId, name: entity.name, score, reason, sure: false }];
  });
  return [...alike, ...meant].sort((a, b) => b.score - a.score);
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

/** What a person chose for a reference that had to be asked about. */
export interface Choice {
  readonly from: string;
  /** One of its candidates. */
  readonly to: string;
}

/** With what a person chose: from then on it is proposed. Other choices than the candidates are left out. */
export function choose(
  reviewed: ReviewedRepair,
  choices: readonly Choice[],
): Pick<ReviewedRepair, "repairs" | "edits"> {
  const repairs = reviewed.repairs.map((one): Repair => {
    const to = choices.find(({ from }) => from === one.from)?.to;
    const candidate = one.candidates.find(({ id }) => id === to);
    if (one.verdict !== "asked" || !candidate) return one;
    const { id, score, reason } = candidate;
    const edits = one.places.map((place) => replaceAt(place, id));
    return { ...one, verdict: "proposed", to: id, score, reason, edits };
  });
  return { repairs, edits: mergeEdits(repairs) };
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
