import type { BackTest, BackTests, Explanation } from "#analysis/replay/replay.ts";
import type { Clock } from "#foundation/clock.ts";
import { AppError } from "#foundation/errors.ts";
import { DAY_MS, HOUR_MS } from "#foundation/time.ts";
import {
  type Automation,
  type Path,
  parseAutomation,
  readYaml,
} from "#home/automation/automation.ts";
import type { AutomationConfig } from "#home/automation-config/automation-config.ts";

export type { BackTest, Explanation } from "#analysis/replay/replay.ts";

/** What is played back: a text, or what stands in Home Assistant. */
export interface Subject {
  /** YAML or JSON. */
  readonly source?: string;
  readonly entityId?: string;
}

export interface BackTestQuery extends Subject {
  readonly from: number;
  readonly to: number;
}

/** What automations would have done, and why one did not run. */
export interface AutomationReview {
  /** Throws `invalid` for a text that is no automation, and for a range that is too long. */
  backTest(query: BackTestQuery, signal: AbortSignal): Promise<BackTest>;
  /** The same with each of these values at one place. */
  whatIf(
    query: BackTestQuery & { readonly path: Path; readonly values: readonly unknown[] },
    signal: AbortSignal,
  ): Promise<readonly { readonly value: unknown; readonly result: BackTest }[]>;
  explain(query: Subject & { readonly at: number }, signal: AbortSignal): Promise<Explanation>;
}

interface Deps {
  readonly clock: Clock;
  readonly house: Pick<AutomationConfig, "configOf">;
  readonly backTests: BackTests;
}

const LONGEST_MS = 62 * DAY_MS; // two months of a large house are about two million changes
const BEFORE_MS = DAY_MS; // what must have held for a time began before the moment
const AFTER_MS = 7 * DAY_MS;

export function createAutomationReview({ clock, house, backTests }: Deps): AutomationReview {
  async function automationOf({ source, entityId }: Subject): Promise<Automation> {
    const config =
      source === undefined
        ? (await house.configOf(entityId ?? ""))?.config
        : onlyOne(readYaml(source).value);
    if (config === undefined && source === undefined) {
      throw new AppError("not_found", "automations.unknown", `There is no ${entityId}`);
    }
    const { value } = parseAutomation(config);
    if (value?.kind === "automation") return value;
    throw new AppError(
      "invalid",
      "automations.unreadable",
      "It cannot be played back: it has errors, or is made of a blueprint",
    );
  }

  function limit({ from, to }: { from: number; to: number }): void {
    if (from < to && to - from <= LONGEST_MS) return;
    throw new AppError(
      "invalid",
      "automations.range_too_long",
      "Ask for a range of at most 62 days",
      { facts: { mostMs: LONGEST_MS } },
    );
  }

  return {
    async backTest({ from, to, ...subject }, signal) {
      limit({ from, to });
      const automation = await automationOf(subject);
      const { entityId } = subject;
      const options = entityId === undefined ? {} : { entityId };
      return backTests.backTest({ automation, from, to, options }, signal);
    },
    async whatIf({ from, to, path, values, ...subject }, signal) {
      limit({ from, to });
      const automation = await automationOf(subject);
      return backTests.whatIf({ automation, from, to, path, values }, signal);
    },
    async explain({ at, ...subject }, signal) {
      const automation = await automationOf(subject);
      const to = Math.min(clock.now(), at + AFTER_MS);
      const from = Math.floor((at - BEFORE_MS) / HOUR_MS) * HOUR_MS;
      return backTests.explain({ automation, at, from, to: Math.max(to, at + 1) }, signal);
    },
  };
}

/** A text may be a list that holds one, as in Home Assistant's file. */
const onlyOne = (value: unknown): unknown =>
  Array.isArray(value) && value.length === 1 ? (value as unknown[])[0] : value;
