import type { WorldState } from "../past/past.ts";
import type { World } from "./world.ts";

const EARTH_RADIUS_M = 6_371_000;
const DEFAULT_RADIUS_M = 100;

/**
 * Whether a person or a tracker is in a zone.
 *
 * By what Home Assistant says of it (`in_zones`), by coordinates, or, where neither was recorded, by its state,
 * which is the zone's name.
 */
export function isInZone(state: WorldState, zoneId: string, world: World): boolean {
  if (state.state === "unavailable" || state.state === "unknown") return false;
  const { in_zones: inZones, latitude, longitude, gps_accuracy: accuracy } = state.attributes;
  if (Array.isArray(inZones)) return inZones.includes(zoneId);
  const zone = world.state(zoneId)?.attributes ?? {};
  if (
    isNumber(latitude) &&
    isNumber(longitude) &&
    isNumber(zone.latitude) &&
    isNumber(zone.longitude)
  ) {
    const distance = distanceM([latitude, longitude], [zone.latitude, zone.longitude]);
    const radius = isNumber(zone.radius) ? zone.radius : DEFAULT_RADIUS_M;
    return distance - radius < (isNumber(accuracy) ? accuracy : 0);
  }
  const objectId = zoneId.slice("zone.".length);
  const names = [zone.friendly_name, objectId.replaceAll("_", " ")].map((name) =>
    String(name ?? "").toLowerCase(),
  );
  return names.includes(state.state.toLowerCase());
}

/** What changes with a zone must be said by something that was recorded. */
export const saysWhere = ({ state, attributes }: WorldState): boolean =>
  "in_zones" in attributes ||
  "latitude" in attributes ||
  (state !== "unavailable" && state !== "unknown");

const isNumber = (value: unknown): value is number => typeof value === "number";

function distanceM(one: readonly [number, number], other: readonly [number, number]): number {
  const [lat1, lon1, lat2, lon2] = [...one, ...other].map(
    (degrees) => (degrees * Math.PI) / 180,
  ) as [number, number, number, number];
  const a =
    Math.sin((lat2 - lat1) / 2) ** 2 +
    Math.cos(lat1) * Math.cos(lat2) * Math.sin((lon2 - lon1) / 2) ** 2;
  return 2 * EARTH_RADIUS_M * Math.asin(Math.sqrt(a));
}
