import { whoDoes } from "#analysis/automation-lint/automation-lint.ts";
import type { KnownPattern } from "#analysis/patterns/patterns.ts";
import type { KnownSynergy } from "#analysis/synergies/synergies.ts";
import type { Job } from "#foundation/jobs.ts";
import { composePatterns } from "./compose-patterns.ts";
import { composeSuggestions } from "./compose-suggestions.ts";
import { composeSynergies } from "./compose-synergies.ts";

type Parts = Parameters<typeof composePatterns>[0] &
  Omit<Parameters<typeof composeSuggestions>[0], "db" | "files" | "news"> &
  Omit<Parameters<typeof composeSynergies>[0], "db" | "patterns" | "lintedHouse">;

/** What HomeIQ notices by itself, and what it proposes. */
export function composeNoticing(parts: Parts) {
  const { patterns, changed: patternsChanged, jobs: patternJobs } = composePatterns(parts);
  const {
    synergies,
    changed: synergiesChanged,
    jobs: synergyJobs,
  } = composeSynergies({
    ...parts,
    ...{ db: parts.store.db, patterns, lintedHouse: () => proposing.lintedHouse() },
  });
  const proposing = composeSuggestions({
    ...parts,
    ...{ db: parts.store.db, files: parts.store.files, news: [patternsChanged, synergiesChanged] },
  });
  const { suggestions, texts, names, lintedHouse } = proposing;
  const saySynergy = ({ synergy }: KnownSynergy) => {
    const { title, text, explanation } = texts().saySynergy(
      synergy,
      names,
      parts.registry.config()?.currency ?? "",
    );
    return { title, text: [text, ...explanation].join(" ") };
  };
  const sayPattern = ({ pattern }: KnownPattern) => {
    const areas = new Set(pattern.entityIds.flatMap((id) => parts.registry.areaOf(id) ?? []));
    const [areaId] = areas;
    return {
      text: texts().sayPattern(pattern, names),
      ...(areaId !== undefined && areas.size === 1 ? { areaId } : {}),
    };
  };
  const jobs: readonly Job[] = [...patternJobs, ...synergyJobs, ...proposing.jobs];
  return {
    faces: {
      ...{ patterns, sayPattern, suggestions, synergies, saySynergy },
      // While Home Assistant is away nobody knows; habits are shown all the same.
      whoDoes: () => lintedHouse().then(whoDoes, () => new Map<string, string[]>()),
    },
    jobs,
    [Symbol.asyncDispose]: () => proposing[Symbol.asyncDispose](),
  };
}
