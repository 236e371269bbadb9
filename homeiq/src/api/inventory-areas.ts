import { present } from "#foundation/absent.ts";
import { domainOf } from "#ingest/normalize/normalize.ts";
import type { InventoryDeps } from "./inventory-source.ts";

const OPENING_CLASSES = new Set(["door", "window", "garage_door", "opening"]);
const PRESENCE_CLASSES = new Set(["motion", "occupancy", "presence"]);

/** Floors from the lowest to the highest, and areas with what is going on in them. */
export function describeAreas({ registry, states }: InventoryDeps) {
  const deviceAreas = Map.groupBy(registry.devices.values(), ({ area_id }) => area_id ?? "");

  const areas = [...registry.areas.values()].map((area) => {
    const ids = registry.entitiesOfArea(area.area_id);
    const shown = ids.filter((id) => !registry.entities.get(id)?.hidden_by);
    const here = shown.flatMap((id) => states.get(id) ?? []);
    const isOn = (classes: ReadonlySet<string>) =>
      here.filter(
        ({ entityId, state, attributes }) =>
          domainOf(entityId) === "binary_sensor" &&
          state === "on" &&
          classes.has(String(attributes.device_class)),
      );
    const hasPresence = here.some(({ attributes }) =>
      PRESENCE_CLASSES.has(String(attributes.device_class)),
    );
    const thermometer = here.find(
      ({ entityId, state, attributes }) =>
        domainOf(entityId) === "sensor" &&
        attributes.device_class === "temperature" &&
        state.trim() !== "" &&
        Number.isFinite(Number(state)),
    );
    const unit = thermometer?.attributes.unit_of_measurement;
    return {
      areaId: area.area_id,
      name: area.name,
      entityCount: ids.length,
      deviceCount: deviceAreas.get(area.area_id)?.length ?? 0,
      lightsOn: here.filter(
        ({ entityId, state }) => domainOf(entityId) === "light" && state === "on",
      ).length,
      openings: isOn(OPENING_CLASSES).length,
      ...present("floorId", area.floor_id ?? undefined),
      ...present("icon", area.icon ?? undefined),
      ...present("temperature", thermometer && Number(thermometer.state)),
      ...present("temperatureUnit", typeof unit === "string" ? unit : undefined),
      ...present("occupied", hasPresence ? isOn(PRESENCE_CLASSES).length > 0 : undefined),
    };
  });

  const floors = [...registry.floors.values()]
    .sort((one, other) => (one.level ?? 0) - (other.level ?? 0))
    .map(({ floor_id, name, level }) => ({
      floorId: floor_id,
      name,
      ...present("level", level ?? undefined),
    }));
  return { floors, areas: areas.sort((one, other) => one.name.localeCompare(other.name)) };
}
