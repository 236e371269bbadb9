import { toAppError } from "#foundation/errors.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from "#foundation/time.ts";
import type { Json, Period, PeriodUnit, Template } from "#home/automation/automation.ts";
import type { WorldState } from "../past/past.ts";

export type Variables = Readonly<Record<string, unknown>>;

/** A template that was read once. */
export interface ReadTemplate {
  readonly problems: readonly { readonly message: string }[];
  readonly entityIds: readonly string[];
  readonly usesNow: boolean;
  readonly reads: "entities" | "everything";
  readonly unsupported: readonly string[];
  render(variables: Variables): unknown;
}

/** Something that could not be worked out: no number, no such entity, a template that fails. */
export interface Failure {
  readonly error: string;
}

export const isFailure = (value: unknown): value is Failure =>
  typeof value === "object" &&
  value !== null &&
  "error" in value &&
  Object.keys(value).length === 1;

/** Templates, and what holds them, as values. */
export interface Texts {
  read(text: string): ReadTemplate;
  render(text: string, variables: Variables): unknown | Failure;
  /** Every template in it rendered; throws what a template throws. */
  deep(value: unknown, variables: Variables): unknown;
  /** Milliseconds. */
  period(period: Period, variables: Variables): number | Failure;
}

interface Deps {
  read(text: string): ReadTemplate;
  isTemplate(text: string): boolean;
}

export function createTexts({ read, isTemplate }: Deps): Texts {
  const known = new Map<string, ReadTemplate>();
  const once = (text: string): ReadTemplate => {
    const found = known.get(text) ?? read(text);
    known.set(text, found);
    return found;
  };

  function render(text: string, variables: Variables): unknown {
    const template = once(text);
    const [problem] = template.problems;
    if (problem) return { error: `the template cannot be read: ${problem.message}` };
    try {
      return template.render(variables);
    } catch (error) {
      return { error: `the template fails: ${toAppError(error).message}` };
    }
  }

  function deep(value: unknown, variables: Variables): unknown {
    if (typeof value === "string") {
      if (!isTemplate(value)) return value;
      const rendered = render(value, variables);
      if (isFailure(rendered)) throw new TypeError(rendered.error);
      return rendered;
    }
    if (Array.isArray(value)) return value.map((one) => deep(one, variables));
    if (typeof value !== "object" || value === null) return value;
    if (isWrapped(value)) return deep(value.template, variables);
    return Object.fromEntries(
      Object.entries(value).map(([name, one]) => [name, deep(one, variables)]),
    );
  }

  return {
    read: once,
    render,
    deep,
    period(period, variables) {
      if ("ms" in period) return period.ms;
      if ("template" in period) {
        const rendered = render(period.template, variables);
        return isFailure(rendered) ? rendered : toPeriodMs(rendered as Json);
      }
      let sum = 0;
      for (const [unit, part] of Object.entries(period.parts)) {
        const value = typeof part === "number" ? part : render(part.template, variables);
        if (isFailure(value)) return value;
        const number = Number(value);
        if (!Number.isFinite(number)) return { error: `"${String(value)}" is no length of time` };
        sum += number * UNIT_MS[unit as PeriodUnit];
      }
      return sum;
    },
  };
}

const isWrapped = (value: object): value is Template =>
  "template" in value && typeof value.template === "string" && Object.keys(value).length === 1;

const UNIT_MS: Readonly<Record<PeriodUnit, number>> = {
  days: DAY_MS,
  hours: HOUR_MS,
  minutes: MINUTE_MS,
  seconds: SECOND_MS,
  milliseconds: 1,
};

const CLOCK = /^([+-]?)(\d+):(\d{1,2})(?::(\d{1,2}(?:\.\d+)?))?$/;

/** Seconds, `HH:MM`, `HH:MM:SS` or a mapping of units, as Home Assistant reads them. Milliseconds. */
export function toPeriodMs(value: unknown): number | Failure {
  if (typeof value === "number" && Number.isFinite(value)) return value * SECOND_MS;
  if (typeof value === "string") {
    const [, sign, hours = "0", minutes = "0", seconds = "0"] = CLOCK.exec(value.trim()) ?? [];
    if (sign !== undefined) {
      const ms =
        Number(hours) * HOUR_MS + Number(minutes) * MINUTE_MS + Number(seconds) * SECOND_MS;
      return sign === "-" ? -ms : ms;
    }
    const number = Number(value);
    if (value.trim() !== "" && Number.isFinite(number)) return number * SECOND_MS;
  }
  if (typeof value === "object" && value !== null && !Array.isArray(value)) {
    const parts = Object.entries(value).map(
      ([unit, part]) => Number(part) * (UNIT_MS[unit as PeriodUnit] ?? Number.NaN),
    );
    const sum = parts.reduce((total, part) => total + part, 0);
    if (Number.isFinite(sum)) return sum;
  }
  return { error: `"${JSON.stringify(value)}" is no length of time` };
}

const TRUE_TEXTS = new Set(["true", "yes", "on", "enable", "1"]);

/** Whether a template's answer counts as true for a trigger (Home Assistant's `result_as_boolean`). */
export function isTruthy(value: unknown): boolean {
  if (typeof value === "boolean") return value;
  if (typeof value === "number") return value !== 0;
  if (typeof value !== "string") return false;
  const text = value.trim().toLowerCase();
  if (TRUE_TEXTS.has(text)) return true;
  const number = Number(text);
  return text !== "" && Number.isFinite(number) && number !== 0;
}

/** Whether it counts as true for a condition: only the word itself does. */
export const saysTrue = (value: unknown): boolean =>
  value === true || (typeof value === "string" && value.trim().toLowerCase() === "true");

/** A state as templates see it. */
export function toVariable(state: WorldState | undefined): Variables | null {
  if (!state) return null;
  const [domain = "", objectId = ""] = state.entityId.split(".");
  return {
    entity_id: state.entityId,
    domain,
    object_id: objectId,
    name: state.attributes.friendly_name ?? objectId.replaceAll("_", " "),
    state: state.state,
    attributes: state.attributes,
    last_changed: new Date(state.lastChangedAt).toISOString(),
    last_updated: new Date(state.lastUpdatedAt).toISOString(),
  };
}
