import type {
  Bound,
  ClockTime,
  Json,
  JsonMap,
  Period,
  Target,
  Template,
  Weekday,
} from "#lib/api.ts";
import { number, span, weekdays } from "#lib/format.ts";
import { type TextKey, t } from "#lib/i18n/translate.ts";
import { entity } from "./phrase.ts";
import { presenceText } from "./presence.ts";

const SHOWN = 80;
const SHOWN_FIELDS = 4;
const DAY_ORDER: readonly Weekday[] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
const UNIT_MS = {
  days: 86_400_000,
  hours: 3_600_000,
  minutes: 60_000,
  seconds: 1_000,
  milliseconds: 1,
};

/** "one, two and three". */
export const listed = (
  phrases: readonly string[],
  key: "read.and" | "read.list.or" = "read.and",
): string => {
  const last = phrases.at(-1) ?? "";
  if (phrases.length < 2) return last;
  return t(key, { one: phrases.slice(0, -1).join(", "), other: last });
};

export const isTemplate = (value: unknown): value is Template =>
  typeof value === "object" && value !== null && "template" in value;

/** A template's own text, cut when it is long. */
export const shortened = (text: string): string => {
  const one = text.replace(/\s+/g, " ").trim();
  return one.length > SHOWN ? `${one.slice(0, SHOWN)}…` : one;
};

export const entities = (ids: readonly (string | Template)[]): string =>
  listed(
    ids.map((id) =>
      isTemplate(id) ? t("read.template", { text: shortened(id.template) }) : entity(id),
    ),
  );

export function periodText(period: Period): string {
  if ("ms" in period) return span(Math.abs(period.ms));
  if ("template" in period) return t("read.templated");
  const parts = Object.entries(period.parts);
  const numbers = parts.filter(([, value]) => typeof value === "number");
  if (numbers.length < parts.length) return t("read.templated");
  const ms = numbers.reduce(
    (sum, [unit, value]) => sum + Number(value) * UNIT_MS[unit as keyof typeof UNIT_MS],
    0,
  );
  return span(Math.abs(ms));
}

/** Whether a period lies before what it belongs to. */
export const isBefore = (period: Period): boolean => "ms" in period && period.ms < 0;

export const forText = (what: string, period: Period | undefined): string =>
  period ? t("read.for", { what, span: periodText(period) }) : what;

export function withOffset(what: string, period: Period | undefined): string {
  if (!period || ("ms" in period && period.ms === 0)) return what;
  const key = isBefore(period) ? "read.offset.before" : "read.offset.after";
  return t(key, { what, span: periodText(period) });
}

const boundText = (bound: Bound): string =>
  typeof bound === "number" ? number(bound, 2) : entity(bound.entityId);

export function clockText(time: ClockTime): string {
  if ("ms" in time) return clockOf(time.ms);
  if ("template" in time) return t("read.template", { text: shortened(time.template) });
  return withOffset(entity(time.entityId), time.offset);
}

/** Milliseconds after midnight as a clock shows them. */
function clockOf(ms: number): string {
  const seconds = Math.floor(ms / 1_000);
  const pad = (value: number) => String(value).padStart(2, "0");
  const minutes = `${pad(Math.floor(seconds / 3_600))}:${pad(Math.floor(seconds / 60) % 60)}`;
  return seconds % 60 === 0 ? minutes : `${minutes}:${pad(seconds % 60)}`;
}

export function daysText(days: readonly Weekday[]): string {
  const names = weekdays("long");
  return listed(days.map((day) => names[DAY_ORDER.indexOf(day)] ?? day));
}

export const stateText = (states: readonly Json[]): string =>
  listed(
    states.map((state) => (typeof state === "string" ? `“${state}”` : JSON.stringify(state))),
    "read.list.or",
  );

const OTHER_TARGETS = [
  ["areaIds", "read.area"],
  ["floorIds", "read.floor"],
  ["labelIds", "read.label"],
  ["deviceIds", "read.device"],
] as const satisfies readonly (readonly [keyof Target, TextKey])[];

export function targetText(target: Target | undefined): string {
  if (!target) return "";
  if (target.template !== undefined) {
    return t("read.template", { text: shortened(target.template) });
  }
  const others = OTHER_TARGETS.flatMap(([field, key]) =>
    target[field].map((id) => t(key, { name: isTemplate(id) ? shortened(id.template) : id })),
  );
  const own = target.entityIds.length > 0 ? [entities(target.entityIds)] : [];
  return listed([...own, ...others]);
}

/** The first names and values of a mapping. */
export function fieldsText(map: JsonMap): string {
  const fields = Object.entries(map);
  const shown = fields.slice(0, SHOWN_FIELDS).map(([name, value]) => {
    const text = typeof value === "string" ? value : JSON.stringify(value);
    return `${name.replaceAll("_", " ")}: ${shortened(text)}`;
  });
  return [...shown, ...(fields.length > SHOWN_FIELDS ? ["…"] : [])].join(", ");
}

/** An entity, or an attribute of it. */
export function subjectText(entityIds: readonly string[], attribute: string | undefined): string {
  const own = entities(entityIds);
  if (!attribute) return own;
  return t("read.attribute", { name: attribute.replaceAll("_", " "), entity: own });
}

interface Bounded {
  readonly entityIds: readonly string[];
  readonly attribute?: string;
  readonly above?: Bound;
  readonly below?: Bound;
}

/** A number within its bounds: as what must hold, or as what is waited for. */
export function boundsText(of: "read.condition" | "read.trigger", bounded: Bounded): string {
  const presence = presenceText(of, bounded);
  if (presence) return presence;
  const { entityIds, attribute, above, below } = bounded;
  const values = {
    entity: subjectText(entityIds, attribute),
    ...(above === undefined ? {} : { above: boundText(above) }),
    ...(below === undefined ? {} : { below: boundText(below) }),
  };
  if (above !== undefined && below !== undefined) return t(`${of}.between`, values);
  return t(above === undefined ? `${of}.below` : `${of}.above`, values);
}
