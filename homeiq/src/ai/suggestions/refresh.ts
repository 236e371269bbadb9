import type { CheckDraft } from "#ai/automations/automations.ts";
import type { Texts } from "#ai/texts/texts.ts";
import { type Candidate, isSame } from "./candidate.ts";
import { distinct, fill, hasChanged, mostOpen, type Scored } from "./choose.ts";
import { totalOf } from "./factors.ts";
import { type Answered, learnFrom } from "./learning.ts";
import type { Found } from "./sources.ts";
import type { Factor, Score } from "./suggestion.ts";
import { become, type Row } from "./suggestions.store.ts";
import type { Refreshed } from "./suggestions.ts";
import { toYaml } from "./to-yaml.ts";

const MOST_CHECKED = 60; // each is shown to Home Assistant; more would never be shown to a person

interface Given {
  readonly rows: readonly Row[];
  readonly found: Found;
  readonly devices: number;
  readonly texts: Texts;
  readonly check: CheckDraft;
  readonly at: number;
  readonly signal: AbortSignal;
}

/** What becomes of all rows, known and new, now that it is known what there is to suggest. */
export async function refreshRows(
  given: Given,
): Promise<{ readonly rows: readonly Row[]; readonly run: Refreshed }> {
  const { found, at, devices } = given;
  const known = new Map(given.rows.map((row) => [row.id, row]));
  const scored = await checked(distinct(scoredOf(given, known)), given);
  const next = new Map<string, Row>();
  for (const { candidate, total } of scored) {
    const row = seenAgain(known.get(candidate.id), { candidate, total, at });
    if (row) next.set(row.id, row);
  }
  let expired = 0;
  for (const row of given.rows) {
    if (next.has(row.id) || !WAITS.has(row.status) || found.failed.has(row.source)) continue;
    next.set(row.id, become(row, "expired", { at, reason: "evidence_gone" }));
    expired += 1;
  }
  const all = new Map([...known, ...next]);
  const opened = open(all, { places: mostOpen(devices), at });
  for (const row of opened) {
    next.set(row.id, row);
    all.set(row.id, row);
  }
  const count = (status: Row["status"]) =>
    [...all.values()].filter((row) => row.status === status).length;
  const run = {
    ...{ at, found: scored.length, opened: opened.length, expired },
    ...{ open: count("open"), waiting: count("waiting") },
  };
  return { rows: [...next.values()], run };
}

const WAITS: ReadonlySet<Row["status"]> = new Set(["open", "waiting", "snoozed"]);
const REFUSED: ReadonlySet<Row["status"]> = new Set(["dismissed", "undone"]);
const DONE: ReadonlySet<Row["status"]> = new Set(["accepted", "deployed", "probation", "kept"]);

/** With what answers taught; without what a person has refused or taken in another form. */
function scoredOf({ rows, found, texts, at }: Given, known: ReadonlyMap<string, Row>): Scored[] {
  const liked = learnFrom(rows.map(toAnswered));
  return found.candidates.flatMap((candidate) => {
    const row = known.get(candidate.id);
    const isAnswered = rows.some(
      (other) =>
        other.id !== candidate.id &&
        (DONE.has(other.status) || isRefused(other, candidate, at)) &&
        isSame(other.found, candidate),
    );
    if (isAnswered || (row && isRefused(row, candidate, at))) return [];
    const { value, yes, no } = liked(candidate);
    const factors = candidate.factors.map((factor): Factor => {
      if (factor.name !== "confidence" || yes + no === 0) return factor;
      const said = texts.say("factor.confidence.answers", { yes, n: no });
      return { ...factor, value: factor.value * value, why: `${factor.why} ${said}` };
    });
    return [{ candidate: { ...candidate, factors }, total: totalOf(factors) }];
  });
}

const toAnswered = ({ status, dismissReason, found }: Row): Answered => ({
  ...{ status, dismissReason, found },
});

/** Refused by a person, or dropped because it would have been in the way; and nothing has changed since. */
function isRefused(row: Row, { strength }: Candidate, at: number): boolean {
  if (row.refusedAt === null || row.refusedStrength === null) return false;
  if (!REFUSED.has(row.status) && row.status !== "expired") return false;
  return !hasChanged(strength, { at: row.refusedAt, strength: row.refusedStrength }, at);
}

/** Only what could be approved is put to a person. */
async function checked(scored: readonly Scored[], { check, signal }: Given): Promise<Scored[]> {
  const best = scored.toSorted((one, other) => other.total - one.total).slice(0, MOST_CHECKED);
  const fine: Scored[] = [];
  for (const one of best) {
    signal.throwIfAborted();
    const { make } = one.candidate;
    if (!make) {
      fine.push(one);
      continue;
    }
    const { problems } = await check(toYaml(make), { kind: make.kind });
    if (problems.some(({ severity }) => severity === "error")) continue;
    fine.push({ ...one, candidate: { ...one.candidate, problems } });
  }
  return fine;
}

interface Seen {
  readonly candidate: Candidate;
  readonly total: number;
  readonly at: number;
}

function seenAgain(row: Row | undefined, { candidate, total, at }: Seen): Row | undefined {
  const score: Score = { total, factors: candidate.factors };
  if (!row) return toRow(candidate, score, at);
  if (DONE.has(row.status)) return undefined; // it is as it was said yes to
  const now = { ...row, found: candidate, score, total, updatedAt: at };
  if (row.status === "snoozed" && (row.snoozedUntil ?? 0) <= at) {
    return become(now, "waiting", { at, snoozedUntil: null });
  }
  if (WAITS.has(row.status)) return now;
  const again = { refusedAt: null, refusedStrength: null, dismissReason: null, draftId: null };
  const was = { deployedAt: null, automationId: null, backTest: null };
  return become(now, "waiting", { at, reason: "evidence_changed", ...again, ...was });
}

const toRow = (found: Candidate, score: Score, at: number): Row => ({
  ...{ id: found.id, source: found.source, status: "waiting", found, score, total: score.total },
  history: [{ at, status: "waiting" }],
  ...{ backTest: null, draftId: null, automationId: null, deployedAt: null, snoozedUntil: null },
  ...{ dismissReason: null, refusedAt: null, refusedStrength: null, overrides: 0, runs: 0 },
  ...{ firstFoundAt: at, updatedAt: at },
});

/** Fills the free places with the best of those that wait. */
export function open(
  all: ReadonlyMap<string, Row>,
  { places, at }: { readonly places: number; readonly at: number },
): Row[] {
  const rows = [...all.values()];
  const shown = rows.filter(({ status }) => status === "open");
  const waiting = rows
    .filter(({ status }) => status === "waiting")
    .map(({ found, total }) => ({ candidate: found, total }));
  const chosen = fill(waiting, {
    shown: shown.map(({ found }) => found),
    places: Math.max(0, places - shown.length),
  });
  return chosen.flatMap(({ candidate }) => {
    const row = all.get(candidate.id);
    return row ? [become(row, "open", { at })] : [];
  });
}
