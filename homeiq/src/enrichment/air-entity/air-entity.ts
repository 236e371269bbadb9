import { AppError } from "#foundation/errors.ts";
import { MINUTE_MS } from "#foundation/time.ts";
import type { EntityState } from "#home/states/states.ts";
import { toAirFacts, toMicrogramsPerM3, toPart } from "../air-quality/air-quality.ts";
import type { AirFacts, Pollutant, Provider } from "../provider.ts";

const MOST = 1e6; // a sensor that shows more is broken: no air holds a gram per cubic meter

/** Home Assistant's device classes. */
const CLASSES: Readonly<Record<string, Pollutant>> = {
  pm25: "pm2_5",
  pm10: "pm10",
  ozone: "o3",
  nitrogen_dioxide: "no2",
  sulphur_dioxide: "so2",
  carbon_monoxide: "co",
};
/** Attributes with which a sensor of an index names its pollutant. */
const NAMING = ["dominant_pollutant", "dominentpol", "pollutant_label", "pollutant"];
const LABELS: readonly (readonly [RegExp, Pollutant])[] = [
  [/pm\s*2[._]?5/i, "pm2_5"],
  [/pm\s*10/i, "pm10"],
  [/ozone|^o3$/i, "o3"],
  [/nitrogen|^no2$/i, "no2"],
  [/sul(ph|f)ur|^so2$/i, "so2"],
  [/carbon|^co$/i, "co"],
];

/**
 * Air sensors that Home Assistant has already, such as a station in the garden or another integration's.
 *
 * What they show now counts as the mean of the pollutant's hours. A sensor of an index counts only when it names the
 * pollutant; whose index it is its integration knows.
 */
export function createAirEntity({
  entityIds,
  findState,
  isOwn = () => false,
}: {
  entityIds: readonly string[];
  findState(entityId: string): EntityState | undefined;
  /** Whether HomeIQ itself shows this entity: the air would be fed with itself. */
  isOwn?: (entityId: string) => boolean;
}): Provider<AirFacts> {
  return {
    name: "air-entity",
    topic: "air",
    maxAgeMs: 5 * MINUTE_MS, // it is read from memory

    async fetch() {
      if (entityIds.length === 0) {
        throw new AppError("unconfigured", "air-entity.none", "No air sensor was chosen");
      }
      const own = entityIds.find(isOwn);
      if (own !== undefined) {
        throw new AppError("unconfigured", "air-entity.own", `${own} is HomeIQ's own index`, {
          facts: { entityId: own },
        });
      }
      const states = entityIds.map((entityId) => {
        const state = findState(entityId);
        if (state) return state;
        throw new AppError("unconfigured", "air-entity.missing", `${entityId} does not exist`, {
          facts: { entityId },
        });
      });
      return readAirEntities(states);
    },
  };
}

type Shown = Pick<EntityState, "state" | "attributes" | "lastUpdatedAt">;

/** Throws `unavailable` `air.none` when no sensor shows a value that can be used. */
export function readAirEntities(states: readonly Shown[]): AirFacts {
  const read = states.flatMap((state) => {
    const value = state.state.trim() === "" ? Number.NaN : Number(state.state);
    const part = value >= 0 && value < MOST ? toEntityPart(state, value) : undefined;
    return part ? [{ part, at: state.lastUpdatedAt }] : [];
  });
  return toAirFacts({
    at: Math.max(...read.map(({ at }) => at)),
    parts: read.map(({ part }) => part),
  });
}

function toEntityPart({ attributes }: Shown, value: number): AirFacts["parts"][number] | undefined {
  const deviceClass = String(attributes.device_class);
  if (deviceClass === "aqi") {
    const label = NAMING.map((name) => attributes[name]).find((name) => typeof name === "string");
    const pollutant = LABELS.find(([pattern]) => pattern.test(String(label)))?.[1];
    return pollutant && { pollutant, aqi: Math.round(value) };
  }
  const pollutant = CLASSES[deviceClass];
  const unit = String(attributes.unit_of_measurement);
  if (!pollutant) return undefined;
  const microgramsPerM3 = toMicrograms(pollutant, { value, unit });
  return microgramsPerM3 === undefined ? undefined : toPart({ pollutant, microgramsPerM3 });
}

function toMicrograms(
  pollutant: Pollutant,
  { value, unit }: { readonly value: number; readonly unit: string },
): number | undefined {
  if (/^[μµ]g\/m[³3]$/.test(unit)) return value;
  if (/^mg\/m[³3]$/.test(unit)) return value * 1000;
  if (pollutant === "pm2_5" || pollutant === "pm10") return undefined;
  if (unit === "ppb") return toMicrogramsPerM3(pollutant, value);
  return unit === "ppm" ? toMicrogramsPerM3(pollutant, value * 1000) : undefined;
}
