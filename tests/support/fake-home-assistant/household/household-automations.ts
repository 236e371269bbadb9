import type { Core } from "../model/core.ts";
import { findRoom, type House, type Room } from "./house.ts";

type Config = Readonly<Record<string, unknown>>;

/** What a household has configured in Home Assistant. */
export interface HouseholdAutomations {
  /** By id, as in `automations.yaml`. */
  readonly automations: ReadonlyMap<string, Config>;
  readonly scripts: ReadonlyMap<string, Config>;
  readonly scenes: ReadonlyMap<string, Config>;
  /** Rooms whose light turns on by motion. */
  readonly automatedRooms: ReadonlySet<string>;
}

const FIRST_ID = 1_735_733_400_000; // ids that the editor makes are epoch milliseconds

const call = (action: string, entityId: string | readonly string[], data: Config = {}): Config => ({
  action,
  metadata: {},
  target: { entity_id: entityId },
  data,
});
const onState = (entityId: string | readonly string[], to: string, rest: Config = {}): Config => ({
  trigger: "state",
  entity_id: entityId,
  to,
  ...rest,
});
const at = (time: string): Config => ({ trigger: "time", at: time });
const whenDark: Config = { condition: "sun", after: "sunset", before: "sunrise" };

/** Writes automations, scripts and scenes for what this house has. */
export function planAutomations(house: House, core: Core): HouseholdAutomations {
  const automations = new Map<string, Config>();
  const scenes = new Map<string, Config>();
  const scripts = new Map<string, Config>();
  const automatedRooms = new Set<string>();
  const isSmall = house.rooms.length < 4;
  const isLarge = house.rooms.length > 10;

  const add = (alias: string, config: Config) => {
    const id = String(FIRST_ID + automations.size * 86_461_337);
    const rest = { conditions: [], mode: "single", ...config };
    automations.set(id, { id, alias, description: "", ...rest });
  };
  const living = findRoom(house, "living", "studio");
  const hallway = findRoom(house, "hallway");
  const outdoor = house.rooms.filter((room) => room.outdoor && room.lights.length > 0);
  const people = house.residents.map(({ personId }) => personId);
  const allLights = house.rooms.flatMap(({ lights }) => lights);

  for (const room of house.rooms) {
    const byMotion = /hallway|toilet|landing|garage|workshop|bathroom|dressing|cellar/u;
    const [light] = room.lights;
    if (room.motion === undefined || light === undefined || !byMotion.test(room.id)) continue;
    automatedRooms.add(room.id);
    add(`${room.name} light on motion`, motionLight(room.motion, light, room.inner));
  }
  if (isSmall && house.entrance !== undefined && hallway?.lights[0] !== undefined) {
    add("Hallway light at the door", {
      triggers: [onState(house.entrance, "on")],
      actions: [
        call("light.turn_on", hallway.lights[0]),
        { delay: { minutes: 3 } },
        call("light.turn_off", hallway.lights[0]),
      ],
      mode: "restart",
    });
  }
  const porchLights = outdoor.flatMap(({ lights }) => lights.slice(0, 1));
  if (porchLights.length > 0) {
    const place = outdoor[0]?.name ?? "Porch";
    add(`Evening ${place.toLowerCase()} light`, {
      triggers: [{ trigger: "sun", event: "sunset", offset: "00:10:00" }],
      actions: [call("light.turn_on", porchLights, { brightness_pct: 60 })],
    });
    add(`${place} light off at night`, {
      triggers: [at("23:15:00")],
      actions: [call("light.turn_off", porchLights)],
    });
  }
  addHeating(add, house);
  if (!isSmall) addPresence(add, { people, allLights, house, hallway });
  addMedia(add, scenes, living);
  if (living?.remote !== undefined && living.lights[0] !== undefined) {
    add("Living room wall switch", {
      triggers: [{ trigger: "state", entity_id: living.remote }],
      conditions: [
        {
          condition: "state",
          entity_id: living.remote,
          attribute: "event_type",
          state: "initial_press",
        },
      ],
      actions: [call("light.toggle", living.lights[0])],
    });
  }
  for (const { name, stateId } of house.appliances.slice(0, 2)) {
    add(`${name} finished`, {
      triggers: [onState(stateId, "finished")],
      actions: [
        {
          action: "persistent_notification.create",
          metadata: {},
          data: {
            title: name,
            message: `The ${name.toLowerCase()} is done.`,
            notification_id: stateId,
          },
        },
      ],
    });
  }
  if (isLarge) addLargeHouse(add, house, core);

  scripts.set("good_night", {
    alias: "Good night",
    icon: "mdi:weather-night",
    sequence: [
      call("light.turn_off", allLights.slice(0, 12)),
      ...(house.lock === undefined ? [] : [call("lock.lock", house.lock)]),
    ],
    mode: "single",
  });
  if (!isSmall) {
    const kitchen = findRoom(house, "kitchen");
    const dinner = Object.fromEntries(
      (kitchen?.lights ?? []).map((id) => [id, { state: "on", brightness: 140 }]),
    );
    scenes.set("1735820001002", { name: "Dinner", icon: "mdi:silverware", entities: dinner });
  }
  return { automations, scripts, scenes, automatedRooms };
}

type Add = (alias: string, config: Config) => void;

function motionLight(motion: string, light: string, inner: boolean): Config {
  return {
    triggers: [onState(motion, "on", { from: "off" })],
    conditions: inner ? [] : [whenDark],
    actions: [
      call("light.turn_on", light, { brightness_pct: 70 }),
      {
        wait_for_trigger: [onState(motion, "off", { for: { minutes: 1 } })],
        timeout: { minutes: 30 },
      },
      call("light.turn_off", light),
    ],
    mode: "restart",
    max_exceeded: "silent",
  };
}

function addHeating(add: Add, house: House) {
  const thermostats = house.rooms.flatMap(({ thermostat }) => thermostat ?? []);
  if (thermostats.length === 0) return;
  add("Heating morning", {
    triggers: [
      { trigger: "time", at: "06:15:00", weekday: ["mon", "tue", "wed", "thu", "fri"] },
      at("08:00:00"),
    ],
    actions: [call("climate.set_temperature", thermostats, { temperature: 21 })],
  });
  add("Heating night", {
    triggers: [at("22:45:00")],
    actions: [call("climate.set_temperature", thermostats, { temperature: 18 })],
  });
}

function addPresence(
  add: Add,
  parts: {
    people: readonly string[];
    allLights: readonly string[];
    house: House;
    hallway: Room | undefined;
  },
) {
  const { people, allLights, house, hallway } = parts;
  const { vacuum } = house;
  const clean =
    vacuum === undefined
      ? []
      : [
          call("vacuum.start", vacuum),
          { delay: "00:50:00" },
          call("vacuum.return_to_base", vacuum),
        ];
  add("Everybody left", {
    triggers: [{ trigger: "numeric_state", entity_id: "zone.home", below: 1 }],
    actions: [call("light.turn_off", allLights), ...clean],
  });
  const light = hallway?.lights[0];
  if (light === undefined) return;
  add("Welcome home", {
    triggers: [onState(people, "home")],
    conditions: [whenDark],
    actions: [call("light.turn_on", light)],
  });
}

function addMedia(add: Add, scenes: Map<string, Config>, living: Room | undefined) {
  const tv = living?.media[0];
  if (living === undefined || tv === undefined) return;
  const [ceiling, lamp] = living.lights;
  const entities = {
    ...(ceiling === undefined ? {} : { [ceiling]: "off" }),
    ...(lamp === undefined ? {} : { [lamp]: { state: "on", brightness: 60 } }),
  };
  scenes.set("1735820001001", { name: "Movie night", icon: "mdi:movie-open", entities });
  add("Movie night when TV plays", {
    triggers: [onState(tv, "playing", { from: ["off", "idle", "on"] })],
    conditions: [whenDark],
    actions: [{ scene: "scene.movie_night", metadata: {} }],
  });
}

function addLargeHouse(add: Add, house: House, core: Core) {
  const covers = house.rooms.flatMap((room) => room.covers);
  if (covers.length > 0) {
    add("Blinds up in the morning", {
      triggers: [at("07:30:00")],
      actions: [call("cover.open_cover", covers)],
    });
    add("Blinds down after sunset", {
      triggers: [{ trigger: "sun", event: "sunset", offset: "00:35:00" }],
      actions: [call("cover.close_cover", covers)],
    });
  }
  for (const room of house.rooms) {
    if (room.thermostat === undefined || room.windows.length === 0) continue;
    add(`${room.name} heating off while window is open`, {
      triggers: [onState(room.windows, "on", { for: "00:01:30" })],
      actions: [
        call("climate.set_hvac_mode", room.thermostat, { hvac_mode: "off" }),
        { wait_for_trigger: [onState(room.windows, "off")], timeout: "02:00:00" },
        call("climate.set_hvac_mode", room.thermostat, { hvac_mode: "heat" }),
      ],
      mode: "restart",
    });
  }
  if (house.lock !== undefined) {
    add("Lock the front door at night", {
      triggers: [at("23:00:00")],
      conditions: [{ condition: "state", entity_id: house.lock, state: "unlocked" }],
      actions: [call("lock.lock", house.lock)],
    });
  }
  const batteries = house.readings
    .filter(({ kind }) => kind === "battery")
    .map(({ entityId }) => entityId)
    .filter((entityId) => core.entities.get(entityId) !== undefined);
  add("Battery low", {
    triggers: [{ trigger: "numeric_state", entity_id: batteries, below: 15 }],
    actions: [
      {
        action: "persistent_notification.create",
        metadata: {},
        data: { title: "Battery low", message: "{{ trigger.entity_id }} needs a new battery." },
      },
    ],
  });
}
