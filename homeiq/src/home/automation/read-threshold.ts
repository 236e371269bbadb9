import { kindOf } from "./fields.ts";
import { readEntityId } from "./read-entity.ts";
import { toFloat } from "./read-number.ts";
import type { At, Reading } from "./reading.ts";

type Keys = Readonly<Record<string, unknown>>;

const isKeys = (value: unknown): value is Keys =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const SIDES: Readonly<Record<string, readonly string[]>> = {
  above: ["value"],
  below: ["value"],
  between: ["value_min", "value_max"],
  outside: ["value_min", "value_max"],
  any: [],
};

/**
 * A threshold as `{ type: above, value: { number: 21, unit_of_measurement: "°C" } }`.
 *
 * `any` is for what merely changed; where a value has several units, the number must name its own.
 */
export function checkThreshold(r: Reading, at: At, settings: Keys): void {
  const { value, path } = at;
  if (!isKeys(value)) {
    r.error(path, "not_a_mapping", `A threshold must be a set of keys, not ${kindOf(value)}.`);
    return;
  }
  const { type } = value;
  const sides = typeof type === "string" && Object.hasOwn(SIDES, type) ? SIDES[type] : undefined;
  const typeAt = [...path, "type"];
  if (!sides) {
    const known = Object.keys(SIDES).join(", ");
    r.error(typeAt, "unknown_word", `\`type\` of a threshold is one of ${known}.`);
    return;
  }
  const { mode } = settings;
  if (type === "any" && mode !== undefined && mode !== "changed") {
    r.error(typeAt, "unknown_word", "`any` is only for what merely changed.");
  }
  for (const side of sides) {
    const sideAt = { value: value[side], path: [...path, side] };
    if (!(side in value)) r.error(sideAt.path, "missing_key", `A threshold needs \`${side}\`.`);
    else checkSide(r, sideAt, settings);
  }
  for (const key of Object.keys(value)) {
    if (key === "type" || sides.includes(key)) continue;
    r.error([...path, key], "unknown_key", `\`${key}\` is not a key of this threshold.`);
  }
  checkOrder(r, value, path);
}

const SIDE_KEYS = ["active_choice", "number", "entity", "unit_of_measurement"];

function checkSide(r: Reading, { value, path }: At, settings: Keys): void {
  if (!isKeys(value)) {
    r.error(path, "not_a_mapping", "A side of a threshold is `number: …` or `entity: …`.");
    return;
  }
  for (const key of Object.keys(value)) {
    if (SIDE_KEYS.includes(key)) continue;
    r.error([...path, key], "unknown_key", `\`${key}\` is not a key of a threshold's side.`);
  }
  const { number, entity, active_choice: chosen, unit_of_measurement: unit } = value;
  if ("number" in value && toFloat(number) === undefined) {
    r.error([...path, "number"], "not_a_number", `A number is needed, not ${kindOf(number)}.`);
  }
  if ("entity" in value) readEntityId(r, { value: entity, path: [...path, "entity"] });
  if (unit !== undefined && unit !== null && typeof unit !== "string") {
    r.error([...path, "unit_of_measurement"], "not_text", "A unit is text.");
  }
  const sides = ["number", "entity"].filter((key) => key in value);
  if (sides.length === 0) r.error(path, "missing_key", "Either `number` or `entity` is needed.");
  if (sides.length === 2 && !("active_choice" in value)) {
    r.error(path, "two_keys", "`number` and `entity` cannot both be given.");
  }
  if ("active_choice" in value && !sides.some((side) => side === chosen)) {
    const choiceAt = [...path, "active_choice"];
    r.error(
      choiceAt,
      "unknown_word",
      "`active_choice` names `number` or `entity`, whichever is given.",
    );
  }
  checkUnit(r, { value, path }, settings);
}

function checkUnit(
  r: Reading,
  { value, path }: At & { readonly value: Keys },
  { unit_of_measurement: units }: Keys,
): void {
  const isNumber = "number" in value && value.active_choice !== "entity";
  if (!Array.isArray(units) || units.length === 0 || !isNumber) return;
  const { unit_of_measurement: unit } = value;
  if (unit !== undefined && units.includes(unit)) return;
  const unitAt = [...path, "unit_of_measurement"];
  r.error(unitAt, "unknown_word", `A number needs its unit here, one of ${units.join(", ")}.`);
}

function checkOrder(
  r: Reading,
  { value_min: least, value_max: most }: Keys,
  path: At["path"],
): void {
  if (!isKeys(least) || !isKeys(most)) return;
  const [low, high] = [toFloat(least.number), toFloat(most.number)];
  if (low === undefined || high === undefined || low <= high) return;
  r.error([...path, "value_min"], "empty_range", "`value_min` must not be above `value_max`.");
}
