import type { ReplayHandlers, toColumns } from "#src/analysis/replay/replay.ts";
import { startThread } from "#src/store/thread.ts";
import { type Bar, type Measure, measured } from "../../tools/bars.ts";
import { DAYS, ENTITIES, madeAutomations, madePast } from "./replay/made-past.ts";

const CHANGES = 1_000_000;
const SHORT_CHANGES = 50_000;
const BLOCK = 50_000;
const TIMES = 5;

/** Fifty automations over a month of a house of 500 entities, on the thread that the program uses. */
const backTesting: Measure = async ({ short }) => {
  const past = madePast(short ? SHORT_CHANGES : CHANGES);
  const all = madeAutomations();
  await using thread = startThread<ReplayHandlers>({
    file: "replay.worker",
    beside: new URL("../../homeiq/src/analysis/replay/back-tests.ts", import.meta.url).href,
    data: new Int32Array(new SharedArrayBuffer(4)),
    oldSpaceMb: 512,
    youngSpaceMb: 24, // as the program starts it
  });
  const { changes, ...beginning } = past;
  await thread.ask("begin", beginning);
  const loading = performance.now();
  for (let start = 0; start < changes.count; start += BLOCK) {
    await thread.ask("add", partOf(changes, start, Math.min(changes.count, start + BLOCK)));
  }
  say(`${changes.count} changes handed over in ${since(loading)} ms`);

  const best = async (automations: typeof all) => {
    const took: number[] = [];
    for (let n = 0; n < TIMES; n += 1) {
      const startedAt = performance.now();
      const found = await thread.ask("backTest", { automations, options: {} });
      took.push(performance.now() - startedAt);
      if (n === 0)
        say(`${automations.length}: ${found.reduce((sum, one) => sum + one.runs.length, 0)} runs`);
    }
    say(`${automations.length} automations: ${took.map((ms) => ms.toFixed(0)).join(", ")} ms`);
    return took.toSorted((one, other) => one - other)[Math.floor(TIMES / 2)] as number;
  };
  const fifty = await best(all);
  const singles: number[] = [];
  for (const one of all.slice(0, 5)) singles.push(await best([one]));
  const house = `${DAYS} days of ${ENTITIES} entities`;
  const bars: Bar[] = [
    measured(
      { bar: `50 automations over ${house}, median`, unit: "ms", limit: 3000, direction: "max" },
      fifty,
    ),
    measured(
      {
        bar: `a single automation over ${house}, the slowest kind`,
        unit: "ms",
        limit: 150,
        direction: "max",
      },
      Math.max(...singles),
    ),
  ];
  return { bars };
};

export default backTesting;

const say = (line: string) => void process.stdout.write(`${line}\n`);
const since = (startedAt: number) => (performance.now() - startedAt).toFixed(0);

type Columns = ReturnType<typeof toColumns>;

function partOf(columns: Columns, start: number, end: number): Columns {
  const { at, entity, state, attributes, cause, by, entityIds, texts, attributeSets } = columns;
  const sets: Columns["attributeSets"][number][] = [];
  const own = attributes.slice(start, end).map((place) => {
    const set = attributeSets[place];
    return set === undefined ? -1 : sets.push(set) - 1;
  });
  return {
    count: end - start,
    at: at.slice(start, end),
    entity: entity.slice(start, end),
    state: state.slice(start, end),
    attributes: own,
    cause: cause.slice(start, end),
    by: by.slice(start, end),
    ...{ entityIds, texts, attributeSets: sets },
  };
}
