import type { House, Resident, Room } from "../household/house.ts";
import type { Alarm } from "../model/clock.ts";
import type { Core } from "../model/core.ts";
import type { RoomClimates } from "./rooms.ts";

const MOTION_HOLD_MS = 70_000;

/** Where everybody is; moves motion sensors, trackers and persons. */
export interface Presence {
  roomOf(who: Resident): Room | undefined;
  isHome(who: Resident): boolean;
  isAsleep(who: Resident): boolean;
  peopleIn(room: Room): number;
  fallAsleep(who: Resident, asleep: boolean): void;
  goTo(who: Resident, room: Room): void;
  leaveHome(who: Resident): void;
  comeHome(who: Resident, room: Room): void;
  /** Something moved here: a person, a cat. */
  stir(room: Room): void;
}

export function startPresence(core: Core, house: House, climates: RoomClimates): Presence {
  const { clock, random, entities, states } = core;
  const rooms = new Map<Resident, Room>();
  const asleep = new Set<Resident>();
  const away = new Set<Resident>();
  const motionEnds = new Map<Room, Alarm>();
  const lingering = new Set<Room>();

  const peopleIn = (room: Room) => climates.of(room.id).people;
  const countIn = (room: Room | undefined, by: number) => {
    if (room === undefined) return;
    const climate = climates.of(room.id);
    climate.people = Math.max(0, climate.people + by);
  };
  const awakeIn = (room: Room) =>
    [...rooms].some(([who, where]) => where === room && !asleep.has(who));

  function stir(room: Room) {
    const { motion } = room;
    if (motion === undefined) return;
    entities.write(motion, { state: "on" });
    motionEnds.get(room)?.cancel();
    const holdMs = MOTION_HOLD_MS + random.next() * 15_000;
    motionEnds.set(
      room,
      clock.after(holdMs, () => entities.write(motion, { state: "off" })),
    );
  }

  function linger(room: Room) {
    if (lingering.has(room)) return;
    lingering.add(room);
    clock.after(random.between(40_000, 260_000), () => {
      lingering.delete(room);
      if (!awakeIn(room)) return;
      stir(room);
      linger(room);
    });
  }

  function track(who: Resident, state: "home" | "not_home") {
    const context = states.newContext();
    const far = state === "home" ? 0 : 0.04;
    const { latitude, longitude } = core.place;
    const at = {
      latitude: Math.round((latitude + far * random.bell()) * 1e5) / 1e5,
      longitude: Math.round((longitude + far * random.bell()) * 1e5) / 1e5,
      gps_accuracy: random.int(4, 35),
    };
    entities.write(who.trackerId, { state, attributes: at }, { context });
    entities.write(who.personId, { state, attributes: at }, { context });
    const home = house.residents.filter((resident) => !away.has(resident));
    const persons = home.map(({ personId }) => personId);
    entities.write(
      "zone.home",
      { state: String(persons.length), attributes: { persons } },
      { context },
    );
  }

  function wander(who: Resident) {
    if (away.has(who)) track(who, "not_home");
    clock.after(random.between(8, 25) * 60_000, () => wander(who));
  }
  for (const who of house.residents) clock.after(random.next() * 900_000, () => wander(who));

  return {
    roomOf: (who) => rooms.get(who),
    isHome: (who) => !away.has(who),
    isAsleep: (who) => asleep.has(who),
    peopleIn,
    stir,
    fallAsleep(who, value) {
      if (value) asleep.add(who);
      else asleep.delete(who);
    },
    goTo(who, room) {
      const from = rooms.get(who);
      if (from === room) return;
      countIn(from, -1);
      rooms.set(who, room);
      countIn(room, 1);
      clock.after(random.between(700, 2600), () => stir(room));
      linger(room);
    },
    leaveHome(who) {
      countIn(rooms.get(who), -1);
      rooms.delete(who);
      away.add(who);
      clock.after(random.between(60, 200) * 1000, () => {
        if (away.has(who)) track(who, "not_home");
      });
    },
    comeHome(who, room) {
      away.delete(who);
      track(who, "home");
      countIn(rooms.get(who), -1);
      rooms.set(who, room);
      countIn(room, 1);
      clock.after(4000, () => stir(room));
      linger(room);
    },
  };
}
