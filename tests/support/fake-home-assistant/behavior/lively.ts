import type { Resident, Room } from "../household/house.ts";
import type { Presence } from "./presence.ts";
import type { RoutineParts, Routines } from "./routines.ts";

const EVERY_MS = [14_000, 40_000] as const; // someone watching sees a human action this often

/** Small things people do all the time; keeps a live feed worth watching. */
export function startLively(parts: RoutineParts, routines: Routines): void {
  const { core, house, hands, presence } = parts;
  const { clock, random, entities } = core;

  function act() {
    clock.after(random.between(...EVERY_MS), act);
    const awake = house.residents.filter((who) => presence.isHome(who) && !presence.isAsleep(who));
    if (awake.length === 0) return actFromAfar();
    const who = random.pick(awake);
    const room = presence.roomOf(who) ?? random.pick(house.rooms);
    random.pick([fiddleWithLight, fiddleWithLight, move, move, heat, play, air, press, shade])(
      who,
      room,
    );
  }

  function actFromAfar() {
    const who = random.pick(house.residents);
    if (!presence.isHome(who)) {
      const room = random.pick(house.rooms.filter(({ lights }) => lights.length > 0));
      return dashboardLight(who, room);
    }
    // everybody sleeps: somebody gets up for a moment, or turns the heating down in bed
    const room = presence.roomOf(who);
    if (room !== undefined && random.chance(0.25)) return heat(who, room);
    const near = house.rooms.filter(({ id }) => /bath|toilet|hallway|kitchen|landing/u.test(id));
    if (near.length > 0) visit(presence, who, random.pick(near));
  }

  function visit(where: Presence, who: Resident, room: Room) {
    const bed = where.roomOf(who);
    where.fallAsleep(who, false);
    routines.enter(who, room);
    clock.after(random.between(60, 170) * 1000, () => {
      if (bed !== undefined) routines.enter(who, bed);
      where.fallAsleep(who, true);
    });
  }

  function dashboardLight(who: Resident, room: Room) {
    const entityId = room.lights.length === 0 ? undefined : random.pick(room.lights);
    if (entityId === undefined) return;
    const service = entities.get(entityId)?.state === "on" ? "turn_off" : "turn_on";
    hands.dashboard(who.userId, { domain: "light", service, data: { entity_id: entityId } });
  }

  function fiddleWithLight(who: Resident, room: Room) {
    if (room.lights.length === 0) return move(who);
    const entityId = random.pick(room.lights);
    hands.turn(who, room, { entityId, on: entities.get(entityId)?.state !== "on" });
  }

  function move(who: Resident) {
    routines.wander(who);
  }

  function heat(who: Resident, room: Room) {
    const { thermostat } = room;
    if (thermostat === undefined) return move(who);
    const target = Number(entities.get(thermostat)?.moving.temperature ?? 20);
    const temperature = Math.min(23, Math.max(17, target + random.pick([-0.5, 0.5, 1])));
    const data = { entity_id: thermostat, temperature };
    hands.dashboard(who.userId, { domain: "climate", service: "set_temperature", data });
  }

  function play(who: Resident, room: Room) {
    const [player] = room.media;
    if (player === undefined) return fiddleWithLight(who, room);
    const service = entities.get(player)?.state === "playing" ? "media_pause" : "media_play";
    const data = { entity_id: player };
    hands.dashboard(who.userId, { domain: "media_player", service, data });
  }

  function air(who: Resident, room: Room) {
    const [window] = room.windows;
    if (window === undefined || entities.get(window)?.state === "on") {
      return fiddleWithLight(who, room);
    }
    routines.air(room, random.between(1, 6));
  }

  function shade(who: Resident, room: Room) {
    const [cover] = room.covers;
    if (cover === undefined) return fiddleWithLight(who, room);
    const data = { entity_id: cover, position: random.pick([0, 40, 70, 100]) };
    hands.dashboard(who.userId, { domain: "cover", service: "set_cover_position", data });
  }

  function press(who: Resident, room: Room) {
    if (room.remote === undefined) return fiddleWithLight(who, room);
    hands.remote(room);
  }

  clock.after(4000, act);
}
