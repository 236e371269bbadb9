import type { EntityState } from "#home/states/states.ts";
import type { EnergyPreferences, Power, Source } from "./meter-entities.schema.ts";

/** One entity whose value counts; `sign` -1 when it says the opposite. */
export interface Part {
  readonly entityId: string;
  readonly sign: 1 | -1;
}

/** Which entities say what. A role is the sum of its parts; without parts it is unknown. */
export interface MeterRoles {
  readonly gridPower: readonly Part[];
  readonly gridImport: readonly Part[];
  readonly gridExport: readonly Part[];
  readonly solarPower: readonly Part[];
  readonly batteryPower: readonly Part[];
  readonly gas: readonly Part[];
}

export interface Known {
  readonly states: ReadonlyMap<string, EntityState>;
  /** The integration that an entity comes from: `dsmr`. */
  readonly platformOf: (entityId: string) => string | undefined;
}

/**
 * What the household set in the energy dashboard; where that says nothing, the entities of a smart meter's
 * integration; where there is none, the only entity of its kind with a telling name. Two that could be meant are none.
 */
export function findRoles(known: Known, preferences?: EnergyPreferences): MeterRoles {
  const set = fromPreferences(preferences?.energy_sources ?? []);
  const meter = fromIntegrations(known);
  const named = fromNames(known);
  const first = (role: keyof MeterRoles): readonly Part[] =>
    [set[role], meter[role] ?? [], named[role] ?? []].find((parts) => parts.length > 0) ?? [];
  return {
    gridPower: first("gridPower"),
    gridImport: first("gridImport"),
    gridExport: first("gridExport"),
    solarPower: first("solarPower"),
    batteryPower: first("batteryPower"),
    gas: first("gas"),
  };
}

function fromPreferences(sources: readonly Source[]): MeterRoles {
  const of = (type: string) => sources.filter((source) => source.type === type);
  const grids = of("grid");
  return {
    gridPower: grids.flatMap(powerOf),
    gridImport: grids.flatMap((grid) =>
      [grid, ...(grid.flow_from ?? [])].flatMap(({ stat_energy_from }) => part(stat_energy_from)),
    ),
    gridExport: grids.flatMap((grid) =>
      [grid, ...(grid.flow_to ?? [])].flatMap(({ stat_energy_to }) => part(stat_energy_to)),
    ),
    solarPower: of("solar").flatMap(powerOf),
    batteryPower: of("battery").flatMap(powerOf),
    gas: of("gas").flatMap(({ stat_energy_from }) => part(stat_energy_from)),
  };
}

function powerOf({ power_config, stat_rate, power }: Source): readonly Part[] {
  if (power_config) return configured(power_config);
  return power ? power.flatMap(configured) : part(stat_rate);
}

const configured = ({ stat_rate, stat_rate_inverted, stat_rate_from, stat_rate_to }: Power) => [
  ...part(stat_rate),
  ...part(stat_rate_inverted, -1),
  ...part(stat_rate_from),
  ...part(stat_rate_to, -1),
];

/** Statistics of other origin than an entity have a colon, and no state. */
const part = (id: string | null | undefined, sign: Part["sign"] = 1): Part[] =>
  id && !id.includes(":") ? [{ entityId: id, sign }] : [];

const METER_INTEGRATIONS = [
  "dsmr",
  "dsmr_reader",
  "dsmr_smart_meter",
  "homewizard",
  "p1_monitor",
  "hildebrand_glow_dcc",
  "hildebrandglow",
  "hildebrand_glow_ihd",
  "tibber",
  "slimmelezer",
];
/** Phases and single tariffs are parts of what the total says already; averages and peaks are other things. */
const PART_ONLY = /_l[123]$|phase|tariff|_t[1-4]$|average|peak|max|min_|_cost|voltage|failed/;

interface Pattern {
  readonly role: keyof MeterRoles;
  readonly sign: Part["sign"];
  readonly deviceClass: string;
  readonly name: RegExp;
}

const POWER = "power";
const ENERGY = "energy";
const METER_PATTERNS: readonly Pattern[] = [
  {
    role: "gridPower",
    sign: 1,
    deviceClass: POWER,
    name: /power_consumption$|electricity_currently_delivered$|power_import$|smart_meter_electricity_power$|[._]power$/,
  },
  {
    role: "gridPower",
    sign: -1,
    deviceClass: POWER,
    name: /power_production$|electricity_currently_returned$|power_export$/,
  },
  {
    role: "gridImport",
    sign: 1,
    deviceClass: ENERGY,
    name: /energy_import$|energy_consumption_total$|electricity_import$|energy_consumption_tarif_\d$|consumption_(high|low)$|electricity_delivered_\d$/,
  },
  {
    role: "gridExport",
    sign: 1,
    deviceClass: ENERGY,
    name: /energy_export$|energy_production_total$|electricity_export$|energy_production_tarif_\d$|production_(high|low)$|electricity_returned_\d$/,
  },
  { role: "gas", sign: 1, deviceClass: "gas", name: /./ },
];

function fromIntegrations({ states, platformOf }: Known): Partial<MeterRoles> {
  for (const platform of METER_INTEGRATIONS) {
    const own = [...states.values()].filter(
      ({ entityId }) => platformOf(entityId) === platform && !PART_ONLY.test(entityId),
    );
    const roles = match(own, METER_PATTERNS);
    if (roles.gridPower || roles.gridImport) return roles;
  }
  return {};
}

/** Plugs and batteries of the same maker have the same sensors as its meter. */
const IS_METER = /p1_|meter|grid|mains|dsmr/;
const TARIFF = /(_tarif)?_\d$|_(high|low)$/;

function match(entities: readonly EntityState[], patterns: readonly Pattern[]) {
  const roles: { -readonly [R in keyof MeterRoles]?: readonly Part[] } = {};
  for (const { role, sign, deviceClass, name } of patterns) {
    const found = entities
      .filter(
        ({ entityId, attributes }) =>
          attributes.device_class === deviceClass && name.test(entityId),
      )
      .map(({ entityId }) => entityId);
    const meters = found.filter((entityId) => IS_METER.test(entityId));
    const parts = found.length > 1 && meters.length > 0 ? meters : found;
    const counters = new Set(parts.map((entityId) => entityId.replace(TARIFF, "")));
    if (counters.size !== 1) continue; // none, or several that could be meant
    if (parts.length > 1 && deviceClass !== ENERGY) continue;
    roles[role] = [...(roles[role] ?? []), ...parts.map((entityId) => ({ entityId, sign }))];
  }
  return roles;
}

const NAMED: readonly Pattern[] = [
  {
    role: "gridPower",
    sign: 1,
    deviceClass: POWER,
    name: /^sensor\.(.*_)?(grid|mains|smart_?meter|house_meter|main_meter|netz|stromz(ae|a)hler|netbezug)(_.*)?$/,
  },
  {
    role: "solarPower",
    sign: 1,
    deviceClass: POWER,
    name: /^sensor\.(.*_)?(solar|pv|photovoltai[ck]s?|inverter|wechselrichter)(_.*)?$/,
  },
];
/** In a name they say that it is something else than the whole: `sensor.grid_import_power` has only one direction. */
const OTHER =
  /forecast|voltage|import|export|consumed|feed|_to_|from_|_limit|estimat|string|device/;

function fromNames({ states }: Known): Partial<MeterRoles> {
  const whole = [...states.values()].filter(
    ({ entityId }) => !PART_ONLY.test(entityId) && !OTHER.test(entityId),
  );
  return match(whole, NAMED);
}
