import type { Names, Texts } from "#ai/texts/texts.ts";
import { createLocalDays } from "#analysis/local-days/local-days.ts";
import type { KnownPattern } from "#analysis/patterns/patterns.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "#foundation/time.ts";
import { momentOfWall } from "#foundation/wall-time.ts";
import type { HomeSnapshot } from "#home/snapshot/snapshot.ts";
import { type Candidate, idOf, momentsIn } from "./candidate.ts";
import { draftOfPattern, type PatternDraft, withName } from "./drafts/drafts.ts";
import { effort, novelty, usefulness } from "./factors.ts";
import type { ChartTime, Factor } from "./suggestion.ts";

interface Given {
  readonly patterns: readonly KnownPattern[];
  readonly home: HomeSnapshot;
  readonly texts: Texts;
  readonly names: Names;
  readonly timeZone: string;
  /** What was looked through. */
  readonly from: number;
  readonly to: number;
  /** How many automations act on these already. */
  readonly actingOn: (entityIds: readonly string[]) => number;
}

const DAY_BEGINS_MINUTE = 240;
const MOST_TIMES = 200;

/** What the household does by hand and Home Assistant could do. */
export function fromPatterns({ patterns, ...given }: Given): Candidate[] {
  const since = Math.min(...patterns.map(({ firstFoundAt }) => firstFoundAt));
  return patterns.flatMap((known) => toCandidate(known, { ...given, since }) ?? []);
}

interface Asked extends Omit<Given, "patterns"> {
  /** When the first of all was found. */
  readonly since: number;
}

function toCandidate(known: KnownPattern, given: Asked): Candidate | undefined {
  const { texts, names, home, timeZone } = given;
  const { id, pattern, seenCount } = known;
  const draft = draftOfPattern(pattern, { home, texts, names, timeZone });
  if (!draft) return undefined;
  const make = withName(draft);
  const entityIds = [...new Set([...draft.does.map((one) => one.entityId), ...pattern.entityIds])];
  const areaId = home.entities.get(entityIds[0] ?? "")?.areaId;
  const cautions = draft.cautions.map((key) => texts.say(key));
  return {
    id: idOf("pattern", id),
    source: make.kind === "scene" ? "scene" : "pattern",
    action: make.kind === "scene" ? "scene" : "create",
    kind: pattern.kind,
    title: make.kind === "scene" ? make.name : (make.alias ?? ""),
    text: draft.text,
    explanation: texts.sayEvidence(known),
    ...{ entityIds, automationIds: [], patternIds: [id] },
    ...(areaId === undefined ? {} : { areaId }),
    ...(cautions.length > 0 ? { caution: cautions.join(" ") } : {}),
    ...whyNow(known, given),
    chart: chartOf(known, given.timeZone),
    make,
    choices: [],
    factors: factorsOf(known, draft, given),
    strength: { confidence: pattern.confidence, times: seenCount },
    does: draft.does,
    moments: momentsIn(make),
  };
}

function factorsOf(
  { seenCount, confidenceLow }: KnownPattern,
  { does, factors = [] }: PatternDraft,
  { texts, from, to, actingOn }: Asked,
): Factor[] {
  const measured: readonly Factor[] = [
    usefulness(texts, { times: seenCount, from, to }),
    {
      name: "confidence",
      value: confidenceLow,
      why: texts.say("factor.confidence", { low: texts.percent(confidenceLow) }),
    },
    novelty(texts, actingOn(does.map((one) => one.entityId))),
    effort(texts, { acts: does.length, asks: 0 }),
  ];
  return measured.map((factor) => {
    const known = factors.find(({ name }) => name === factor.name);
    return known ? { ...known, why: texts.say(known.why) } : factor;
  });
}

const NEW_MS = 7 * DAY_MS;

/** What came after the first was found is worth a look now. */
function whyNow({ firstFoundAt }: KnownPattern, { texts, to, since }: Asked) {
  const isNew = to - firstFoundAt < NEW_MS && firstFoundAt - since > NEW_MS;
  const date = texts.date(firstFoundAt);
  return isNew ? { whyNow: texts.say("why_now.new", { date }) } : {};
}

/** When it was seen, and the days on which it was missed, at its usual time. */
function chartOf({ pattern }: KnownPattern, timeZone: string): ChartTime[] {
  const local = createLocalDays(timeZone);
  const seen = pattern.seen.slice(-MOST_TIMES).map(({ at }): ChartTime => {
    return { at, minute: local.wallTime(at).msOfDay / MINUTE_MS, is: "seen" };
  });
  const minutes = seen.map(({ minute }) => minute).sort((one, other) => one - other);
  const usual =
    "minute" in pattern
      ? pattern.minute + DAY_BEGINS_MINUTE
      : (minutes[minutes.length >> 1] ?? 720);
  const missed = pattern.missed.slice(-MOST_TIMES).map((day): ChartTime => {
    const at = momentOfWall(timeZone, day * DAY_MS + usual * MINUTE_MS);
    return { at, minute: usual % (24 * (HOUR_MS / MINUTE_MS)), is: "missed" };
  });
  return [...seen, ...missed].sort((one, other) => one.at - other.at);
}
