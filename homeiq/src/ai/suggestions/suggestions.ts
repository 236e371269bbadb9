import type { AutomationReview } from "#ai/automation-review/automation-review.ts";
import type { Automations, CheckDraft, Person } from "#ai/automations/automations.ts";
import type { Names, Texts } from "#ai/texts/texts.ts";
import type { LintedHouse } from "#analysis/automation-lint/automation-lint.ts";
import type { Filled } from "#analysis/templates/templates.ts";
import type { Clock } from "#foundation/clock.ts";
import { AppError } from "#foundation/errors.ts";
import type { Log } from "#foundation/log.ts";
import type { Topic } from "#foundation/topic.ts";
import type { HomeSnapshot } from "#home/snapshot/snapshot.ts";
import type { Db } from "#store/database.ts";
import { createAnswers } from "./answers.ts";
import { createBackTester } from "./back-tests.ts";
import { createLife } from "./life.ts";
import type { Found, LookedAt } from "./looking.ts";
import { outcomesOf } from "./outcomes.ts";
import { refreshRows, rescore } from "./refresh.ts";
import { shown, sorted } from "./shown.ts";
import { askSources } from "./sources.ts";
import type {
  DismissReason,
  Suggestion,
  SuggestionSource,
  SuggestionStatus,
} from "./suggestion.ts";
import { createSuggestionStore, type Row } from "./suggestions.store.ts";

export { lookIn } from "./looking.ts";
export * from "./suggestion.ts";

export interface SuggestionFilter {
  /** Absent: those that are open. */
  readonly statuses?: readonly SuggestionStatus[];
  readonly sources?: readonly SuggestionSource[];
  readonly areaId?: string;
  readonly entityId?: string;
  /** Absent: `score`, the best first. */
  readonly sort?: "score" | "newest" | "saving";
}

/** What became of what was suggested: all, of one source, or of one kind. */
export interface Outcome {
  /** Absent: of all. */
  readonly source?: SuggestionSource;
  readonly kind?: string;
  /** Put to a person at any time. */
  readonly shown: number;
  readonly accepted: number;
  readonly dismissed: number;
  readonly deployed: number;
  /** Of those deployed at least 30 days ago, those that still stand. */
  readonly kept: number;
  /** Deployed at least 30 days ago. */
  readonly due: number;
  readonly undone: number;
  /** How often people undid what the deployed ones did, of so many runs. */
  readonly overrides: number;
  readonly runs: number;
  /** Of those answered; absent: none was. Between low and high in 95 of 100 cases. */
  readonly acceptance?: { readonly value: number; readonly low: number; readonly high: number };
}

export interface Outcomes {
  readonly all: Outcome;
  readonly bySource: readonly Outcome[];
  readonly byKind: readonly Outcome[];
}

export interface Refreshed {
  readonly at: number;
  /** Found at all, newly opened, and gone because what spoke for them is. */
  readonly found: number;
  readonly opened: number;
  readonly expired: number;
  readonly open: number;
  readonly waiting: number;
}

/** What is put to the household, and what becomes of it. */
export interface Suggestions {
  list(filter?: SuggestionFilter): readonly Suggestion[];
  /** Throws `not_found` `suggestions.unknown`. */
  get(id: string): Suggestion;
  /**
   * Makes a draft of it in the workshop, or carries out what needs none. Asked again, it is the same draft.
   * Throws `conflict` `suggestions.not_open`, `invalid` `suggestions.choose` when something must be chosen first.
   */
  accept(
    id: string,
    answer: { readonly chosen?: Filled; readonly by: Person },
  ): Promise<Suggestion>;
  snooze(id: string, answer: { readonly until: number; readonly by: Person }): Suggestion;
  dismiss(id: string, answer: { readonly reason: DismissReason; readonly by: Person }): Suggestion;
  /** Brings back what was dismissed, snoozed, or accepted and not yet deployed. */
  reopen(id: string, by: Person): Suggestion;
  /** Takes back what was deployed. */
  undo(id: string, by: Person): Promise<Suggestion>;
  /**
   * Looks at what there is to suggest now.
   * Throws `conflict` `suggestions.running` while it is looked for, `unavailable` `suggestions.not_ready` before the
   * house is known.
   */
  refresh(signal: AbortSignal): Promise<Refreshed>;
  isRunning(): boolean;
  /** Plays a few of those that are open over the recorded past. */
  backTest(signal: AbortSignal): Promise<void>;
  /** Looks at what became of those that were accepted. */
  follow(): void;
  lastRefresh(): Refreshed | undefined;
  outcomes(): Outcomes;
}

/** Without those to which a person said something while it was looked. */
function unanswered(
  rows: readonly Row[],
  { before, now }: { readonly before: readonly Row[]; readonly now: readonly Row[] },
): Row[] {
  const changesIn = (all: readonly Row[]) =>
    new Map(all.map(({ id, history }) => [id, history.length]));
  const [known, current] = [changesIn(before), changesIn(now)];
  return rows.filter(({ id }) => known.get(id) === current.get(id));
}

interface Deps {
  readonly db: Db;
  readonly clock: Clock;
  readonly log: Log;
  readonly automations: Automations;
  readonly review: Pick<AutomationReview, "backTest" | "days">;
  /** Since when anything is recorded; `undefined` before the first change. */
  readonly oldestAt: () => Promise<number | undefined>;
  /** Of the house, as Home Assistant knows it. */
  readonly currency: () => string;
  readonly check: CheckDraft;
  /** Whether the house is known: its devices and states. */
  readonly isReady: () => boolean;
  readonly home: () => Promise<HomeSnapshot>;
  /** Asks habits, synergies and templates. */
  readonly look: (house: LookedAt, signal: AbortSignal) => Promise<Found>;
  /** All of the house, in plain values. */
  readonly lookedAt: () => Promise<Omit<LookedAt, "currency" | "now">>;
  /** What stands in it, as the linter reads it. */
  readonly house: (home: HomeSnapshot) => Promise<LintedHouse>;
  readonly texts: () => Texts;
  readonly names: () => Names;
  /** How many there are in the house. */
  readonly devices: () => number;
  /** Something else is to be shown than before. */
  readonly changed: Topic<void>;
}

/** From what was found to what is asked, and from the answer to what stands in Home Assistant. */
export function createSuggestions(deps: Deps): Suggestions {
  const { clock, automations, changed } = deps;
  const store = createSuggestionStore(deps);
  const life = createLife({ clock, store, automations });
  const answers = createAnswers({ ...deps, store, rearrange });
  const backTester = createBackTester({ ...deps, store, rearrange });
  let running = false;

  function rearrange(): void {
    const known = { texts: deps.texts(), devices: deps.devices(), at: clock.now() };
    for (const row of rescore(store.all(), known)) store.keep(row);
  }

  async function look(signal: AbortSignal): Promise<Refreshed> {
    life.follow();
    const texts = deps.texts();
    const house = { ...(await deps.lookedAt()), currency: deps.currency(), now: clock.now() };
    const found = await askSources(deps, { house, texts, names: deps.names(), signal });
    const before = store.all();
    const { rows, run } = await refreshRows({
      ...{
        rows: before,
        found,
        devices: deps.devices(),
        texts,
        check: deps.check,
        home: house.home,
      },
      ...{ at: clock.now(), signal },
    });
    store.keepAll(unanswered(rows, { before, now: store.all() }), run);
    deps.log.info(run, "Looked for suggestions");
    return run;
  }

  return {
    list(filter = {}) {
      life.follow();
      const { statuses = ["open"], sources, areaId, entityId, sort = "score" } = filter;
      const rows = store
        .having(statuses)
        .filter(({ source }) => sources === undefined || sources.includes(source))
        .filter(({ found }) => areaId === undefined || found.areaId === areaId)
        .filter(({ found }) => entityId === undefined || found.entityIds.includes(entityId));
      return sorted(rows.map(shown), sort);
    },
    get(id) {
      life.follow();
      return shown(store.get(id));
    },
    ...answers,
    async refresh(signal) {
      if (!deps.isReady()) {
        const why = "Home Assistant has not told yet what is in the house";
        throw new AppError("unavailable", "suggestions.not_ready", why);
      }
      if (running) {
        const why = "Suggestions are being looked for already";
        throw new AppError("conflict", "suggestions.running", why);
      }
      running = true;
      try {
        return await look(signal);
      } finally {
        running = false;
        changed.publish();
      }
    },
    isRunning: () => running,
    lastRefresh: store.lastRun,
    backTest: backTester,
    follow: life.follow,
    outcomes: () => outcomesOf(store.all(), clock.now()),
  };
}
