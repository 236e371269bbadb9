import type { KnownPattern } from "#analysis/patterns/patterns.ts";
import type { Job } from "#foundation/jobs.ts";
import { composePatterns } from "./compose-patterns.ts";

type Parts = Parameters<typeof composePatterns>[0];

/** What HomeIQ notices by itself, and what it proposes. */
export function composeNoticing(parts: Parts) {
  const { patterns, jobs: patternJobs } = composePatterns(parts);
  const sayPattern = ({ pattern }: KnownPattern) => ({ text: pattern.key, automatedBy: [] });
  const jobs: readonly Job[] = [...patternJobs];
  return { faces: { patterns, sayPattern }, jobs };
}
