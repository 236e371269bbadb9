import { canDo, capabilitiesOf } from "#home/capability/capability.ts";
import type { HomeEntity, HomeSnapshot } from "#home/snapshot/snapshot.ts";
import type { Kind, Want } from "../kind.ts";
import { plainText, type Room, roomsOf } from "../rooms.ts";

/** A home, looked through for what could stand in slots. Made once for all templates. */
export interface Look {
  readonly home: HomeSnapshot;
  /** All that are of this kind: the better wants first, then by id. */
  find(kind: Kind): readonly HomeEntity[];
  floorOf(entity: HomeEntity): string | undefined;
}

export function lookThrough(home: HomeSnapshot): Look {
  const usable = [...home.entities.values()].filter(isThere);
  const byDomain = Map.groupBy(usable, ({ domain }) => domain);
  const byDevice = Map.groupBy(usable, ({ deviceId }) => deviceId ?? "");
  const rooms = new Map([...home.areas.values()].map((area) => [area.id, roomsOf(area)]));
  const texts = new Map<string, string>();
  const found = new Map<Kind, readonly HomeEntity[]>();

  function textOf(entity: HomeEntity): string {
    const known = texts.get(entity.entityId);
    if (known !== undefined) return known;
    const device = entity.deviceId === undefined ? undefined : home.devices.get(entity.deviceId);
    const names = [entity.entityId.split(".")[1] ?? "", entity.name, device?.name ?? ""];
    const text = [...names, ...entity.aliases].map(plainText).join(" , ");
    texts.set(entity.entityId, text);
    return text;
  }

  function fits(entity: HomeEntity, want: Want): boolean {
    const { words, not, rooms: inside, notRooms: outside } = want;
    if (entity.category === "config" && entity.domain !== "update") return false;
    if (entity.category !== undefined && !want.diagnostic) return false;
    if (!hasClass(entity, want) || !hasUnit(entity, want)) return false;
    if (inside || outside) {
      const own: readonly Room[] = rooms.get(entity.areaId ?? "") ?? [];
      if (inside && !own.some((room) => inside.includes(room))) return false;
      if (outside && own.some((room) => outside.includes(room))) return false;
    }
    if (words && !words.test(textOf(entity))) return false;
    if (not?.test(textOf(entity))) return false;
    if (!isAble(entity, want)) return false;
    return want.fits?.(entity, siblings(entity)) ?? true;
  }

  const siblings = ({ deviceId }: HomeEntity) =>
    deviceId === undefined ? [] : (byDevice.get(deviceId) ?? []);

  function find(kind: Kind): readonly HomeEntity[] {
    const known = found.get(kind);
    if (known) return known;
    const all = new Set<HomeEntity>();
    for (const want of kind.wants) {
      const some = (byDomain.get(want.domain) ?? []).filter((entity) => fits(entity, want));
      for (const entity of some.toSorted(byId)) all.add(entity);
    }
    const list = [...all];
    found.set(kind, list);
    return list;
  }

  return {
    home,
    find,
    floorOf: ({ areaId }) => home.areas.get(areaId ?? "")?.floorId,
  };
}

const byId = (one: HomeEntity, other: HomeEntity) => (one.entityId < other.entityId ? -1 : 1);

/** Neither switched off, nor left over from an integration that is gone, nor a group of others. */
function isThere({ state, disabledBy, attributes }: HomeEntity): boolean {
  if (state === undefined || disabledBy !== undefined) return false;
  return attributes.restored !== true && !Array.isArray(attributes.entity_id);
}

const hasClass = ({ attributes }: HomeEntity, { classes }: Want) =>
  classes === undefined || classes.includes(String(attributes.device_class ?? ""));

const hasUnit = ({ attributes }: HomeEntity, { units }: Want) =>
  units === undefined || units.test(String(attributes.unit_of_measurement ?? ""));

function isAble(entity: HomeEntity, { can }: Want): boolean {
  if (!can) return true;
  const { actions } = capabilitiesOf(entity);
  return can.every(({ action, fields = [], data }) => {
    const capability = actions.get(action);
    if (!capability) return false;
    if (!fields.every((name) => capability.fields.some((field) => field.name === name)))
      return false;
    if (data === undefined) return true;
    const obstacles = canDo(entity, { action, data });
    return obstacles.every(({ code }) => code === "capability.unavailable");
  });
}
