import type { House } from "../household/house.ts";
import type { Core } from "../model/core.ts";

const HOUR_MS = 3_600_000;
const FAILURE_EVERY_MS = 5 * HOUR_MS;
const RELOAD_EVERY_MS = 22 * HOUR_MS;
const FRAIL = new Set(["hue", "zha", "shelly", "esphome", "tado", "sonos"]);

/** Takes all entities of one config entry down and up again, as a reload does. */
export function reloadIntegration(core: Core, entryId: string): void {
  const { registry, entities, clock, random } = core;
  const entry = registry.configEntries.get(entryId);
  if (entry === undefined) return;
  const ids = [...registry.entities.values()]
    .filter(({ config_entry_id }) => config_entry_id === entryId)
    .map(({ entity_id }) => entity_id)
    .filter((entityId) => entities.get(entityId)?.available === true);
  entities.setAvailable(ids, { available: false, restored: true });
  registry.moveEntry(entry, "setup_in_progress");
  clock.after(random.between(300, 2200), () => {
    registry.moveEntry(entry, "loaded");
    entities.setAvailable(ids, { available: true });
  });
}

/** Devices fall silent for a while; integrations reload; machines run their programs; the bell rings. */
export function startMishaps(core: Core, house: House): void {
  const { clock, random, registry, entities } = core;

  function failDevice() {
    const devices = [...registry.devices.values()].filter(({ identifiers }) =>
      FRAIL.has(identifiers[0]?.[0] ?? ""),
    );
    const device = devices.length === 0 ? undefined : random.pick(devices);
    const ids = [...registry.entities.values()]
      .filter(({ device_id }) => device_id === device?.id)
      .map(({ entity_id }) => entity_id);
    entities.setAvailable(ids, { available: false });
    clock.after(random.between(2, 25) * 60_000, () => {
      entities.setAvailable(ids, { available: true });
    });
    clock.after(FAILURE_EVERY_MS * random.between(0.4, 1.6), failDevice);
  }

  function reload() {
    const entries = [...registry.configEntries.values()].filter(({ domain }) => FRAIL.has(domain));
    if (entries.length > 0) reloadIntegration(core, random.pick(entries).entry_id);
    clock.after(RELOAD_EVERY_MS * random.between(0.5, 1.5), reload);
  }

  function runProgram(appliance: House["appliances"][number]) {
    const endsAt = clock.now() + appliance.minutes * 60_000;
    entities.write(appliance.stateId, { state: "run" });
    if (appliance.remainingId !== undefined) {
      const state = new Date(endsAt).toISOString().replace("Z", "+00:00");
      entities.write(appliance.remainingId, { state });
    }
    clock.at(endsAt, () => {
      entities.write(appliance.stateId, { state: "finished" });
      clock.after(random.between(5, 90) * 60_000, () => {
        entities.write(appliance.stateId, { state: "ready" });
        if (appliance.remainingId !== undefined) {
          entities.write(appliance.remainingId, { state: "unknown" });
        }
      });
    });
  }

  function planProgram(appliance: House["appliances"][number]) {
    const everyMs = (7 * 24 * HOUR_MS) / appliance.runsPerWeek;
    clock.after(everyMs * random.between(0.5, 1.5), () => {
      const { minuteOfDay } = core.calendar.at(clock.now());
      if (minuteOfDay > 420 && minuteOfDay < 1290) runProgram(appliance);
      planProgram(appliance);
    });
  }

  function ringDoorbell() {
    clock.after(random.between(2, 7) * HOUR_MS, ringDoorbell);
    const { minuteOfDay } = core.calendar.at(clock.now());
    const { doorbell } = house;
    if (doorbell === undefined || minuteOfDay < 510 || minuteOfDay > 1230) return;
    entities.write(doorbell.person, { state: "on" });
    clock.after(6000, () => {
      const state = new Date(clock.now()).toISOString().replace("Z", "+00:00");
      entities.write(doorbell.ring, { state, attributes: { event_type: "ring" } });
    });
    clock.after(random.between(25, 80) * 1000, () =>
      entities.write(doorbell.person, { state: "off" }),
    );
  }

  function compileStatistics() {
    core.bus.fire("recorder_5min_statistics_generated", {});
    if (clock.now() % HOUR_MS < 300_000) core.bus.fire("recorder_hourly_statistics_generated", {});
    clock.at((Math.floor(clock.now() / 300_000) + 1) * 300_000 + 10_000, compileStatistics);
  }

  function movePhones() {
    for (const { phoneBatteryId } of house.residents) {
      const { minuteOfDay } = core.calendar.at(clock.now());
      const level = Number(entities.get(phoneBatteryId)?.state);
      const charges = minuteOfDay < 400 || minuteOfDay > 1380 || level < 15;
      const next = Math.min(100, Math.max(3, level + (charges ? 5 : -random.next() * 2.4)));
      entities.write(phoneBatteryId, { state: String(Math.round(next)) });
    }
    clock.after(12 * 60_000, movePhones);
  }

  clock.after(FAILURE_EVERY_MS * random.next(), failDevice);
  clock.after(RELOAD_EVERY_MS * random.next(), reload);
  for (const appliance of house.appliances) planProgram(appliance);
  clock.after(HOUR_MS * random.between(1, 4), ringDoorbell);
  clock.after(300_000, compileStatistics);
  movePhones();
}
