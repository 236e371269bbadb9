import type { MeterFacts, Provider } from "#enrichment/provider.ts";
import { dropAbsent } from "#foundation/absent.ts";
import { AppError, toAppError } from "#foundation/errors.ts";
import { readShape } from "#foundation/http.ts";
import { SECOND_MS } from "#foundation/time.ts";
import type { Command } from "#home/connection/connection.ts";
import type { EntityState } from "#home/states/states.ts";
import { EnergyPreferences } from "./meter-entities.schema.ts";
import { findRoles, type MeterRoles, type Part } from "./roles.ts";

export { EnergyPreferences } from "./meter-entities.schema.ts";
export { findRoles, type MeterRoles, type Part } from "./roles.ts";

type States = ReadonlyMap<string, EntityState>;

const FACTORS = {
  power: { mW: 0.001, W: 1, kW: 1e3, MW: 1e6, GW: 1e9, "BTU/h": 0.293_071 },
  energy: { Wh: 1e-3, kWh: 1, MWh: 1e3, GWh: 1e6, MJ: 1 / 3.6, GJ: 1e3 / 3.6, kJ: 1 / 3600 },
  gas: { "m³": 1, m3: 1, L: 1e-3, "ft³": 0.028_316_847, CCF: 2.831_684_7, MCF: 28.316_847 },
} as const;
type Quantity = keyof typeof FACTORS;

/** What the entities say now. Of a sum with a part that is unknown nothing is known. */
export function readMeterEntities(roles: MeterRoles, states: States): MeterFacts | undefined {
  const powerW = sum(roles.gridPower, "power", states);
  const importKwh = sum(roles.gridImport, "energy", states);
  if (powerW === undefined && importKwh === undefined) return undefined;
  const spoke = powerW === undefined ? roles.gridImport : roles.gridPower;
  const gasState = states.get(roles.gas[0]?.entityId ?? "");
  const gasM3 = sum(roles.gas, "gas", states);
  const shownBy = dropAbsent({
    powerW: soleOf(roles.gridPower, states),
    solarPowerW: soleOf(roles.solarPower, states),
    batteryPowerW: soleOf(roles.batteryPower, states),
  });
  return dropAbsent({
    at: Math.max(...spoke.map(({ entityId }) => states.get(entityId)?.lastUpdatedAt ?? 0)),
    powerW,
    importKwh,
    exportKwh: sum(roles.gridExport, "energy", states),
    solarPowerW: sum(roles.solarPower, "power", states),
    batteryPowerW: sum(roles.batteryPower, "power", states),
    gasM3,
    gasAt: gasM3 === undefined ? undefined : gasState?.lastUpdatedAt,
    shownBy: Object.keys(shownBy).length > 0 ? shownBy : undefined,
  });
}

/** The entity that shows a power as it is: not one of several, and not the other way round. */
function soleOf(parts: readonly Part[], states: States): string | undefined {
  const [part, ...others] = parts;
  if (part?.sign !== 1 || others.length > 0) return undefined;
  const unit = states.get(part.entityId)?.attributes.unit_of_measurement;
  return unit === "W" || unit === "kW" ? part.entityId : undefined;
}

function sum(parts: readonly Part[], quantity: Quantity, states: States): number | undefined {
  if (parts.length === 0) return undefined;
  let total = 0;
  for (const { entityId, sign } of parts) {
    const value = convert(states.get(entityId), quantity);
    if (value === undefined) return undefined;
    total += sign * value;
  }
  return Math.round(total * 1e6) / 1e6;
}

function convert(state: EntityState | undefined, quantity: Quantity): number | undefined {
  const unit = state?.attributes.unit_of_measurement;
  const factors: Readonly<Record<string, number>> = FACTORS[quantity];
  const factor = typeof unit === "string" ? factors[unit] : undefined;
  if (!state || factor === undefined || state.state.trim() === "") return undefined;
  const value = Number(state.state) * factor;
  return Number.isFinite(value) ? value : undefined;
}

interface Deps {
  readonly states: () => States;
  /** From the registry: the integration that an entity comes from. */
  readonly platformOf: (entityId: string) => string | undefined;
  /** The sensor that holds the power of the whole house, where the household names one. */
  readonly chosenPower?: string;
  /** Asks Home Assistant. */
  readonly request: (command: Command) => Promise<unknown>;
}

/**
 * The meter that Home Assistant knows already: by its energy dashboard, or by the integration of a smart meter.
 *
 * Throws `unconfigured` `meter_entities.none` when there is neither, `unavailable` while they say nothing.
 */
export function createMeterEntities(deps: Deps): Provider<MeterFacts> {
  const { states, platformOf, chosenPower, request } = deps;

  async function askPreferences(): Promise<EnergyPreferences | undefined> {
    try {
      return readShape(await request({ type: "energy/get_prefs" }), EnergyPreferences);
    } catch (error) {
      const { kind, code } = toAppError(error);
      if (kind === "not_found" || code === "home.unknown_command") return undefined; // none set, or no energy at all
      throw error;
    }
  }

  return {
    name: "meter-entities",
    topic: "meter",
    maxAgeMs: 10 * SECOND_MS,

    async fetch() {
      const found = findRoles({ states: states(), platformOf }, await askPreferences());
      const roles = chosenPower
        ? { ...found, gridPower: [{ entityId: chosenPower, sign: 1 } as const] }
        : found;
      if (roles.gridPower.length === 0 && roles.gridImport.length === 0) {
        throw new AppError(
          "unconfigured",
          "meter_entities.none",
          "Home Assistant has no meter: set one in its energy dashboard",
        );
      }
      const facts = readMeterEntities(roles, states());
      if (facts) return facts;
      throw new AppError(
        "unavailable",
        "meter_entities.unknown",
        "The meter's entities are unknown",
      );
    },
  };
}
