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
      automatedBy: [],
    };
  };
  const jobs: readonly Job[] = [...patternJobs, ...proposing.jobs];
  return {
    faces: { patterns, sayPattern, suggestions },
    jobs,
    [Symbol.dispose]: () => proposing[Symbol.dispose](),
  };
}
