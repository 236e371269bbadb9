import type { Attributes, Context, StateMachine, Write } from "./state-machine.ts";

/** A thing an integration provides: what it is really like, whether Home Assistant sees it or not. */
export interface Entity {
  entityId: string;
  readonly domain: string;
  readonly integration: string;
  /** Attributes that stay: name, unit, class, capabilities. */
  fixed: Attributes;
  state: string;
  /** Attributes that move with the state. */
  moving: Attributes;
  available: boolean;
  /** Home Assistant only remembers it; its integration has not brought it up. */
  restored: boolean;
  /** In the entity registry, so it comes back as `restored` after a restart. */
  readonly registered: boolean;
  /** The context of the last command; it stays for five seconds. */
  commandedBy: Context | undefined;
  commandedAt: number;
}

export type NewEntity = Pick<
  Entity,
  "entityId" | "integration" | "fixed" | "state" | "moving" | "registered"
>;

/** The integrations' side of every entity. */
export interface Entities {
  get(entityId: string): Entity | undefined;
  all(): Iterable<Entity>;
  add(entity: NewEntity, context?: Context): Entity;
  remove(entityId: string): void;
  rename(from: string, to: string): void;
  /** Says what an entity is like now. Attributes are merged; `undefined` removes one. */
  write(
    entityId: string,
    value: { state?: string; attributes?: Readonly<Record<string, unknown>> },
    write?: Write,
  ): void;
  /** Notes whose command an entity follows for the next five seconds. */
  command(entityId: string, context: Context): void;
  setAvailable(entityIds: Iterable<string>, how: { available: boolean; restored?: boolean }): void;
  /** Writes the state again, because something of it was changed from outside. */
  publish(entity: Entity, write?: Write): void;
  /** While false nothing is written: Home Assistant is down, the house goes on. */
  setRunning(running: boolean): void;
}

const STICKY_MS = 5000;
const KEPT_WHEN_UNAVAILABLE = new Set([
  "friendly_name",
  "id",
  "device_class",
  "unit_of_measurement",
  "state_class",
  "supported_features",
  "supported_color_modes",
  "icon",
  "options",
]);

export function createEntities({
  states,
  now,
}: {
  states: StateMachine;
  now: () => number;
}): Entities {
  const entities = new Map<string, Entity>();
  let running = true;

  function contextOf(entity: Entity): Context | undefined {
    if (entity.commandedBy === undefined) return undefined;
    if (now() - entity.commandedAt > STICKY_MS) {
      entity.commandedBy = undefined;
      return undefined;
    }
    return entity.commandedBy;
  }

  function publish(entity: Entity, write: Write = {}) {
    if (!running) return;
    const attributes = entity.available ? allOf(entity) : fewOf(entity);
    const state = entity.available ? entity.state : "unavailable";
    const context = write.context ?? contextOf(entity);
    states.set(entity.entityId, { state, attributes }, { ...write, context });
  }

  return {
    get: (entityId) => entities.get(entityId),
    all: () => entities.values(),
    add(values, context) {
      const entity: Entity = {
        ...values,
        domain: values.entityId.slice(0, values.entityId.indexOf(".")),
        available: true,
        restored: false,
        commandedBy: undefined,
        commandedAt: 0,
      };
      entities.set(entity.entityId, entity);
      publish(entity, { context });
      return entity;
    },
    remove(entityId) {
      if (entities.delete(entityId) && running) states.remove(entityId);
    },
    rename(from, to) {
      const entity = entities.get(from);
      if (entity === undefined) return;
      entities.delete(from);
      states.remove(from);
      entity.entityId = to;
      entities.set(to, entity);
      publish(entity);
    },
    write(entityId, { state, attributes }, write) {
      const entity = entities.get(entityId);
      if (entity === undefined) return;
      if (state !== undefined) entity.state = state;
      if (attributes !== undefined) {
        const merged = { ...entity.moving, ...attributes };
        entity.moving = Object.fromEntries(
          Object.entries(merged).filter(([, value]) => value !== undefined),
        );
      }
      publish(entity, write);
    },
    command(entityId, context) {
      const entity = entities.get(entityId);
      if (entity === undefined) return;
      entity.commandedBy = context;
      entity.commandedAt = now();
    },
    setAvailable(entityIds, { available, restored = false }) {
      for (const entityId of entityIds) {
        const entity = entities.get(entityId);
        if (entity === undefined) continue;
        entity.available = available;
        entity.restored = restored && !available;
        publish(entity);
      }
    },
    publish,
    setRunning(value) {
      running = value;
    },
  };
}

function allOf(entity: Entity): Attributes {
  for (const _ in entity.moving) return { ...entity.fixed, ...entity.moving };
  return entity.fixed;
}

function fewOf(entity: Entity): Attributes {
  const kept = Object.entries(entity.fixed).filter(([key]) => KEPT_WHEN_UNAVAILABLE.has(key));
  return Object.fromEntries(entity.restored ? [["restored", true], ...kept] : kept);
}
