import { evaluate, toArray } from "./condition.ts";
import type { Run, Steps } from "./run.ts";
import { renderDeep } from "./template.ts";

const MAX_ROUNDS = 10_000; // a loop that never ends would stop the simulated time

/** `repeat`: by count, for each, while or until. */
export function* loop(
  config: Readonly<Record<string, unknown>>,
  run: Run,
  {
    path,
    runSequence,
  }: { path: string; runSequence: (actions: unknown, run: Run, path: string) => Steps },
): Steps {
  const outer = run.variables;
  const items = toArray(renderDeep(config.for_each, run.core, outer));
  const count = Number(renderDeep(config.count, run.core, outer));
  const rounds = config.for_each === undefined ? count : items.length;
  const isCounted = Number.isFinite(rounds);
  const holds = (key: string) =>
    toArray(config[key]).every((one) => evaluate(one, run.core, run.variables));

  for (let index = 1; index <= (isCounted ? rounds : MAX_ROUNDS); index++) {
    const last = isCounted && index === rounds;
    const repeat = { index, first: index === 1, last, item: items[index - 1] };
    run.variables = { ...run.variables, repeat };
    if (config.while !== undefined && !holds("while")) break;
    yield* runSequence(config.sequence, run, `${path}/repeat/sequence`);
    if (config.until !== undefined && holds("until")) break;
  }
  const { repeat: _repeat, ...rest } = run.variables;
  run.variables = rest;
}
