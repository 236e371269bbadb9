import { whoDoes } from "#analysis/automation-lint/automation-lint.ts";
import type { KnownPattern } from "#analysis/patterns/patterns.ts";
import type { Job } from "#foundation/jobs.ts";
import { composePatterns } from "./compose-patterns.ts";
import { composeSuggestions } from "./compose-suggestions.ts";

type Parts = Parameters<typeof composePatterns>[0] &
  Omit<Parameters<typeof composeSuggestions>[0], "db" | "patterns" | "patternsChanged">;

/** What HomeIQ notices by itself, and what it proposes. */
export function composeNoticing(parts: Parts) {
  const { patterns, changed: patternsChanged, jobs: patternJobs } = composePatterns(parts);
  const proposing = composeSuggestions({
    ...parts,
    ...{ db: parts.store.db, patterns, patternsChanged },
  });
  const { suggestions, texts, names } = proposing;
  const sayPattern = ({ pattern }: KnownPattern) => {
    const areas = new Set(pattern.entityIds.flatMap((id) => parts.registry.areaOf(id) ?? []));
    const [areaId] = areas;
    return {
      text: texts().sayPattern(pattern, names),
      ...(areaId !== undefined && areas.size === 1 ? { areaId } : {}),
    };
  };
  const jobs: readonly Job[] = [...patternJobs, ...proposing.jobs];
  return {
    faces: {
      ...{ patterns, sayPattern, suggestions },
      // While Home Assistant is away nobody knows; habits are shown all the same.
      whoDoes: () => proposing.lintedHouse().then(whoDoes, () => new Map<string, string[]>()),
    },
    jobs,
    [Symbol.dispose]: () => proposing[Symbol.dispose](),
  };
}
