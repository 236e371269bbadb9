import { expect, test } from "vitest";
import {
  createMeterEntities,
  findRoles,
  readMeterEntities,
} from "#src/enrichment/meter-entities/meter-entities.ts";
import { AppError } from "#src/foundation/errors.ts";
import type { EntityState } from "#src/home/states/states.ts";

const NOW = Date.UTC(2026, 6, 14, 12);

type Row = readonly [entityId: string, state: string, unit: string, deviceClass?: string];

function home(rows: readonly Row[]): ReadonlyMap<string, EntityState> {
  return new Map(
    rows.map(([entityId, state, unit, device_class = "power"], index) => [
      entityId,
      {
        entityId,
        state,
        attributes: { unit_of_measurement: unit, device_class },
        lastChangedAt: NOW,
        lastUpdatedAt: NOW + index,
        context: { id: "1" },
      },
    ]),
  );
}

const provider = (
  states: ReadonlyMap<string, EntityState>,
  prefs: () => unknown,
  platforms: Readonly<Record<string, string>> = {},
  chosenPower?: string,
) =>
  createMeterEntities({
    ...(chosenPower === undefined ? {} : { chosenPower }),
    states: () => states,
    platformOf: (entityId) => platforms[entityId],
    request: async () => prefs(),
  });
const none = () => {
  throw new AppError("not_found", "home.not_found", "No prefs");
};
const ask = (one: ReturnType<typeof provider>) => one.fetch(AbortSignal.timeout(1_000));

test("the energy dashboard says which entities are the grid, the panels, the battery and gas", async () => {
  const states = home([
    ["sensor.in", "1200.5", "kWh", "energy"],
    ["sensor.out", "0.2", "MWh", "energy"],
    ["sensor.grid", "-1.5", "kW"],
    ["sensor.roof", "3200", "W"],
    ["sensor.store", "400", "W"],
    ["sensor.gas", "100", "ft³", "gas"],
  ]);
  const prefs = {
    energy_sources: [
      {
        type: "grid",
        stat_energy_from: "sensor.in",
        stat_energy_to: "sensor.out",
        stat_rate: "sensor.grid",
      },
      { type: "solar", stat_energy_from: "x:y", stat_rate: "sensor.roof" },
      { type: "battery", power_config: { stat_rate_inverted: "sensor.store" } },
      { type: "gas", stat_energy_from: "sensor.gas" },
    ],
  };
  expect(await ask(provider(states, () => prefs))).toEqual({
    at: NOW + 2,
    powerW: -1500,
    importKwh: 1200.5,
    exportKwh: 200,
    solarPowerW: 3200,
    batteryPowerW: -400,
    gasM3: 2.831685,
    gasAt: NOW + 5,
    shownBy: { powerW: "sensor.grid", solarPowerW: "sensor.roof" }, // the battery's says the opposite
  });
});

test("the older form of the dashboard is understood, with a power that goes two ways", async () => {
  const states = home([
    ["sensor.low", "10", "kWh", "energy"],
    ["sensor.high", "20", "kWh", "energy"],
    ["sensor.from", "100", "W"],
    ["sensor.to", "350", "W"],
  ]);
  const prefs = {
    energy_sources: [
      {
        type: "grid",
        flow_from: [{ stat_energy_from: "sensor.low" }, { stat_energy_from: "sensor.high" }],
        flow_to: [],
        power: [{ stat_rate_from: "sensor.from", stat_rate_to: "sensor.to" }],
      },
    ],
  };
  expect(await ask(provider(states, () => prefs))).toMatchObject({ powerW: -250, importKwh: 30 });
});

test("without a dashboard the meter's own integration is used, and not its phases", async () => {
  const rows: Row[] = [
    ["sensor.electricity_meter_power_consumption", "0.25", "kW"],
    ["sensor.electricity_meter_power_production", "1.25", "kW"],
    ["sensor.electricity_meter_power_consumption_phase_l1", "0.25", "kW"],
    ["sensor.electricity_meter_energy_consumption_tarif_1", "3", "kWh", "energy"],
    ["sensor.electricity_meter_energy_consumption_tarif_2", "4", "kWh", "energy"],
    ["sensor.plug_power", "9", "W"],
  ];
  const platforms = Object.fromEntries(
    rows.map(([entityId]) => [entityId, entityId.includes("meter") ? "dsmr" : "tplink"]),
  );
  expect(await ask(provider(home(rows), none, platforms))).toMatchObject({
    powerW: -1000,
    importKwh: 7,
  });
});

test("the sensor that the household names is the house's power, whatever else there is", async () => {
  const states = home([
    ["sensor.electricity_meter_power_consumption", "0.25", "kW"],
    ["sensor.clamp", "812", "W"],
  ]);
  const platforms = { "sensor.electricity_meter_power_consumption": "dsmr" };
  const chosen = provider(states, none, platforms, "sensor.clamp");
  expect(await ask(chosen)).toMatchObject({ powerW: 812, shownBy: { powerW: "sensor.clamp" } });
});

test("plugs of the same maker are not the meter", async () => {
  const rows: Row[] = [
    ["sensor.fridge_plug_power", "90", "W"],
    ["sensor.p1_meter_power", "400", "W"],
    ["sensor.p1_meter_power_phase_1", "400", "W"],
    ["sensor.fridge_plug_energy_import", "9", "kWh", "energy"],
    ["sensor.p1_meter_energy_import", "1000", "kWh", "energy"],
    ["sensor.p1_meter_energy_import_tariff_1", "600", "kWh", "energy"],
  ];
  const platforms = Object.fromEntries(rows.map(([entityId]) => [entityId, "homewizard"]));
  expect(await ask(provider(home(rows), none, platforms))).toMatchObject({
    powerW: 400,
    importKwh: 1000,
  });
});

test("DSMR-reader counts each tariff by itself", async () => {
  const rows: Row[] = [
    ["sensor.dsmr_reading_electricity_currently_delivered", "0.4", "kW"],
    ["sensor.dsmr_reading_electricity_delivered_1", "10", "kWh", "energy"],
    ["sensor.dsmr_reading_electricity_delivered_2", "20", "kWh", "energy"],
  ];
  const platforms = Object.fromEntries(rows.map(([entityId]) => [entityId, "dsmr_reader"]));
  expect(await ask(provider(home(rows), none, platforms))).toMatchObject({
    powerW: 400,
    importKwh: 30,
  });
});

test("a name decides only when one entity has it", () => {
  const roles = (rows: readonly Row[]) =>
    findRoles({ states: home(rows), platformOf: () => undefined }).gridPower;
  expect(roles([["sensor.grid_power", "1", "W"]])).toEqual([
    { entityId: "sensor.grid_power", sign: 1 },
  ]);
  expect(
    roles([
      ["sensor.grid_power", "1", "W"],
      ["sensor.mains_power", "1", "W"],
    ]),
  ).toEqual([]);
  expect(roles([["sensor.washing_machine_power", "1", "W"]])).toEqual([]);
});

test("no meter is the user's to mend; one that says nothing is waited for", async () => {
  await expect(ask(provider(home([]), none))).rejects.toMatchObject({
    kind: "unconfigured",
    code: "meter_entities.none",
  });
  const silent = home([["sensor.grid_power", "unavailable", "W"]]);
  await expect(ask(provider(silent, none))).rejects.toMatchObject({ kind: "unavailable" });
  await expect(ask(provider(silent, () => ({ energy_sources: 7 })))).rejects.toMatchObject({
    kind: "internal",
  });
});

test("of a sum with an unknown part, and of an unknown unit, nothing is known", () => {
  const parts = (...ids: string[]) => ids.map((entityId) => ({ entityId, sign: 1 as const }));
  const roles = {
    gridPower: parts("sensor.a", "sensor.b"),
    gridImport: parts("sensor.c"),
    gridExport: parts("sensor.d"),
    solarPower: [],
    batteryPower: [],
    gas: [],
  };
  const states = home([
    ["sensor.a", "100", "W"],
    ["sensor.b", "unknown", "W"],
    ["sensor.c", "5", "kWh", "energy"],
    ["sensor.d", "5", "hogsheads", "energy"],
  ]);
  expect(readMeterEntities(roles, states)).toEqual({ at: NOW + 2, importKwh: 5 });
});
