import { toNumber } from "#ingest/normalize/number.ts";
import type { Stage } from "../stage/stage.ts";
import type { Seen } from "./seen.ts";
import { isSameUnit, toBase, type Units } from "./units.ts";

/** How numbers of a rule are to be read. */
export interface Measure {
  /** Another unit of a state is no value. */
  readonly unit?: string;
  /** Values of several units, brought to one. */
  readonly units?: Units;
  /** What a raw value is multiplied with: brightness is 0 to 255, its threshold in percent. */
  readonly scale?: number;
  /** An entity without the attribute does not count among "all". */
  readonly onlyWithValue?: true;
}

/** The number that a rule looks at; absent when it is none, or of a unit that does not fit. */
export function numberIn(seen: Seen, measure: Measure, stage: Stage): number | undefined {
  const value = asNumber(seen.value);
  if (value === undefined) return undefined;
  if (measure.units) return toBase(value, unitOf(seen, stage), measure.units);
  const { unit } = measure;
  const isOfState = seen.kind.attribute === undefined;
  if (unit !== undefined && isOfState && !isSameUnit(unitOf(seen, stage), unit)) return undefined;
  return value * (measure.scale ?? 1);
}

export const asNumber = (value: unknown): number | undefined =>
  typeof value === "number" ? value : toNumber(String(value ?? "").trim());

/** Heating says its temperatures in the unit of the house. */
function unitOf({ state, kind }: Seen, stage: Stage): string | undefined {
  if (kind.domain === "weather") return asText(state.attributes.temperature_unit);
  if (kind.attribute !== undefined) return stage.temperatureUnit;
  return asText(state.attributes.unit_of_measurement);
}

const asText = (value: unknown) => (typeof value === "string" ? value : undefined);
