import { setImmediate } from "node:timers/promises";
import type { CheckDraft } from "#ai/automations/automations.ts";
import type { Texts } from "#ai/texts/texts.ts";
import type { HomeSnapshot } from "#home/snapshot/snapshot.ts";
import { type Candidate, isSame } from "./candidate.ts";
import { distinct, fill, hasChanged, mostOpen, type Scored } from "./choose.ts";
import { type Answered, learnFrom } from "./learning.ts";
import { scoreOf } from "./scoring.ts";
import type { Found } from "./sources.ts";
import type { Score } from "./suggestion.ts";
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
  readonly home: HomeSnapshot;
  readonly at: number;
  readonly signal: AbortSignal;
}

/** What becomes of all rows, known and new, now that it is known what there is to suggest. */
export async function refreshRows(
  given: Given,
): Promise<{ readonly rows: readonly Row[]; readonly run: Refreshed }> {
  const { found, at, devices } = given;
  const known = new Map(given.rows.map((row) => [row.id, row]));
  const { fine, later } = await checked(distinct(scoredOf(given, known)), given);
  const next = new Map<string, Row>();
  for (const one of fine) {
    const row = seenAgain(known.get(one.candidate.id), { ...one, at });
    if (row) next.set(row.id, row);
  }
  const still = new Set(later.map(({ candidate }) => candidate.id));
  const isFound = new Set(found.candidates.map(({ id }) => id));
  let expired = 0;
  for (const row of given.rows) {
    if (next.has(row.id) || !WAITS.has(row.status) || found.failed.has(row.source)) continue;
    if (still.has(row.id)) continue;
    const reason = isFound.has(row.id) ? "another_does_it" : "evidence_gone";
    next.set(row.id, become(row, "expired", { at, reason }));
    expired += 1;
  }
  const all = new Map([...known, ...next]);
  const moved = arrange([...all.values()], { places: mostOpen(devices), at });
  for (const row of moved) {
    next.set(row.id, row);
    all.set(row.id, row);
  }
  const opened = moved.filter(({ status }) => status === "open");
  const count = (status: Row["status"]) =>
    [...all.values()].filter((row) => row.status === status).length;
  const run = {
    ...{ at, found: fine.length + later.length, opened: opened.length, expired },
    ...{ open: count("open"), waiting: count("waiting") },
  };
  return { rows: [...next.values()], run };
}

const WAITS: ReadonlySet<Row["status"]> = new Set(["open", "waiting", "snoozed"]);
const REFUSED: ReadonlySet<Row["status"]> = new Set(["dismissed", "undone"]);
const DONE: ReadonlySet<Row["status"]> = new Set(["accepted", "deployed", "probation", "kept"]);

/** Without what a person has refused, or taken in another form. */
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
    const said = { liking: liked(candidate), test: row?.backTest ?? null, texts };
    return [{ candidate, score: scoreOf(candidate, said) }];
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

interface Checked {
  readonly fine: readonly Scored[];
  /** There are better ones than a person would ever look through. */
  readonly later: readonly Scored[];
}

/** Only what could be approved is put to a person. */
async function checked(
  scored: readonly Scored[],
  { check, home, signal }: Given,
): Promise<Checked> {
  const best = scored.toSorted((one, other) => other.score.total - one.score.total);
  const fine: Scored[] = [];
  for (const one of best.slice(0, MOST_CHECKED)) {
    signal.throwIfAborted();
    const { make } = one.candidate;
    if (!make) {
      fine.push(one);
      continue;
    }
    await setImmediate(); // who opens a page meanwhile is not kept waiting
    const { problems } = await check(toYaml(make), { kind: make.kind, home });
    if (problems.some(({ severity }) => severity === "error")) continue;
    fine.push({ ...one, candidate: { ...one.candidate, problems } });
  }
  return { fine, later: best.slice(MOST_CHECKED) };
}

interface Seen {
  readonly candidate: Candidate;
  readonly score: Score;
  readonly at: number;
}

function seenAgain(row: Row | undefined, { candidate, score, at }: Seen): Row | undefined {
  if (!row) return toRow(candidate, score, at);
  if (DONE.has(row.status)) return undefined; // it is as it was said yes to
  const now = { ...row, found: candidate, score, total: score.total, updatedAt: at };
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

const LEAST_TOTAL = 0.03; // what is worth less is not worth reading
const SHOWN_STAYS = 1.3; // times better must be what takes the place of one that a person may have read

/** The best of those that are open or wait, in the places that there are: those that change their status by it. */
export function arrange(
  rows: readonly Row[],
  { places, at }: { readonly places: number; readonly at: number },
): Row[] {
  const byId = new Map(rows.map((row) => [row.id, row]));
  const ranked = rows.flatMap(({ status, found, total }) => {
    if (status !== "open" && (status !== "waiting" || total < LEAST_TOTAL)) return [];
    return [{ candidate: found, total: status === "open" ? total * SHOWN_STAYS : total }];
  });
  const chosen = new Set(fill(ranked, places).map(({ id }) => id));
  return ranked.flatMap(({ candidate: { id } }) => {
    const row = byId.get(id);
    const status = chosen.has(id) ? "open" : "waiting";
    return row && row.status !== status ? [become(row, status, { at })] : [];
  });
}

/** After answers or tests: what is known of each now, and which are open by that. */
export function rescore(
  rows: readonly Row[],
  { texts, devices, at }: Pick<Given, "texts" | "devices" | "at">,
): Row[] {
  const liked = learnFrom(rows.map(toAnswered));
  const scored = rows.map((row): Row => {
    if (row.status !== "open" && row.status !== "waiting") return row;
    const score = scoreOf(row.found, { liking: liked(row.found), test: row.backTest, texts });
    // Written anew only when it is worth something else.
    return Math.abs(score.total - row.total) < 1e-9 ? row : { ...row, score, total: score.total };
  });
  const moved = new Map(
    arrange(scored, { places: mostOpen(devices), at }).map((row) => [row.id, row]),
  );
  return scored.flatMap((row, n) => {
    const next = moved.get(row.id) ?? row;
    return next === rows[n] ? [] : [next];
  });
}
