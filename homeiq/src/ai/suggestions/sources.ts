import type { Automations } from "#ai/automations/automations.ts";
import type { Done, Names, Texts } from "#ai/texts/texts.ts";
import { effectsOf, type LintedHouse } from "#analysis/automation-lint/automation-lint.ts";
import type { DetectionRun, KnownPattern, Patterns } from "#analysis/patterns/patterns.ts";
import type { Synergies } from "#analysis/synergies/synergies.ts";
import { knowExisting, matchTemplates } from "#analysis/templates/templates.ts";
import type { Log } from "#foundation/log.ts";
import type { HomeSnapshot } from "#home/snapshot/snapshot.ts";
import type { Candidate } from "./candidate.ts";
import type { ByHand } from "./factors.ts";
import { fromFindings, fromOverrides } from "./from-automations.ts";
import { fromPatterns } from "./from-patterns.ts";
import { fromSynergies } from "./from-synergies.ts";
import { fromTemplates } from "./from-templates.ts";
import type { SuggestionSource } from "./suggestion.ts";

/** What is looked at for suggestions. */
export interface Around {
  readonly home: HomeSnapshot;
  /** What stands in it, as the linter reads it. */
  readonly house: LintedHouse;
  readonly texts: Texts;
  readonly names: Names;
  readonly timeZone: string;
  readonly now: number;
  readonly signal: AbortSignal;
}

export interface Sources {
  readonly patterns: Pick<Patterns, "list" | "lastRun">;
  readonly synergies: Pick<Synergies, "list">;
  readonly currency: () => string;
  readonly automations: Pick<Automations, "list" | "get" | "inspection">;
  readonly log: Log;
}

export interface Found {
  readonly candidates: readonly Candidate[];
  /** Those that could not be looked at: what they said before still holds. */
  readonly failed: ReadonlySet<SuggestionSource>;
}

type Look = (around: Around) => Promise<readonly Candidate[]> | readonly Candidate[];

/** Asks every source, habits first, as ideas are worth what habits show of them; one that fails keeps the others from nothing. */
export async function askSources(sources: Sources, around: Around): Promise<Found> {
  const { patterns, automations, log } = sources;
  const { home, house, texts, names, timeZone, signal } = around;
  const actingOn = countActing(house);
  const already = knowExisting(home, house);
  const run = patterns.lastRun();
  let byHand: ReturnType<typeof countByHand> = () => undefined;
  const looks: readonly (readonly [readonly SuggestionSource[], Look])[] = [
    [
      ["pattern", "scene"],
      () => {
        if (!run) return [];
        const known = patterns.list({ statuses: ["active"] });
        byHand = countByHand(known, run);
        return fromPatterns({
          patterns: known,
          ...{ home, texts, names, timeZone, actingOn },
          ...run,
        });
      },
    ],
    [
      ["synergy", "energy"],
      () =>
        fromSynergies({
          synergies: sources.synergies.list({ statuses: ["active"] }),
          ...{ home, texts, names, actingOn, currency: sources.currency() },
        }),
    ],
    [
      ["template"],
      () =>
        fromTemplates({
          matches: matchTemplates(home, house),
          ...{ home, texts, actingOn, byHand },
        }),
    ],
    [
      ["automation"],
      async () => {
        const { findings } = await automations.inspection.findings();
        return fromFindings(findings, { texts, nameOf: names.entity });
      },
    ],
    [
      ["override"],
      () => fromOverrides({ automations, texts, nameOf: names.entity, now: around.now, signal }),
    ],
  ];
  const candidates: Candidate[] = [];
  const failed = new Set<SuggestionSource>();
  for (const [names, look] of looks) {
    signal.throwIfAborted();
    try {
      candidates.push(...(await look(around)));
    } catch (error) {
      signal.throwIfAborted();
      log.warn({ err: error, sources: names }, "Suggestions could not be looked for");
      for (const name of names) failed.add(name);
    }
  }
  const isNew = ({ make }: Candidate) => make?.kind !== "automation" || !already.does(make);
  return { candidates: candidates.filter(isNew), failed };
}

/** How many automations act on any of these. */
function countActing(house: LintedHouse) {
  const acting = house.automations.map(
    (one) => new Set(effectsOf(one, house).map(({ entityId }) => entityId)),
  );
  return (entityIds: readonly string[]): number =>
    acting.filter((touched) => entityIds.some((entityId) => touched.has(entityId))).length;
}

/** What habits by the clock say of how often something is done by hand; each of them has its own hours. */
function countByHand(known: readonly KnownPattern[], run: DetectionRun) {
  const times = new Map<string, number>();
  for (const { pattern, seenCount } of known) {
    if (pattern.kind !== "time_of_day") continue;
    const key = `${pattern.entityId} ${pattern.to}`;
    times.set(key, (times.get(key) ?? 0) + seenCount);
  }
  return ([first]: readonly Done[]): ByHand | undefined => {
    const seen = first && times.get(`${first.entityId} ${first.to}`);
    return seen === undefined ? undefined : { times: seen, from: run.from, to: run.to };
  };
}
