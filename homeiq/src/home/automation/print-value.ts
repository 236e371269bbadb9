import type { Bound, ClockTime, Json, JsonMap, Period, Target, Template } from "./value.ts";
import { untagText } from "./value.ts";

type MaybeJson = Json | undefined;

/** A mapping without what is `undefined`, in this order. */
export function mapping(fields: Readonly<Record<string, MaybeJson>>): JsonMap {
  const kept = Object.entries(fields).filter(
    (field): field is [string, Json] => field[1] !== undefined,
  );
  return Object.fromEntries(kept);
}

const isTemplate = (value: unknown): value is Template =>
  typeof value === "object" && value !== null && "template" in value;

/** Text or template as the source writes it: a tag is one again. */
export function printText(value: string | Template): Json;
export function printText(value: string | Template | undefined): MaybeJson;
export function printText(value: string | Template | undefined): MaybeJson {
  if (value === undefined) return undefined;
  return untagText(isTemplate(value) ? value.template : value);
}

/** A number, `true`, `false` or a template. */
export function printOr<T extends number | boolean>(value: T | Template | undefined): MaybeJson {
  return isTemplate(value) ? untagText(value.template) : value;
}

/** One alone, several as a list. */
export function printSome(values: readonly (string | Template)[]): Json {
  const printed = values.map((value) => printText(value));
  return printed.length === 1 ? (printed[0] ?? null) : printed;
}

const two = (value: number) => String(value).padStart(2, "0");

/** `"00:05:00"`, with a sign and a fraction where there are some. */
export function printPeriod(period: Period): Json;
export function printPeriod(period: Period | undefined): MaybeJson;
export function printPeriod(period: Period | undefined): MaybeJson {
  if (period === undefined) return undefined;
  if (isTemplate(period)) return untagText(period.template);
  if ("parts" in period) {
    return mapping(
      Object.fromEntries(Object.entries(period.parts).map(([unit, part]) => [unit, printOr(part)])),
    );
  }
  return `${period.ms < 0 ? "-" : ""}${printClock(Math.abs(period.ms))}`;
}

/** Milliseconds as `"HH:MM:SS"`, with up to six places after the point. */
function printClock(ms: number): string {
  const whole = Math.floor(ms / 1000);
  const micros = Math.round((ms - whole * 1000) * 1000);
  const fraction = micros === 0 ? "" : `.${String(micros).padStart(6, "0").replace(/0+$/, "")}`;
  return `${two(Math.floor(whole / 3600))}:${two(Math.floor(whole / 60) % 60)}:${two(whole % 60)}${fraction}`;
}

export function printTime(time: ClockTime): Json;
export function printTime(time: ClockTime | undefined): MaybeJson;
export function printTime(time: ClockTime | undefined): MaybeJson {
  if (time === undefined) return undefined;
  if ("ms" in time) return printClock(time.ms);
  if (isTemplate(time)) return untagText(time.template);
  if (time.offset === undefined) return untagText(time.entityId);
  return { entity_id: untagText(time.entityId), offset: printPeriod(time.offset) };
}

export const printBound = (bound: Bound | undefined): MaybeJson =>
  typeof bound === "object" ? untagText(bound.entityId) : bound;

export function printTarget(target: Target | undefined): MaybeJson {
  if (target === undefined) return undefined;
  if (target.template !== undefined) return untagText(target.template);
  const some = (ids: readonly (string | Template)[]) =>
    ids.length === 0 ? undefined : printSome(ids);
  return mapping({
    entity_id: some(target.entityIds),
    device_id: some(target.deviceIds),
    area_id: some(target.areaIds),
    floor_id: some(target.floorIds),
    label_id: some(target.labelIds),
    exclude: target.exclude,
  });
}
