import { whoDoes } from "#analysis/automation-lint/automation-lint.ts";
import type { KnownPattern } from "#analysis/patterns/patterns.ts";
import type { KnownSynergy } from "#analysis/synergies/synergies.ts";
import type { Job } from "#foundation/jobs.ts";
import type { Topic } from "#foundation/topic.ts";
import { composePatterns } from "./compose-patterns.ts";
import { composeSuggestions } from "./compose-suggestions.ts";
import { composeSynergies } from "./compose-synergies.ts";

type Parts = Parameters<typeof composePatterns>[0] &
  Omit<Parameters<typeof composeSuggestions>[0], "db" | "files" | "news"> &
  Omit<Parameters<typeof composeSynergies>[0], "patterns" | "standing">;

/** What HomeIQ notices by itself, and what it proposes. */
export function composeNoticing(parts: Parts) {
  const { patterns, changed: patternsChanged, jobs: patternJobs } = composePatterns(parts);
  const {
    synergies,
    changed: synergiesChanged,
    jobs: synergyJobs,
  } = composeSynergies({
    ...parts,
    ...{ patterns, standing: () => proposing.standing() },
  });
  const proposing = composeSuggestions({
    ...parts,
    ...{ db: parts.store.db, files: parts.store.files, news: [patternsChanged, synergiesChanged] },
  });
  const { suggestions, texts, names, lintedHouse } = proposing;
  const saySynergy = ({ synergy }: KnownSynergy) => {
    const currency = parts.registry.config()?.currency ?? "";
    const { title, text } = texts().saySynergy(synergy, names, currency);
    return { title, text }; // how often, and what it brings, are told beside it as numbers
  };
  const sayPattern = ({ pattern }: KnownPattern) => {
    const areas = new Set(pattern.entityIds.flatMap((id) => parts.registry.areaOf(id) ?? []));
    const [areaId] = areas;
    return {
      text: texts().sayPattern(pattern, names),
      ...(areaId !== undefined && areas.size === 1 ? { areaId } : {}),
    };
  };
  const doing = rememberedUntil(parts.automationsChanged, () => lintedHouse().then(whoDoes));
  const jobs: readonly Job[] = [...patternJobs, ...synergyJobs, ...proposing.jobs];
  return {
    faces: {
      ...{ patterns, sayPattern, suggestions, synergies, saySynergy },
      // While Home Assistant is away nobody knows; habits are shown all the same.
      whoDoes: () => doing.read().catch(() => new Map<string, string[]>()),
    },
    jobs,
    async [Symbol.asyncDispose]() {
      doing[Symbol.dispose]();
      await proposing[Symbol.asyncDispose]();
    },
  };
}

/** Asks once for as long as nothing changes: each automation is a question to Home Assistant. What failed is asked again. */
function rememberedUntil<T>(changed: Topic<unknown>, ask: () => Promise<T>) {
  let asked: Promise<T> | undefined;
  const end = changed.subscribe(() => {
    asked = undefined;
  });
  return {
    read(): Promise<T> {
      const own = asked ?? ask();
      asked = own;
      own.catch(() => {
        if (asked === own) asked = undefined;
      });
      return own;
    },
    [Symbol.dispose]: end,
  };
}
