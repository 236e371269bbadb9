import type { Clock } from "#foundation/clock.ts";
import type { Registry } from "#home/registry/registry.ts";
import type { EntityState } from "#home/states/states.ts";
import { type Alarm, alarmsOf, batteryOf, type LowBattery } from "./attention.ts";

interface Named {
  readonly entityId: string;
  readonly name: string;
}
interface Placed extends Named {
  readonly areaName?: string;
}

/** What is on, open, at home or wrong right now, from the full state of the house. */
export interface House {
  readonly at: number;
  /** `false` until the first full snapshot: before it, nothing below is known. */
  readonly ready: boolean;
  readonly people: readonly (Named & { readonly state: string; readonly home: boolean })[];
  readonly lights: {
    readonly on: number;
    readonly total: number;
    readonly byArea: readonly {
      readonly areaId?: string;
      readonly name?: string;
      readonly on: readonly Named[];
    }[];
  };
  readonly climate: readonly (Placed & {
    readonly mode: string;
    readonly action?: string;
    readonly current?: number;
    readonly target?: number;
    readonly unit?: string;
  })[];
  readonly openings: readonly (Placed & { readonly kind: OpeningKind; readonly since: number })[];
  readonly motion: readonly Placed[];
  readonly switchesOn: readonly Placed[];
  readonly mediaPlaying: readonly (Named & { readonly title?: string })[];
  readonly running: readonly (Named & {
    readonly kind: "automation" | "script";
    readonly since: number;
  })[];
  readonly unavailable: { readonly count: number; readonly entities: readonly Named[] };
  readonly lowBatteries: readonly LowBattery[];
  readonly alarms: readonly Alarm[];
  readonly weather?: {
    readonly entityId: string;
    readonly condition: string;
    readonly temperature?: number;
    readonly unit?: string;
  };
  readonly sun?: "above_horizon" | "below_horizon";
}

export type OpeningKind = "door" | "window" | "garage" | "lock" | "opening";

const MOST_UNAVAILABLE_NAMED = 20;
const OPENING_KINDS: Readonly<Record<string, OpeningKind>> = {
  door: "door",
  window: "window",
  garage_door: "garage",
  garage: "garage",
  gate: "garage",
  opening: "opening",
};
const PRESENCE_CLASSES = new Set(["motion", "occupancy", "presence"]);
const UNKNOWN = new Set(["unavailable", "unknown"]);

interface Deps {
  readonly states: ReadonlyMap<string, EntityState>;
  readonly registry: Registry;
  readonly clock: Clock;
  readonly ready: boolean;
  readonly nameOf: (entityId: string) => string;
}

/** One pass over all states; cheap enough to be made again whenever something changed. */
export function describeHouse({ states, registry, clock, ready, nameOf }: Deps): House {
  const people: House["people"][number][] = [];
  const lightsOn = new Map<string, Named[]>();
  let lightsTotal = 0;
  const climate: House["climate"][number][] = [];
  const openings: House["openings"][number][] = [];
  const motion: Placed[] = [];
  const switchesOn: Placed[] = [];
  const mediaPlaying: House["mediaPlaying"][number][] = [];
  const running: House["running"][number][] = [];
  const unavailable: Named[] = [];
  const lowBatteries: LowBattery[] = [];
  const alarms: Alarm[] = [];
  let weather: House["weather"];
  let sun: House["sun"];

  const named = (state: EntityState): Named => ({
    entityId: state.entityId,
    name: nameOf(state.entityId),
  });
  const placed = (state: EntityState): Placed => {
    const area = registry.areas.get(registry.areaOf(state.entityId) ?? "");
    return { ...named(state), ...(area ? { areaName: area.name } : {}) };
  };

  const domains: Record<string, (state: EntityState, kind: string) => void> = {
    person: (state) =>
      people.push({ ...named(state), state: state.state, home: state.state === "home" }),
    light: (state) => {
      lightsTotal += 1;
      // A light group repeats its members; the members are what burns.
      if (state.state !== "on" || Array.isArray(state.attributes.entity_id)) return;
      const area = registry.areaOf(state.entityId) ?? "";
      lightsOn.set(area, [...(lightsOn.get(area) ?? []), named(state)]);
    },
    climate: (state) => climate.push({ ...placed(state), ...climateOf(state, registry) }),
    binary_sensor: (state, kind) => {
      if (state.state !== "on") return;
      const opening = OPENING_KINDS[kind];
      if (opening) openings.push({ ...placed(state), kind: opening, since: state.lastChangedAt });
      if (PRESENCE_CLASSES.has(kind)) motion.push(placed(state));
    },
    cover: (state, kind) => {
      const opening = OPENING_KINDS[kind];
      if (!opening || !["open", "opening"].includes(state.state)) return;
      openings.push({ ...placed(state), kind: opening, since: state.lastChangedAt });
    },
    lock: (state) => {
      if (!["unlocked", "open", "jammed"].includes(state.state)) return;
      openings.push({ ...placed(state), kind: "lock", since: state.lastChangedAt });
    },
    switch: (state) => {
      if (state.state === "on") switchesOn.push(placed(state));
    },
    media_player: (state) => {
      if (state.state !== "playing") return;
      const title = state.attributes.media_title;
      mediaPlaying.push({ ...named(state), ...(typeof title === "string" ? { title } : {}) });
    },
    automation: (state) => {
      if (Number(state.attributes.current ?? 0) < 1) return;
      running.push({ ...named(state), kind: "automation", since: state.lastUpdatedAt });
    },
    script: (state) => {
      if (state.state !== "on") return;
      running.push({ ...named(state), kind: "script", since: state.lastUpdatedAt });
    },
    weather: (state) => {
      weather ??= { entityId: state.entityId, condition: state.state, ...temperatureOf(state) };
    },
    sun: (state) => {
      if (state.state === "above_horizon" || state.state === "below_horizon") sun = state.state;
    },
  };

  for (const state of states.values()) {
    const entry = registry.entities.get(state.entityId);
    if (entry?.hidden_by || entry?.disabled_by) continue;
    if (state.state === "unavailable") unavailable.push(named(state));
    if (UNKNOWN.has(state.state)) continue;
    const domain = state.entityId.slice(0, state.entityId.indexOf("."));
    const kind = String(state.attributes.device_class ?? "");
    if (Object.hasOwn(domains, domain)) domains[domain]?.(state, kind);
    const battery = batteryOf(state);
    if (battery !== undefined) lowBatteries.push({ ...named(state), ...battery });
    alarms.push(...alarmsOf(state).map((what) => ({ ...named(state), what })));
  }

  const byArea = [...lightsOn].map(([areaId, on]) => ({
    ...(areaId ? { areaId, name: registry.areas.get(areaId)?.name ?? areaId } : {}),
    on,
  }));
  return {
    at: clock.now(),
    ready,
    people,
    lights: {
      on: byArea.reduce((total, { on }) => total + on.length, 0),
      total: lightsTotal,
      byArea: byArea.sort((one, other) => other.on.length - one.on.length),
    },
    climate,
    openings,
    motion,
    switchesOn,
    mediaPlaying,
    running,
    unavailable: {
      count: unavailable.length,
      entities: unavailable.slice(0, MOST_UNAVAILABLE_NAMED),
    },
    lowBatteries,
    alarms,
    ...(weather ? { weather } : {}),
    ...(sun ? { sun } : {}),
  };
}

function climateOf({ state, attributes }: EntityState, registry: Registry) {
  const unit = registry.config()?.unit_system.temperature;
  const action = attributes.hvac_action;
  const current = attributes.current_temperature;
  const target = attributes.temperature;
  return {
    mode: state,
    ...(typeof action === "string" ? { action } : {}),
    ...(typeof current === "number" ? { current } : {}),
    ...(typeof target === "number" ? { target } : {}),
    ...(unit ? { unit } : {}),
  };
}

function temperatureOf({ attributes }: EntityState) {
  const temperature = attributes.temperature;
  const unit = attributes.temperature_unit;
  return {
    ...(typeof temperature === "number" ? { temperature } : {}),
    ...(typeof unit === "string" ? { unit } : {}),
  };
}
