import {
  type FormerEntity,
  type HomeEntity,
  type HomeSnapshot,
  type SnapshotParts,
  toSnapshot,
} from "#src/home/snapshot/snapshot.ts";
import { createRandom } from "./fake-home-assistant/model/random.ts";

/** What a made home is made of; renaming makes another. */
export type MadeParts = SnapshotParts & { readonly entities: readonly MadeEntity[] };
export type MadeEntity = Pick<HomeEntity, "entityId" | "name"> & Partial<HomeEntity>;
export type Chance = () => number;

/** Repeatable: the same seed makes the same home. */
export const chanceOf = (seed: number): Chance => createRandom(seed).next;

export const pick = <T>(list: readonly T[], chance: Chance): T => {
  const item = list[Math.floor(chance() * list.length)];
  if (item === undefined) throw new Error("Nothing to pick from");
  return item;
};

/** As Home Assistant makes ids of names: accents dropped, no "ae". */
export const slug = (text: string) =>
  text
    .toLowerCase()
    .replaceAll("ß", "ss")
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^_|_$/g, "");

type Thing = readonly [domain: string, name: string, deviceClass?: string];
interface Style {
  readonly rooms: readonly string[];
  readonly things: readonly Thing[];
  /** `room_first`: name and id hold the room; `device`: only the area says it; `address`: ids of radio modules. */
  readonly naming: "room_first" | "room_last" | "device" | "address";
}

const ENGLISH: readonly Thing[] = [
  ["light", "Ceiling Light"],
  ["light", "Floor Lamp"],
  ["light", "Reading Light"],
  ["switch", "Fan Plug"],
  ["switch", "Heater Socket"],
  ["binary_sensor", "Motion", "motion"],
  ["binary_sensor", "Window", "window"],
  ["sensor", "Temperature", "temperature"],
  ["sensor", "Humidity", "humidity"],
  ["sensor", "Illuminance", "illuminance"],
  ["cover", "Left Blind", "blind"],
  ["cover", "Right Blind", "blind"],
  ["climate", "Thermostat"],
  ["media_player", "Speaker"],
];
const GERMAN: readonly Thing[] = [
  ["light", "Deckenlampe"],
  ["light", "Stehlampe"],
  ["light", "Lichtstreifen"],
  ["switch", "Steckdose Fernseher"],
  ["switch", "Steckdose Lüfter"],
  ["binary_sensor", "Bewegungsmelder", "motion"],
  ["binary_sensor", "Fenster links", "window"],
  ["binary_sensor", "Fenster rechts", "window"],
  ["sensor", "Temperatur", "temperature"],
  ["sensor", "Luftfeuchtigkeit", "humidity"],
  ["cover", "Rollladen Süd", "shutter"],
  ["cover", "Rollladen Ost", "shutter"],
  ["climate", "Heizung"],
];
const DUTCH: readonly Thing[] = [
  ["light", "Plafondlamp"],
  ["light", "Leeslamp"],
  ["light", "Spots"],
  ["switch", "Stopcontact koffie"],
  ["switch", "Ventilator"],
  ["binary_sensor", "Beweging", "motion"],
  ["binary_sensor", "Raam", "window"],
  ["binary_sensor", "Deur", "door"],
  ["sensor", "Temperatuur", "temperature"],
  ["sensor", "Luchtvochtigheid", "humidity"],
  ["cover", "Gordijn", "curtain"],
  ["climate", "Verwarming"],
];

const STYLES: readonly Style[] = [
  {
    rooms: ["Kitchen", "Living Room", "Hallway", "Main Bedroom", "Guest Bedroom", "Bathroom"],
    things: ENGLISH,
    naming: "room_first",
  },
  {
    rooms: ["Küche", "Wohnzimmer", "Flur oben", "Flur unten", "Schlafzimmer", "Büro", "Gäste-WC"],
    things: GERMAN,
    naming: "room_first",
  },
  {
    rooms: ["Keuken", "Woonkamer", "Hal", "Slaapkamer", "Kantoor", "Zolder"],
    things: DUTCH,
    naming: "device",
  },
  {
    rooms: ["Study", "Garage", "Nursery", "Dining Room", "Attic"],
    things: ENGLISH,
    naming: "address",
  },
  {
    rooms: ["Bad", "Keller", "Diele", "Kinderzimmer", "Terrasse"],
    things: GERMAN,
    naming: "room_last",
  },
  { rooms: ["Porch", "Office", "Utility Room", "Landing"], things: ENGLISH, naming: "device" },
];

/** A home of one of six styles: English, German and Dutch names, numbered twins, bare addresses. */
export function madeHome(index: number): MadeParts {
  const chance = chanceOf(1000 + index);
  const style = STYLES[index % STYLES.length];
  if (!style) throw new Error("No styles");
  const areas = style.rooms.map((name) => ({ id: slug(name), name }));
  const entities: MadeEntity[] = [];
  for (const area of areas) {
    for (const thing of style.things) {
      if (chance() < 0.25) continue;
      const twins = chance() < 0.15 ? 2 : 1;
      for (let number = 1; number <= twins; number++) {
        entities.push(
          toEntity(thing, { area, style, number: twins > 1 ? number : 0, chance, index }),
        );
      }
    }
  }
  return { entities: unique(entities), areas, version: "2026.9.1" };
}

function toEntity(
  [domain, kind, deviceClass]: Thing,
  {
    area,
    style,
    number,
    chance,
    index,
  }: {
    area: { id: string; name: string };
    style: Style;
    number: number;
    chance: Chance;
    index: number;
  },
): MadeEntity {
  const numbered = number > 0 ? `${kind} ${number}` : kind;
  const name =
    style.naming === "room_last"
      ? `${numbered} ${area.name}`
      : withRoom(style, area.name, numbered);
  const address = `0x00158d${Math.floor(chance() * 0xffffffff)
    .toString(16)
    .padStart(8, "0")}`;
  const id = style.naming === "address" ? `${address}_${slug(kind)}` : slug(name);
  return {
    entityId: `${domain}.${id}`,
    name,
    state: domain === "sensor" ? "20" : "off",
    attributes: { friendly_name: name, ...(deviceClass && { device_class: deviceClass }) },
    areaId: area.id,
    platform: "mqtt",
    uniqueId: `${index}-${domain}-${area.id}-${numbered}`,
  };
}

const withRoom = ({ naming }: Style, room: string, kind: string) =>
  naming === "device" ? kind : `${room} ${kind}`;

/** Home Assistant counts up when an id is taken. */
function unique(entities: readonly MadeEntity[]): MadeEntity[] {
  const seen = new Set<string>();
  return entities.map((one) => {
    let id = one.entityId;
    for (let number = 2; seen.has(id); number++) id = `${one.entityId}_${number}`;
    seen.add(id);
    return { ...one, entityId: id };
  });
}

/** The same home, where one entity has another id, and what is remembered of the old one. */
export function renamed(
  parts: MadeParts,
  from: string,
  { to, former }: { to: string; former?: FormerEntity },
): HomeSnapshot {
  return toSnapshot({
    ...parts,
    entities: parts.entities.map((one) => (one.entityId === from ? { ...one, entityId: to } : one)),
    former: (id) => (id === from ? former : undefined),
  });
}
