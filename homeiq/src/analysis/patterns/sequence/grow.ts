import { discoveriesOf, FALSE_DISCOVERIES } from "../chance/chance.ts";
import { type Pair, type Trial, trialOf } from "../co-activation/co-activation.ts";
import type { Diary, DiaryStream, Moments, Usual } from "../diary/diary.ts";

const LEAST = { times: 5, lift: 2 };
const LEAST_SHARE = 0.3; // of the times so far that go on: less is another habit that begins alike
const LONGEST = 5;
const MOST_LINKS = 25; // of what follows one act, the least likely by chance
const MOST_CHAINS = 1_000; // of one length: bounds the time where everything is tied to everything

/** One time that a chain was done: the try that began it, and the index of the act of each later step. */
export interface Run {
  readonly place: number;
  readonly path: readonly number[];
}

/** Steps in a row, each of which follows more often than chance when all before it were done. */
export interface Chain {
  /** Indexes of streams in the diary. */
  readonly streams: readonly number[];
  /** What could have begun it. */
  readonly tries: Moments;
  /** In order of time; no act is part of two. */
  readonly runs: readonly Run[];
  /** Of its weakest link. */
  readonly chance: number;
  readonly lift: number;
}

interface Growing {
  readonly diary: Diary;
  readonly pairs: readonly Pair[];
  readonly usual: Usual;
}

/**
 * All chains of three to `LONGEST` steps, grown link by link from the pairs.
 *
 * Of each length at most `MOST_CHAINS` grow on, and each tries only the `MOST_LINKS` that its last step is paired with
 * best; `capped` are the pairs and chains that are left out by that.
 */
export function grow({ diary, pairs, usual }: Growing) {
  const links = Map.groupBy(pairs, ({ trigger }) => trigger);
  let capped = 0;
  for (const [trigger, some] of links) {
    const most = some.sort((one, other) => one.chance - other.chance).slice(0, MOST_LINKS);
    capped += some.length - most.length;
    links.set(trigger, most);
  }
  const streams = diary.streams.filter(({ isTrace }) => !isTrace).length;
  const grown: Chain[] = [];
  const strongest = (some: readonly Chain[]): Chain[] => {
    capped += Math.max(0, some.length - MOST_CHAINS);
    return [...some].sort(byChance).slice(0, MOST_CHAINS);
  };
  let chains = strongest(pairs.map((pair) => toChain(pair)));
  for (let steps = 3; steps <= LONGEST && chains.length > 0; steps += 1) {
    const extensions = chains
      .flatMap((chain) => {
        const tries = endsOf(chain, diary);
        const own = links.get(chain.streams.at(-1) as number) ?? [];
        return own.map((link) => ({ chain, tries, link }));
      })
      .sort((one, other) => one.link.act - other.link.act); // what is usual for an act is worked out once
    const longer = extensions.flatMap((one) => extended({ ...one, diary, usual }) ?? []);
    const tests = chains.length * (streams - steps + 1);
    const believed = discoveriesOf(
      longer.map(({ link }) => link),
      FALSE_DISCOVERIES,
      Math.max(0, tests - longer.length),
    );
    chains = strongest(longer.filter((_, n) => believed.has(n)).map(({ chain }) => chain));
    grown.push(...chains);
  }
  return { chains: grown, capped };
}

const byChance = (one: Chain, other: Chain) =>
  one.chance - other.chance || other.runs.length - one.runs.length;

function toChain({ trigger, act, trial, chance }: Pair): Chain {
  const runs = runsOf(trial.hits, (place) => ({ place, path: [] }));
  const lift = trial.times / Math.max(trial.expected, 1e-9);
  return { streams: [trigger, act], tries: trial.tries, runs, chance, lift };
}

interface Extension {
  readonly diary: Diary;
  readonly usual: Usual;
  readonly chain: Chain;
  /** The moments at which it was done so far. */
  readonly tries: Moments;
  readonly link: Pair;
}

/** `link`: how likely chance alone has the last step follow as often. */
function extended({ diary, usual, chain, tries, link }: Extension) {
  if (chain.streams.includes(link.act)) return undefined;
  const act = diary.streams[link.act] as DiaryStream;
  const trial: Trial | undefined = trialOf(
    { tries, act, withinMinutes: link.trial.withinMinutes, usual },
    { ...LEAST, times: Math.max(LEAST.times, LEAST_SHARE * chain.runs.length) },
  );
  if (!trial) return undefined;
  const runs = runsOf(trial.hits, (place) => chain.runs[place] as Run);
  if (runs.length < LEAST.times) return undefined;
  const lift = Math.min(chain.lift, trial.times / Math.max(trial.expected, 1e-9));
  const streams = [...chain.streams, link.act];
  const chance = Math.max(chain.chance, trial.chance);
  return { link: trial.chance, chain: { streams, tries: chain.tries, runs, chance, lift } };
}

/** The moments at which a chain was done so far. */
function endsOf({ runs, streams }: Chain, diary: Diary): Moments {
  const last = diary.streams[streams.at(-1) as number] as DiaryStream;
  const indexes = runs.map(({ path }) => path.at(-1) as number);
  return {
    at: Float64Array.from(indexes, (index) => last.at[index] as number),
    day: Int32Array.from(indexes, (index) => last.day[index] as number),
    minute: Float64Array.from(indexes, (index) => last.minute[index] as number),
  };
}

/** Those that were followed; an act that follows two belongs to the later one. */
function runsOf(hits: Int32Array, before: (place: number) => Run): Run[] {
  const runs: Run[] = [];
  for (const [place, hit] of hits.entries()) {
    if (hit < 0 || hits[place + 1] === hit) continue;
    const run = before(place);
    runs.push({ place: run.place, path: [...run.path, hit] });
  }
  return runs;
}
