import type { House, Resident, Room } from "../household/house.ts";
import type { Core } from "../model/core.ts";
import type { Context } from "../model/state-machine.ts";

/** The ways in which a person makes something happen. */
export interface Hands {
  /** In the app or on a dashboard: a service call with the user's context. */
  dashboard(
    userId: string,
    call: { domain: string; service: string; data: Readonly<Record<string, unknown>> },
  ): Context;
  /** By voice: a service call without a user; the satellite listens and answers, if there is one. */
  voice(
    room: Room | undefined,
    call: { domain: string; service: string; data: Readonly<Record<string, unknown>> },
  ): Context;
  /** On the thing itself: the state changes, nobody called anything. */
  physical(entityId: string, state: string, attributes?: Readonly<Record<string, unknown>>): void;
  /** On a wireless switch: an event entity and the integration's event tell of it. */
  remote(room: Room): void;
  /** One of the above, as people would; lights and switches only. */
  turn(who: Resident, room: Room, what: { entityId: string; on: boolean }): void;
}

export function createHands(core: Core, house: House): Hands {
  const { clock, entities, services, states, random, bus, registry } = core;

  const dashboard: Hands["dashboard"] = (userId, { domain, service, data }) => {
    const context = states.newContext({ user_id: userId });
    services.call(domain, service, data, { context });
    return context;
  };

  const voice: Hands["voice"] = (room, { domain, service, data }) => {
    const context = states.newContext();
    const satellite = room?.satellite;
    if (satellite === undefined) {
      services.call(domain, service, data, { context });
      return context;
    }
    const steps = ["listening", "processing", "responding", "idle"];
    for (const [index, state] of steps.entries()) {
      clock.after(index * 1400, () => entities.write(satellite, { state }));
    }
    clock.after(2500, () => services.call(domain, service, data, { context }));
    return context;
  };

  const physical: Hands["physical"] = (entityId, state, attributes) => {
    if (entities.get(entityId)?.available === false) return;
    const own = attributes ?? lightAttributes(entityId, state);
    entities.write(entityId, { state, ...(own === undefined ? {} : { attributes: own }) });
  };

  function lightAttributes(entityId: string, state: string) {
    const entity = entities.get(entityId);
    if (entity?.domain !== "light") return undefined;
    const modes = entity.fixed.supported_color_modes;
    const mode = Array.isArray(modes) ? modes[0] : "onoff";
    if (state !== "on") {
      const attributes = { color_mode: null, brightness: null };
      return mode === "color_temp" ? { ...attributes, color_temp_kelvin: null } : attributes;
    }
    const attributes = { color_mode: mode, brightness: 254 };
    return mode === "color_temp" ? { ...attributes, color_temp_kelvin: 2702 } : attributes;
  }

  return {
    dashboard,
    voice,
    physical,
    remote(room) {
      if (room.remote === undefined || entities.get(room.remote)?.available === false) return;
      const device = registry.entities.get(room.remote)?.device_id ?? null;
      bus.fire("hue_event", {
        id: `${room.id}_wall_switch_button`,
        device_id: device,
        unique_id: registry.entities.get(room.remote)?.unique_id ?? "",
        type: "initial_press",
        subtype: 1,
      });
      entities.write(room.remote, {
        state: new Date(clock.now()).toISOString().replace("Z", "+00:00"),
        attributes: { event_type: "initial_press" },
      });
    },
    turn(who, room, { entityId, on }) {
      const domain = entityId.slice(0, entityId.indexOf("."));
      const call = {
        domain,
        service: on ? "turn_on" : "turn_off",
        data: { entity_id: entityId },
      };
      const way = random.next();
      if (way < 0.25) dashboard(who.userId, call);
      else if (way < 0.35 && (room.satellite !== undefined || house.rooms.length < 12)) {
        voice(room, call);
      } else physical(entityId, on ? "on" : "off");
    },
  };
}
