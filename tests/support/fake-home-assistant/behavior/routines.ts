import { findRoom, type House, type Resident, type Room } from "../household/house.ts";
import type { Core } from "../model/core.ts";
import type { Hands } from "./hands.ts";
import type { Presence } from "./presence.ts";
import type { RoomClimates } from "./rooms.ts";
import type { Surroundings } from "./surroundings.ts";

const MINUTE_MS = 60_000;
const DAY_STARTS_AT_MINUTE = 240; // plans for a day are made at four in the morning
const DARK_LUX = 55; // below this a person turns on a light

/** What routines are built from. */
export interface RoutineParts {
  readonly core: Core;
  readonly house: House;
  readonly hands: Hands;
  readonly presence: Presence;
  readonly climates: RoomClimates;
  readonly surroundings: Surroundings;
  /** Rooms whose light an automation turns on by motion. */
  readonly automatedRooms: ReadonlySet<string>;
}

/** What people do in this house, one step each. */
export interface Routines {
  enter(who: Resident, room: Room): void;
  wander(who: Resident): void;
  air(room: Room, minutes: number): void;
}

/** Lets everybody live: get up, leave, come home, cook, watch, go to bed; differently on weekends. */
export function startRoutines(parts: RoutineParts): Routines {
  const { core, house, hands, presence, climates, surroundings, automatedRooms } = parts;
  const { clock, random, calendar, entities } = core;
  const bath = () => findRoom(house, "bathroom", "hallway") ?? house.rooms[0];
  const kitchen = () => findRoom(house, "kitchen", "studio");
  const living = () => findRoom(house, "living", "studio");
  const hallway = () => findRoom(house, "hallway") ?? house.rooms[0];
  const bedroomOf = (who: Resident) =>
    house.rooms.find(({ name }) => name.startsWith(`${who.name}'s`)) ??
    findRoom(house, "bedroom", "studio");
  const soon = (run: () => void, low = 2, high = 7) =>
    void clock.after(random.between(low, high) * 1000, run);
  const inMinutes = (minutes: number, run: () => void) =>
    void clock.after(minutes * MINUTE_MS, run);

  function isDark(room: Room): boolean {
    return room.inner || surroundings.daylight() * 0.012 < DARK_LUX;
  }

  function enter(who: Resident, room: Room | undefined) {
    if (room === undefined || !presence.isHome(who)) return;
    const left = presence.roomOf(who);
    presence.goTo(who, room);
    if (left !== undefined && left !== room) soon(() => darken(who, left, 0.85));
    if (automatedRooms.has(room.id)) return;
    soon(() => {
      const [main] = room.lights;
      if (main === undefined || !isDark(room) || climates.isLit(room)) return;
      hands.turn(who, room, { entityId: main, on: true });
    });
  }

  function darken(who: Resident, room: Room, probability: number) {
    if (presence.peopleIn(room) > 0 || automatedRooms.has(room.id)) return;
    if (!random.chance(probability)) return;
    for (const entityId of room.lights) {
      if (entities.get(entityId)?.state === "on") hands.turn(who, room, { entityId, on: false });
    }
  }

  function openDoor() {
    const door = house.entrance;
    if (door === undefined) return;
    hands.physical(door, "on");
    soon(() => hands.physical(door, "off"), 4, 20);
  }

  function air(room: Room, minutes: number) {
    const [window] = room.windows;
    if (window === undefined) return;
    hands.physical(window, "on");
    inMinutes(minutes, () => hands.physical(window, "off"));
  }

  function wake(who: Resident) {
    presence.fallAsleep(who, false);
    enter(who, bath());
    const bedroom = bedroomOf(who);
    if (bedroom !== undefined && random.chance(0.7)) {
      inMinutes(random.between(4, 12), () => air(bedroom, random.between(6, 18)));
    }
    inMinutes(random.between(9, 20), () => {
      enter(who, kitchen());
      const { coffee } = house;
      if (coffee === undefined || !presence.isHome(who)) return;
      soon(() => hands.physical(coffee, "on"), 20, 60);
      inMinutes(random.between(12, 25), () => hands.physical(coffee, "off"));
    });
  }

  function leave(who: Resident) {
    if (!presence.isHome(who)) return;
    enter(who, hallway());
    inMinutes(random.between(1, 3), () => {
      openDoor();
      presence.leaveHome(who);
      const others = house.residents.some((resident) => presence.isHome(resident));
      if (others) return;
      for (const room of house.rooms) soon(() => darken(who, room, 0.8), 30, 300);
      const { lock } = house;
      if (lock === undefined) return;
      const call = { domain: "lock", service: "lock", data: { entity_id: lock } };
      soon(() => hands.dashboard(who.userId, call), 20, 50);
    });
  }

  function comeHome(who: Resident) {
    const hall = hallway();
    if (presence.isHome(who) || hall === undefined) return;
    presence.comeHome(who, hall);
    const { lock } = house;
    if (lock !== undefined && entities.get(lock)?.state === "locked") {
      hands.physical(lock, "unlocked");
    }
    soon(openDoor, 1, 4);
    soon(() => enter(who, hall), 4, 8);
    inMinutes(random.between(2, 6), () => enter(who, random.chance(0.5) ? kitchen() : living()));
  }

  function cook(who: Resident) {
    if (!presence.isHome(who)) return;
    enter(who, kitchen());
    const { oven } = house;
    if (oven === undefined || random.chance(0.3)) return;
    inMinutes(3, () => hands.physical(oven, "on"));
    inMinutes(random.between(25, 50), () => hands.physical(oven, "off"));
  }

  function watch(who: Resident) {
    const room = living();
    const tv = room?.media[0];
    if (!presence.isHome(who) || room === undefined || tv === undefined) return;
    enter(who, room);
    const title = random.pick(["Tagesschau", "Tatort", "Dark", "The Crown", "Football"]);
    const playing = { media_title: title, source: random.pick(["Live TV", "Netflix"]) };
    soon(() => hands.physical(tv, "playing", playing), 20, 90);
    inMinutes(random.between(70, 140), () => {
      hands.physical(tv, "off", { media_title: undefined, source: undefined });
    });
  }

  function sleep(who: Resident) {
    if (!presence.isHome(who)) return;
    const bedroom = bedroomOf(who);
    enter(who, bath());
    inMinutes(random.between(6, 14), () => {
      enter(who, bedroom);
      inMinutes(random.between(5, 25), () => {
        presence.fallAsleep(who, true);
        for (const entityId of bedroom?.lights ?? []) {
          if (entities.get(entityId)?.state === "on" && bedroom !== undefined) {
            hands.turn(who, bedroom, { entityId, on: false });
          }
        }
      });
    });
  }

  function wander(who: Resident) {
    if (!presence.isHome(who) || presence.isAsleep(who)) return;
    const rooms = house.rooms.filter((room) => !room.outdoor || surroundings.daylight() > 4000);
    enter(who, random.pick(rooms));
  }

  function keepWandering(who: Resident) {
    clock.after(random.between(7, 28) * MINUTE_MS, () => {
      wander(who);
      keepWandering(who);
    });
  }

  function planDay(who: Resident) {
    const now = clock.now();
    const { weekday } = calendar.at(now);
    const isWeekend = weekday === 0 || weekday === 6;
    const about = (minute: number, spread: number) => minute + random.bell() * spread;
    const plan = (minute: number, run: (who: Resident) => void) => {
      const at = calendar.momentOf(now, minute);
      if (at > now) clock.at(at, () => run(who));
    };
    const wakeMinute = about(who.wakeMinute + (isWeekend ? 95 : 0), 12);
    plan(wakeMinute, wake);
    if (!isWeekend && who.worksOut) {
      plan(Math.max(wakeMinute + 35, about(485, 14)), leave);
      plan(about(1040, 35), comeHome);
    } else if (random.chance(0.7)) {
      const leavesAt = about(isWeekend ? 820 : 630, 50);
      plan(leavesAt, leave);
      plan(leavesAt + random.between(60, 170), comeHome);
    }
    const [first, second] = house.residents;
    if (who === (random.chance(0.5) ? first : (second ?? first))) plan(about(1110, 20), cook);
    if (who === first) plan(about(1220, 18), watch);
    plan(about(isWeekend ? 1395 : 1365, 22), sleep);
    const tomorrow = calendar.momentOf(now + 24 * 60 * MINUTE_MS, DAY_STARTS_AT_MINUTE);
    clock.at(tomorrow, () => planDay(who));
  }

  function settleIn(who: Resident) {
    const { minuteOfDay, weekday } = calendar.at(clock.now());
    const isWorkday = weekday !== 0 && weekday !== 6 && who.worksOut;
    const home = bedroomOf(who) ?? living() ?? hallway();
    if (isWorkday && minuteOfDay > 485 && minuteOfDay < 1040) presence.leaveHome(who);
    else if (home !== undefined) presence.goTo(who, home);
    if (minuteOfDay < who.wakeMinute || minuteOfDay > 1365) presence.fallAsleep(who, true);
    planDay(who);
    keepWandering(who);
  }

  for (const who of house.residents) settleIn(who);
  return { enter, wander, air };
}
