import type { AutomationReview } from "#ai/automation-review/automation-review.ts";
import type { Clock } from "#foundation/clock.ts";
import { AppError } from "#foundation/errors.ts";
import { DAY_MS, HOUR_MS } from "#foundation/time.ts";
import type { Topic } from "#foundation/topic.ts";
import type { SuggestionTest } from "./suggestion.ts";
import { become, type Row, type SuggestionStore } from "./suggestions.store.ts";
import { toYaml } from "./to-yaml.ts";

interface Deps {
  readonly clock: Clock;
  readonly store: SuggestionStore;
  readonly review: Pick<AutomationReview, "backTest" | "days">;
  /** Since when anything is recorded; `undefined` before the first change. */
  readonly oldestAt: () => Promise<number | undefined>;
  readonly changed: Topic<void>;
  readonly rearrange: () => void;
}

interface Played {
  readonly source: string;
  readonly to: number;
  readonly recordedFrom: number;
}

const BEST = 30; // what stands lower would hardly be shown, however it did
const FRESH_MS = 7 * DAY_MS;
const WAITS: ReadonlySet<Row["status"]> = new Set(["open", "waiting", "snoozed"]);
const ANNOYS_FROM = 3; // fewer may be chance

/** Plays what is open over the recorded past; what would be in the way more than it helps goes. */
export function createBackTester(deps: Deps) {
  const { clock, store, review, changed, rearrange } = deps;
  async function test(
    { source, to, recordedFrom }: Played,
    signal: AbortSignal,
  ): Promise<SuggestionTest> {
    try {
      const played = await review.backTest({ source, to }, signal);
      const { from, matched, annoying, idle, unasked, missed } = played;
      return {
        ...{ state: "done", testedAt: clock.now(), to },
        from: Math.min(to, Math.max(from, recordedFrom)),
        ...{ matched, annoying, idle, unasked, missed: missed.length },
        runs: matched + annoying + idle + unasked,
      };
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof AppError)) throw error;
      return { state: "failed", testedAt: clock.now(), code: error.code };
    }
  }

  const isDue = ({ found, backTest }: Row, recordedFrom: number): boolean => {
    if (found.make?.kind !== "automation") return false;
    if (backTest === null || backTest.state === "pending") return true;
    if (clock.now() - backTest.testedAt > FRESH_MS) return true;
    if (backTest.state === "failed") return false;
    // The past before was fetched since.
    const isShort = backTest.to - backTest.from < review.days * DAY_MS;
    return isShort && recordedFrom < backTest.from - DAY_MS;
  };

  return async (signal: AbortSignal): Promise<void> => {
    let isTested = false;
    // The same end for all: the past is read once, and let go of soon after the last.
    const to = Math.floor(clock.now() / HOUR_MS) * HOUR_MS;
    const recordedFrom = (await deps.oldestAt()) ?? to;
    const best = store.having(["open", "waiting"]).slice(0, BEST);
    for (const { id, found } of best.filter((one) => isDue(one, recordedFrom))) {
      signal.throwIfAborted();
      if (!found.make) continue;
      const backTest = await test({ source: toYaml(found.make), to, recordedFrom }, signal);
      const row = store.get(id); // it may have been answered meanwhile
      const tested = { ...row, backTest };
      store.keep(WAITS.has(row.status) && annoys(backTest) ? dropped(tested) : tested);
      isTested = true;
    }
    if (!isTested) return;
    rearrange();
    changed.publish();
  };

  function dropped(row: Row): Row {
    const at = clock.now();
    const refused = { refusedAt: at, refusedStrength: row.found.strength };
    return become(row, "expired", { at, reason: "annoying", ...refused });
  }
}

const annoys = (test: SuggestionTest): boolean =>
  test.state === "done" && test.annoying >= ANNOYS_FROM && test.annoying > test.matched;
