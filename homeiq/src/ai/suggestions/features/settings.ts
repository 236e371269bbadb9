import type { Benefit } from "#analysis/templates/templates.ts";
import type { HomeEntity } from "#home/snapshot/snapshot.ts";
import { type Around, type FeatureKind, listIn } from "./feature.ts";

interface Setting {
  readonly id: string;
  readonly domain: "switch" | "select";
  readonly saves: Benefit;
  /** How integrations call it. */
  readonly words: RegExp;
  readonly suits: (siblings: readonly HomeEntity[]) => boolean;
}

const has =
  (...domains: readonly string[]) =>
  (siblings: readonly HomeEntity[]) =>
    siblings.some(({ domain, category }) => domains.includes(domain) && !category);
const hasBattery = (siblings: readonly HomeEntity[]) =>
  siblings.some(({ attributes }) => attributes.device_class === "battery");

const SETTINGS: readonly Setting[] = [
  {
    id: "window_detection",
    domain: "switch",
    saves: "energy",
    words: /window[ _]?(open(ing)?[ _]?)?detect|open[ _]?window|fenster(erkennung|_?offen)/i,
    suits: has("climate"),
  },
  {
    id: "power_on",
    domain: "select",
    saves: "comfort",
    words: /power[ _-]?on|start[ _-]?up|poweron|restore|einschaltverhalten/i,
    suits: has("light"),
  },
  {
    id: "child_lock",
    domain: "switch",
    saves: "safety",
    words: /child[ _-]?lock|kindersicherung/i,
    suits: has("climate", "switch", "cover", "fan"),
  },
  {
    id: "saver",
    domain: "switch",
    saves: "energy",
    words: /(battery|power|energy)[ _-]?sav|energiespar|stromspar/i,
    suits: hasBattery,
  },
];

const AFTER_OUTAGE = /^(previous|restore|last|recover|off|keep)/i;

/** A switch that is off, or a choice that lets things come on by themselves. */
function isUnset(entity: HomeEntity): boolean {
  if (entity.domain === "switch") return entity.state === "off";
  const options = listIn(entity.attributes, "options");
  return entity.state === "on" && options.some((one) => AFTER_OUTAGE.test(one));
}

function canBe(entity: HomeEntity, { words, suits }: Setting, { siblings }: Around): boolean {
  if (entity.category !== "config" || !isUnset(entity)) return false;
  return words.test(`${entity.entityId} ${entity.name}`) && suits(siblings(entity));
}

const LOST = new Set(["unavailable", "unknown"]);
/** A switch that was ever on, a choice that was ever another: somebody has looked at it. */
const IS_SET = {
  switch: (state: string) => state === "on",
  select: (state: string) => state !== "on" && !LOST.has(state),
};

/** What is set once, on the device: no automation is of use, a person looks at it. */
export const SETTING_FEATURES: readonly FeatureKind[] = SETTINGS.map((setting) => ({
  ...{ id: setting.id, saves: setting.saves, domains: [setting.domain], shows: "states" },
  can: (entity, around) => (canBe(entity, setting, around) ? { value: "set" } : undefined),
  isUse: ({ state }) => IS_SET[setting.domain](state),
  leastOccasions: 0,
  isAsked: () => true,
}));

const METERS = new Set(["total", "total_increasing"]);

/** A plug that measures what it uses, and that the energy dashboard does not show. */
export const METER_FEATURE: FeatureKind = {
  ...{ id: "energy_meter", saves: "energy", domains: ["sensor"], shows: "states" },
  can(entity, { onDashboard, siblings }) {
    const { attributes, category } = entity;
    const isMeter =
      attributes.device_class === "energy" && METERS.has(String(attributes.state_class));
    const own = siblings(entity);
    if (!isMeter || category !== undefined || !has("switch", "light")(own)) return undefined;
    const isShown = own.some(({ entityId }) => onDashboard?.has(entityId));
    return !onDashboard || isShown ? undefined : { value: "shown" };
  },
  isUse: () => false,
  leastOccasions: 0,
  isAsked: () => false,
};
