import { inUnit, kinds, parts, unitOf } from "#analysis/templates/templates.ts";
import { MINUTE_MS } from "#foundation/time.ts";
import { FEATURES } from "#home/capability/capability.ts";
import type { HomeEntity } from "#home/snapshot/snapshot.ts";
import { knowsPresence } from "../drafts/drafts.ts";
import {
  becomes,
  calls,
  type FeatureKind,
  hasBit,
  isBetween,
  listIn,
  type Moment,
  numberIn,
  textIn,
} from "./feature.ts";

const { cover, vacuum } = FEATURES;
const SHADES = new Set(["blind", "shade", "shutter", "curtain"]);
const HALF = { from: 5, until: 95 }; // percent; nearer to an end is that end
const STAYS_MS = 2 * MINUTE_MS; // on its way a cover is in between as well
const SHADE_PERCENT = 30;
const SLATS_PERCENT = 50;
const HOT_C = 25;
const HOT_FOR_MS = 10 * MINUTE_MS;
const DAYLIGHT = { from: 9, until: 18 };
const QUIET = /^(quiet|silent|gentle|low|min|eco|leise)$/i;

const isShade = ({ attributes }: HomeEntity) => SHADES.has(String(attributes.device_class ?? ""));

const staysBetween = (name: string) => (moment: Moment) => {
  const percent = numberIn(moment.attributes, name);
  const isBetweenEnds = percent !== undefined && percent >= HALF.from && percent <= HALF.until;
  return isBetweenEnds && !moment.state.endsWith("ing") && moment.lastedMs >= STAYS_MS;
};

/** What blinds and vacuums can do. Which areas a vacuum was sent to it does not tell. */
export const MACHINE_FEATURES: readonly FeatureKind[] = [
  {
    id: "half_shade",
    domains: ["cover"],
    saves: "comfort",
    shows: "attributes",
    can(entity, { sensorFor }) {
      const { attributes } = entity;
      const isTold = numberIn(attributes, "current_position") !== undefined;
      if (!isShade(entity) || !hasBit(entity, cover.SET_POSITION) || !isTold) return undefined;
      const by = sensorFor(entity, kinds.ROOM_TEMPERATURE);
      return by && { value: SHADE_PERCENT, by };
    },
    isUse: staysBetween("current_position"),
    isOccasion: (moment) =>
      (becomes(moment, "closed") || becomes(moment, "closing")) &&
      isBetween(moment.minute, DAYLIGHT.from, DAYLIGHT.until),
    leastOccasions: 5,
    isAsked: calls("cover.set_cover_position"),
    insteadOf: ["shade_when_hot"],
    draft({ entityId }, { value, by }, { home }) {
      const hot = by && inUnit(HOT_C, "°C", unitOf(by, home.temperatureUnit) ?? "");
      if (!by || hot === undefined) return undefined;
      return {
        triggers: [parts.above(by.entityId, hot, { for: HOT_FOR_MS })],
        conditions: [parts.LIGHT, parts.is(entityId, "open")],
        actions: [parts.call("cover.set_cover_position", entityId, { position: value })],
        mode: "single",
      };
    },
  },
  {
    id: "slats_by_day",
    domains: ["cover"],
    saves: "comfort",
    shows: "attributes",
    can: (entity) =>
      hasBit(entity, cover.SET_TILT_POSITION) &&
      numberIn(entity.attributes, "current_tilt_position") !== undefined
        ? { value: SLATS_PERCENT }
        : undefined,
    isUse: staysBetween("current_tilt_position"),
    isOccasion: (moment) =>
      becomes(moment, "closed") && isBetween(moment.minute, DAYLIGHT.from, DAYLIGHT.until),
    leastOccasions: 5,
    isAsked: calls("cover.set_cover_tilt_position", "cover.open_cover_tilt"),
    draft: ({ entityId }, { value }) => ({
      triggers: [parts.turns(entityId, "closed")],
      conditions: [parts.LIGHT],
      actions: [parts.call("cover.set_cover_tilt_position", entityId, { tilt_position: value })],
      mode: "single",
    }),
  },
  {
    id: "quiet_vacuum",
    domains: ["vacuum"],
    saves: "comfort",
    shows: "attributes",
    can(entity, { home }) {
      const usual = textIn(entity.attributes, "fan_speed");
      const value = listIn(entity.attributes, "fan_speed_list").find((one) => QUIET.test(one));
      if (!hasBit(entity, vacuum.FAN_SPEED) || !knowsPresence(home)) return undefined;
      if (usual === undefined || value === undefined || usual === value) return undefined;
      return { value, usual };
    },
    isUse: ({ attributes }, { value }) => attributes.fan_speed === value,
    isOccasion: (moment) => becomes(moment, "cleaning"),
    leastOccasions: 5,
    isAsked: calls("vacuum.set_fan_speed"),
    draft: ({ entityId }, { value, usual = "" }) => ({
      triggers: [parts.turns(entityId, "cleaning")],
      actions: [
        parts.when(
          [parts.SOMEBODY_HOME],
          [parts.call("vacuum.set_fan_speed", entityId, { fan_speed: value })],
          [parts.call("vacuum.set_fan_speed", entityId, { fan_speed: usual })],
        ),
      ],
      mode: "single",
    }),
  },
];
