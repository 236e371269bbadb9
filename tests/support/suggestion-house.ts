import type { AutomationReview } from "#src/ai/automation-review/automation-review.ts";
import type { Automations, Draft, Watch } from "#src/ai/automations/automations.ts";
import { lookThrough } from "#src/ai/suggestions/look-through.ts";
import { createSuggestions, type Suggestions } from "#src/ai/suggestions/suggestions.ts";
import { toLintedHouse } from "#src/analysis/automation-lint/automation-lint.ts";
import type { KnownPattern } from "#src/analysis/patterns/patterns.ts";
import type { KnownSynergy } from "#src/analysis/synergies/synergies.ts";
import { createLog } from "#src/foundation/log.ts";
import { DAY_MS } from "#src/foundation/time.ts";
import { createTopic } from "#src/foundation/topic.ts";
import type { HomeSnapshot } from "#src/home/snapshot/snapshot.ts";
import type { PastReader } from "#src/ingest/history/reader/past-reader.ts";

import { createFakeClock } from "./clock.ts";
import { openEmptyStore } from "./empty-store.ts";
import { namesIn, TEXTS } from "./sample-patterns.ts";

type Listed = Awaited<ReturnType<Automations["list"]>>[number];
type Detail = Awaited<ReturnType<Automations["get"]>>;
type Findings = Awaited<ReturnType<Automations["inspection"]["findings"]>>["findings"];
type BackTested = Awaited<ReturnType<AutomationReview["backTest"]>>;

/** What the workshop and the detectors would say; a test changes it. */
export interface Told {
  patterns: readonly KnownPattern[];
  synergies: readonly KnownSynergy[];
  findings: Findings;
  automations: readonly (Pick<Detail, "entityId"> & Partial<Detail>)[];
  watches: readonly Partial<Watch>[];
  drafts: Map<string, Partial<Draft>>;
  /** What playing an automation over the past would show. */
  played: Partial<Pick<BackTested, "matched" | "annoying" | "idle" | "unasked">>;
  /** Since when anything is recorded. */
  oldestAt: number;
  failing: boolean;
  ready: boolean;
  /** What was recorded. */
  past: Pick<PastReader, "entities" | "visit" | "visitAll">;
  readonly done: string[];
}

/** Suggestions beside a workshop and detectors that say what a test tells them. */
export function openSuggestions(home: HomeSnapshot) {
  const clock = createFakeClock();
  const store = openEmptyStore();
  const log = createLog("silent");
  const told: Told = {
    ...{ patterns: [], synergies: [], findings: [], automations: [], watches: [] },
    ...{ drafts: new Map(), played: {}, oldestAt: 0, failing: false, ready: true, done: [] },
    past: { entities: () => [], visit() {}, visitAll() {} },
  };
  const changed = createTopic<void>({ name: "suggestions", log });
  const detailOf = (entityId: string) =>
    told.automations.find((one) => one.entityId === entityId) as Detail;
  const draft = (more: Partial<Draft>) => {
    const id = `draft-${told.drafts.size + 1}`;
    told.drafts.set(id, { id, automationId: id, status: "draft", updatedAt: clock.now(), ...more });
    return told.drafts.get(id) as Draft;
  };
  const automations = {
    drafts: {
      create: async (given: Partial<Draft>) => draft({ ...given }),
      get: (id: string) => told.drafts.get(id) as Draft,
      discard: (id: string) => {
        told.drafts.set(id, { ...told.drafts.get(id), status: "discarded" });
      },
    },
    draftProposal: async (entityId: string) => draft({ entityId }),
    probation: { list: () => told.watches as Watch[] },
    inspection: { findings: async () => ({ at: clock.now(), findings: told.findings }) },
    list: async () => told.automations as unknown as Listed[],
    get: async (entityId: string) => detailOf(entityId),
    undo: async (entityId: string) => void told.done.push(`undo ${entityId}`),
    remove: async (entityId: string) => void told.done.push(`remove ${entityId}`),
  } as unknown as Automations; // what suggestions ask of it

  const review = {
    days: 30,
    backTest: async () => {
      const counts = { matched: 0, annoying: 0, idle: 0, unasked: 0, ...told.played };
      return { from: clock.now() - 30 * DAY_MS, to: clock.now(), missed: [], ...counts };
    },
  } as unknown as AutomationReview; // what suggestions ask of it

  const patterns = {
    list: () => {
      if (told.failing) throw new Error("The database is busy");
      return told.patterns;
    },
    lastRun: () => ({
      ...{ startedAt: clock.now(), durationMs: 1, tracesFrom: 0 },
      ...{ from: clock.now() - 30 * DAY_MS, to: clock.now() },
      ...{ changes: 1, acts: 1, entities: 1, found: told.patterns.length },
    }),
  };
  const suggestions: Suggestions = createSuggestions({
    ...{ db: store.db, clock, log, automations, review, changed },
    oldestAt: async () => told.oldestAt,
    look: (house) =>
      lookThrough({ patterns, synergies: { list: () => told.synergies }, past: told.past }, house),
    currency: () => "EUR",
    check: async () => ({ problems: [], config: {} }),
    isReady: () => told.ready,
    home: async () => home,
    house: async () => toLintedHouse({ home, now: clock.now(), automations: [] }),
    texts: () => TEXTS,
    names: () => namesIn(home),
    lookedAt: async () => {
      const standing = { automations: [], scripts: [], scenes: [] };
      const said = { language: "en", timeZone: "Europe/Berlin" };
      const people = new Map([["ann", "Ann"]]);
      return { home, standing, people, hidden: new Set<string>(), ...said };
    },
    devices: () => home.devices.size,
  });
  const signal = new AbortController().signal;
  return {
    ...{ suggestions, told, clock },
    refresh: () => suggestions.refresh(signal),
    backTest: () => suggestions.backTest(signal),
    [Symbol.asyncDispose]: () => store[Symbol.asyncDispose](),
  };
}
