import {
  type Adjustable,
  type BackTest,
  type BackTests,
  type Explanation,
  editFor,
  type Interleaving,
  interleavingOf,
  typedValue,
} from "#analysis/replay/replay.ts";
import { dropAbsent } from "#foundation/absent.ts";
import type { Clock } from "#foundation/clock.ts";
import { AppError } from "#foundation/errors.ts";
import { DAY_MS, HOUR_MS } from "#foundation/time.ts";
import { type Automation, editYaml, type Path } from "#home/automation/automation.ts";
import type { AutomationConfig } from "#home/automation-config/automation-config.ts";
import { createReadScenes } from "./scenes.ts";
import { adjustableAt, createReadSubject, type Subject } from "./subject.ts";

export type {
  Adjustable,
  BackTest,
  Explanation,
  Interleaving,
} from "#analysis/replay/replay.ts";
export type { Subject } from "./subject.ts";

interface Span {
  readonly from: number;
  readonly to: number;
}

/** Absent: up to now, and from so many days before as the option says. */
type AskedSpan = Partial<Span>;

export interface BackTestQuery extends Subject, AskedSpan {}

/** With the time that it was played over. */
export interface BackTested extends BackTest, Span {}

/** What became of the runs with one value. */
export interface Tried extends Pick<BackTest, "matched" | "annoying" | "idle" | "unasked"> {
  readonly value: number;
  /** How many runs did something. */
  readonly runs: number;
  readonly missed: number;
}

/** What automations would have done, and why one did not run. */
export interface AutomationReview {
  /** Over how many days it is played when nobody says otherwise. */
  readonly days: number;
  /** Throws `invalid` for a text that is no automation, and for a range that is too long. */
  backTest(query: BackTestQuery, signal: AbortSignal): Promise<BackTested>;
  /** The numbers in it of which one can ask `whatIf`, in the order of reading. */
  adjustables(subject: Subject): Promise<readonly Adjustable[]>;
  /** The same with each of these values in one place. */
  whatIf(
    query: BackTestQuery & { readonly path: Path; readonly values: readonly number[] },
    signal: AbortSignal,
  ): Promise<readonly Tried[]>;
  /** The text with another value in one place, and everything else as it is. */
  adjust(source: string, place: { readonly path: Path; readonly value: number }): Promise<string>;
  /** When these automations acted within seconds of each other, in which order. */
  interleaving(
    query: AskedSpan & { readonly entityIds: readonly string[] },
    signal: AbortSignal,
  ): Promise<Interleaving>;
  explain(query: Subject & { readonly at: number }, signal: AbortSignal): Promise<Explanation>;
}

interface Deps {
  readonly clock: Clock;
  readonly house: Pick<AutomationConfig, "configOf" | "blueprintOf">;
  readonly backTests: BackTests;
  readonly backTestDays?: number;
}

const DAYS = 30;
const MOST_DAYS = 62; // two months of a large house are about two million changes; more only when an option says so
const BEFORE_MS = DAY_MS; // what must have held for a time began before the moment
const AFTER_MS = 7 * DAY_MS;

export function createAutomationReview(deps: Deps): AutomationReview {
  const { clock, house, backTests, backTestDays: days = DAYS } = deps;
  const readSubject = createReadSubject(house);
  const readScenes = createReadScenes(house);
  const mostDays = Math.max(MOST_DAYS, days);

  function toSpan({ to = clock.now(), from = to - days * DAY_MS }: AskedSpan): Span {
    const mostMs = mostDays * DAY_MS;
    if (from < to && to - from <= mostMs) return { from, to };
    throw new AppError(
      "invalid",
      "automations.range_too_long",
      `Ask for a range of at most ${mostDays} days`,
      { facts: { mostMs } },
    );
  }

  const optionsFor = async ({ entityId }: Subject, automation: Automation) => ({
    scenes: await readScenes([automation]),
    ...(entityId === undefined ? {} : { entityId }),
  });

  return {
    days,
    async backTest({ from, to, ...subject }, signal) {
      const asked = toSpan(dropAbsent({ from, to }));
      const { automation } = await readSubject(subject);
      const options = await optionsFor(subject, automation);
      return { ...asked, ...(await backTests.backTest({ automation, ...asked, options }, signal)) };
    },
    adjustables: async (subject) => (await readSubject(subject)).adjustables,
    async whatIf({ from, to, path, values, ...subject }, signal) {
      const asked = toSpan(dropAbsent({ from, to }));
      const read = await readSubject(subject);
      const place = adjustableAt(read, path);
      const options = await optionsFor(subject, read.automation);
      const found = await backTests.whatIf(
        {
          ...{ automation: read.automation, ...asked, path, options },
          values: values.map((value) => typedValue(place, value)),
        },
        signal,
      );
      return found.map(({ result }, index) => toTried(values[index] ?? 0, result));
    },
    async adjust(source, { path, value }) {
      const place = adjustableAt(await readSubject({ source }), path);
      return editYaml(source, [editFor(place, value)]);
    },
    async interleaving({ entityIds, ...span }, signal) {
      const asked = toSpan(span);
      const read = await Promise.all(entityIds.map((entityId) => readSubject({ entityId })));
      const automations = read.map(({ automation }) => automation);
      const options = { scenes: await readScenes(automations) };
      return interleavingOf(
        await backTests.backTestAll({ automations, options, ...asked }, signal),
      );
    },
    async explain({ at, ...subject }, signal) {
      const { automation } = await readSubject(subject);
      const to = Math.min(clock.now(), at + AFTER_MS);
      const from = Math.floor((at - BEFORE_MS) / HOUR_MS) * HOUR_MS;
      const scenes = await readScenes([automation]);
      return backTests.explain({ automation, at, scenes, from, to: Math.max(to, at + 1) }, signal);
    },
  };
}

const toTried = (value: number, { matched, annoying, idle, unasked, missed }: BackTest): Tried => ({
  ...{ value, matched, annoying, idle, unasked, missed: missed.length },
  runs: matched + annoying + idle + unasked,
});
