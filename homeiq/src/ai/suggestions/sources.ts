import type { Automations } from "#ai/automations/automations.ts";
import type { Names, Texts } from "#ai/texts/texts.ts";
import { effectsOf, type LintedHouse } from "#analysis/automation-lint/automation-lint.ts";
import type { Patterns } from "#analysis/patterns/patterns.ts";
import { knowExisting, matchTemplates } from "#analysis/templates/templates.ts";
import type { Log } from "#foundation/log.ts";
import type { HomeSnapshot } from "#home/snapshot/snapshot.ts";
import type { Candidate } from "./candidate.ts";
import { fromFindings, fromOverrides } from "./from-automations.ts";
import { fromPatterns } from "./from-patterns.ts";
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
  readonly automations: Pick<Automations, "list" | "get" | "inspection">;
  readonly log: Log;
}

export interface Found {
  readonly candidates: readonly Candidate[];
  /** Those that could not be looked at: what they said before still holds. */
  readonly failed: ReadonlySet<SuggestionSource>;
}

type Look = (around: Around) => Promise<readonly Candidate[]> | readonly Candidate[];

/** Asks every source; one that fails keeps the others from nothing. */
export async function askSources(sources: Sources, around: Around): Promise<Found> {
  const { patterns, automations, log } = sources;
  const { home, house, texts, names, timeZone, signal } = around;
  const actingOn = countActing(house);
  const already = knowExisting(home, house);
  const looks: readonly (readonly [readonly SuggestionSource[], Look])[] = [
    [
      ["pattern", "scene"],
      () => {
        const run = patterns.lastRun();
        if (!run) return [];
        const known = patterns.list({ statuses: ["active"] });
        const span = { from: run.from, to: run.to };
        return fromPatterns({
          patterns: known,
          ...{ home, texts, names, timeZone, actingOn },
          ...span,
        });
      },
    ],
    [
      ["template"],
      () => fromTemplates({ matches: matchTemplates(home, house), home, texts, actingOn }),
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
