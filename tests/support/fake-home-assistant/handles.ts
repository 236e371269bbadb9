import { registerEntry } from "./automation/register-entry.ts";
import type { Simulation } from "./household/simulation.ts";
import { removeEntity, updateEntity } from "./model/entity-changes.ts";
import type { UserEntry } from "./model/registry-entries.ts";
import type { Context } from "./model/state-machine.ts";
import { toWireState, type WireState } from "./protocol/wire.ts";
import type { PhoneMessage } from "./services/notifying.ts";

type Attributes = Readonly<Record<string, unknown>>;

/** An entity that a test adds. */
export interface AddedEntity {
  readonly entityId: string;
  readonly state: string;
  readonly attributes?: Attributes;
  /** False: only a state, as a YAML entity without unique id has. */
  readonly registered?: boolean;
  readonly platform?: string;
  readonly areaId?: string;
  readonly deviceId?: string;
}

/** What tests do to the house, as if somebody in it did. */
export interface Handles {
  /** Writes a state; given attributes are merged. A missing context is a fresh, empty one. */
  setState(
    entityId: string,
    state: string,
    attributes?: Attributes,
    context?: Partial<Context>,
  ): void;
  /** A person with the app or a dashboard open. `user` is an id or a name. */
  pressDashboard(user: string, domain: string, service: string, data: Attributes): Context;
  /** A hand on the thing itself. */
  pressPhysical(entityId: string, state: string): void;
  /** By voice: a call without a user. */
  speak(domain: string, service: string, data: Attributes): Context;
  /** Runs an automation as its trigger would, without one; conditions are skipped. */
  runAutomation(entityId: string): void;
  renameEntity(entityId: string, newEntityId: string): void;
  addEntity(entity: AddedEntity): void;
  removeEntity(entityId: string): boolean;
  setAvailable(entityIds: readonly string[], available: boolean): void;
  states(): readonly WireState[];
  state(entityId: string): WireState | undefined;
  readonly users: readonly UserEntry[];
  /** What the phone of a resident shows, the oldest first. */
  phone(resident: string): readonly PhoneMessage[];
  /** Taps a button of what the phone shows, which takes the message away. */
  tapButton(resident: string, title: string): void;
}

export function createHandles(simulation: Simulation, catchUp: () => void): Handles {
  const { core, life, system, notifications } = simulation;
  const { entities, states, registry } = core;

  function findUser(wanted: string): string {
    for (const { id, name, username } of registry.users.values()) {
      if ([id, name, username].includes(wanted)) return id;
    }
    throw new Error(`nobody here is called ${wanted}`);
  }

  /** By the name that the phone's action has: `mobile_app_anna_s_phone`. */
  function phoneOf(resident: string): PhoneMessage[] {
    const name = resident.toLowerCase().replace(/[^a-z0-9]+/g, "_");
    const phone = notifications.phones.get(`mobile_app_${name}_s_phone`);
    if (!phone) throw new Error(`${resident} has no phone`);
    return phone;
  }

  return {
    phone: (resident) => [...phoneOf(resident)],
    tapButton(resident, title) {
      const phone = phoneOf(resident);
      const found = phone.findLast(({ actions }) => actions.some((one) => one.title === title));
      const action = found?.actions.find((one) => one.title === title)?.action;
      if (!found || !action) throw new Error(`${resident}'s phone has no button "${title}"`);
      phone.splice(phone.indexOf(found), 1);
      const { message, tag } = found;
      const context = { ...states.newContext(), user_id: findUser(resident) };
      core.bus.fire(
        "mobile_app_notification_action",
        { action, message, ...(tag === undefined ? {} : { tag }) },
        { context, origin: "REMOTE" },
      );
    },
    setState(entityId, state, attributes, context) {
      catchUp();
      const whole =
        context === undefined ? states.newContext() : { ...states.newContext(), ...context };
      if (entities.get(entityId) !== undefined) {
        const value = attributes === undefined ? { state } : { state, attributes };
        return entities.write(entityId, value, { context: whole });
      }
      states.set(entityId, { state, attributes: attributes ?? {} }, { context: whole });
    },
    pressDashboard(user, domain, service, data) {
      catchUp();
      return life.hands.dashboard(findUser(user), { domain, service, data });
    },
    pressPhysical(entityId, state) {
      catchUp();
      life.hands.physical(entityId, state);
    },
    speak(domain, service, data) {
      catchUp();
      return life.hands.voice(undefined, { domain, service, data });
    },
    runAutomation(entityId) {
      catchUp();
      system.automations.trigger(entityId, { skipCondition: true });
    },
    renameEntity(entityId, newEntityId) {
      catchUp();
      updateEntity(core, entityId, { new_entity_id: newEntityId });
    },
    addEntity({ entityId, state, attributes, registered = true, ...rest }) {
      catchUp();
      const platform = rest.platform ?? "demo";
      const name = String(attributes?.friendly_name ?? entityId);
      if (registered) {
        registerEntry(core, { entityId, platform, uniqueId: entityId, name });
        const entry = registry.entities.get(entityId);
        if (entry !== undefined) {
          entry.area_id = rest.areaId ?? null;
          entry.device_id = rest.deviceId ?? null;
        }
      }
      entities.add({
        entityId,
        integration: platform,
        fixed: attributes ?? {},
        state,
        moving: {},
        registered,
      });
    },
    removeEntity(entityId) {
      catchUp();
      return removeEntity(core, entityId);
    },
    setAvailable(entityIds, available) {
      catchUp();
      entities.setAvailable(entityIds, { available });
    },
    states: () => [...states.all()].map(toWireState),
    state(entityId) {
      const state = states.get(entityId);
      return state === undefined ? undefined : toWireState(state);
    },
    get users() {
      return [...registry.users.values()];
    },
  };
}
