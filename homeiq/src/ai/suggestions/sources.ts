import type { Automations } from "#ai/automations/automations.ts";
import type { Names, Texts } from "#ai/texts/texts.ts";
import type { Log } from "#foundation/log.ts";
import type { Candidate } from "./candidate.ts";
import { fromFindings, fromOverrides } from "./from-automations.ts";
import type { Found, LookedAt } from "./looking.ts";
import type { SuggestionSource } from "./suggestion.ts";

export type { Found } from "./looking.ts";

/** What is looked at for suggestions. */
export interface Around {
  readonly house: LookedAt;
  readonly texts: Texts;
  readonly names: Names;
  readonly signal: AbortSignal;
}

export interface Sources {
  /** Asks habits, synergies and templates. */
  readonly look: (house: LookedAt, signal: AbortSignal) => Promise<Found>;
  readonly automations: Pick<Automations, "list" | "get" | "inspection">;
  readonly log: Log;
}

type Look = readonly [
  sources: readonly SuggestionSource[],
  ask: () => Promise<readonly Candidate[]>,
];

/** Asks every source; one that fails does not take the others along. */
export async function askSources(
  { look, automations, log }: Sources,
  { house, texts, names, signal }: Around,
): Promise<Found> {
  const nameOf = names.entity;
  const looked = await look(house, signal);
  for (const error of looked.errors) log.warn({ error }, "Suggestions could not be looked for");
  const looks: readonly Look[] = [
    [
      ["automation"],
      async () => {
        const { findings } = await automations.inspection.findings();
        return fromFindings(findings, { texts, nameOf });
      },
    ],
    [["override"], () => fromOverrides({ automations, texts, nameOf, now: house.now, signal })],
  ];
  const candidates = [...looked.candidates];
  const failed = new Set(looked.failed);
  for (const [sources, ask] of looks) {
    signal.throwIfAborted();
    try {
      candidates.push(...(await ask()));
    } catch (error) {
      signal.throwIfAborted();
      log.warn({ err: error, sources }, "Suggestions could not be looked for");
      for (const source of sources) failed.add(source);
    }
  }
  return { candidates, failed, errors: looked.errors };
}
