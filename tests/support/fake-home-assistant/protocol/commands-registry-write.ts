import type { Core } from "../model/core.ts";
import { removeEntity, updateEntity } from "../model/entity-changes.ts";
import { HomeAssistantError } from "../model/home-assistant-error.ts";
import { ulid } from "../model/random.ts";
import type { RegistryKind } from "../model/registry.ts";
import { freeId, slugify } from "../model/registry.ts";
import type { Schema } from "../model/schema.ts";
import { toList } from "../model/targets.ts";
import type { Command, Commands, Message, Request } from "./command.ts";
import { toExtendedEntry, toWireDevice } from "./commands-registry.ts";

type Values = Record<string, unknown>;
const AREA: Schema = {
  aliases: "list",
  floor_id: "string?",
  icon: "string?",
  labels: "list",
  picture: "string?",
  temperature_entity_id: "string?",
  humidity_entity_id: "string?",
};

/** Create, update and delete of one registry whose ids are slugs of names. */
function slugRegistry(
  kind: Exclude<RegistryKind, "device" | "entity" | "category">,
  {
    schema,
    empty,
    mapOf,
  }: { schema: Schema; empty: Values; mapOf: (core: Core) => Map<string, object> },
): Commands {
  const key = `${kind}_id`;
  const valuesOf = (message: Message) => {
    const { id: _id, type: _type, [key]: _key, ...values } = message;
    return values;
  };
  const find = ({ core, message }: Request) => {
    const id = String(message[key]);
    const entry = mapOf(core).get(id);
    const title = kind.charAt(0).toUpperCase() + kind.slice(1);
    if (entry === undefined) {
      throw new HomeAssistantError("invalid_info", `${title} ID doesn't exist`);
    }
    return { id, entry };
  };
  const path = `config/${kind}_registry`;
  return {
    [`${path}/create`]: {
      admin: true,
      schema: { ...schema, name: "string!" },
      run({ core, message }) {
        const map = mapOf(core);
        const name = String(message.name);
        const isTaken = [...map.values()].some((entry) => "name" in entry && entry.name === name);
        if (isTaken) {
          const text = `The name ${name} (${slugify(name)}) is already in use`;
          throw new HomeAssistantError("invalid_info", text);
        }
        const id = freeId(slugify(name), (taken) => map.has(taken));
        const at = core.clock.now() / 1000;
        const entry = {
          ...empty,
          ...valuesOf(message),
          [key]: id,
          created_at: at,
          modified_at: at,
        };
        map.set(id, entry);
        core.registry.announce(kind, { action: "create", [key]: id });
        return entry;
      },
    },
    [`${path}/update`]: {
      admin: true,
      schema: { ...schema, [key]: "string!", name: "string" },
      run(request) {
        const { id, entry } = find(request);
        const { core, message } = request;
        Object.assign(entry, valuesOf(message), { modified_at: core.clock.now() / 1000 });
        core.registry.announce(kind, { action: "update", [key]: id });
        return entry;
      },
    },
    [`${path}/delete`]: {
      admin: true,
      schema: { [key]: "string!" },
      run(request) {
        const { id } = find(request);
        const { core } = request;
        mapOf(core).delete(id);
        core.registry.announce(kind, { action: "remove", [key]: id });
        clear(core, kind, id);
        return kind === "area" ? "success" : null;
      },
    },
  };
}

/** Takes a removed area or floor off what was in it. */
function clear({ registry }: Core, kind: string, id: string) {
  if (kind === "floor") {
    for (const area of registry.areas.values()) if (area.floor_id === id) area.floor_id = null;
  }
  if (kind !== "area") return;
  for (const device of registry.devices.values()) {
    if (device.area_id !== id) continue;
    device.area_id = null;
    registry.announce("device", {
      action: "update",
      device_id: device.id,
      changes: { area_id: id },
    });
  }
  for (const entry of registry.entities.values()) {
    if (entry.area_id === id) entry.area_id = null;
  }
}

const ENTITY_UPDATE: Schema = {
  entity_id: "string!",
  aliases: "list",
  area_id: "string?",
  categories: "object",
  device_class: "string?",
  disabled_by: "string?",
  hidden_by: "string?",
  icon: "string?",
  labels: "list",
  name: "string?",
  new_entity_id: "string",
  options_domain: "string",
  options: "object",
};

const deviceUpdate: Command = {
  admin: true,
  schema: {
    device_id: "string!",
    area_id: "string?",
    disabled_by: "string?",
    labels: "list",
    name_by_user: "string?",
  },
  run({ core, message }) {
    const { registry } = core;
    const device = registry.devices.get(String(message.device_id));
    if (device === undefined) throw new Error("Unknown error");
    const changes: Values = {};
    for (const key of ["area_id", "disabled_by", "labels", "name_by_user"] as const) {
      if (!(key in message) || device[key] === message[key]) continue;
      changes[key] = device[key];
      Object.assign(device, { [key]: message[key], modified_at: core.clock.now() / 1000 });
    }
    if (Object.keys(changes).length > 0) {
      registry.announce("device", { action: "update", device_id: device.id, changes });
    }
    return toWireDevice(device, core.version);
  },
};

/** Changing the registries. All need an admin. */
export const registryWriteCommands: Commands = {
  ...slugRegistry("area", {
    schema: AREA,
    empty: {
      ...{ aliases: [], floor_id: null, icon: null, labels: [], picture: null },
      ...{ temperature_entity_id: null, humidity_entity_id: null },
    },
    mapOf: ({ registry }) => registry.areas,
  }),
  ...slugRegistry("floor", {
    schema: { aliases: "list", icon: "string?", level: "any" },
    empty: { aliases: [], icon: null, level: null },
    mapOf: ({ registry }) => registry.floors,
  }),
  ...slugRegistry("label", {
    schema: { color: "string?", description: "string?", icon: "string?" },
    empty: { color: null, description: null, icon: null },
    mapOf: ({ registry }) => registry.labels,
  }),
  "config/category_registry/create": {
    admin: true,
    schema: { scope: "string!", name: "string!", icon: "string?" },
    run({ core, message }) {
      const scope = String(message.scope);
      const at = core.clock.now() / 1000;
      const entry = {
        category_id: ulid(core.clock.now(), core.random),
        name: String(message.name),
        icon: typeof message.icon === "string" ? message.icon : null,
        created_at: at,
        modified_at: at,
      };
      const ofScope = core.registry.categories.get(scope) ?? new Map();
      core.registry.categories.set(scope, ofScope);
      ofScope.set(entry.category_id, entry);
      const { category_id } = entry;
      core.registry.announce("category", { action: "create", scope, category_id });
      return entry;
    },
  },
  "config/device_registry/update": deviceUpdate,
  "config/entity_registry/update": {
    admin: true,
    schema: ENTITY_UPDATE,
    run({ core, message }) {
      const { entry, reloadDelay } = updateEntity(core, String(message.entity_id), message);
      const entity_entry = toExtendedEntry(entry, core.version);
      return reloadDelay === undefined
        ? { entity_entry }
        : { entity_entry, reload_delay: reloadDelay };
    },
  },
  "config/entity_registry/remove": {
    admin: true,
    schema: { entity_id: "string!" },
    run({ core, message }) {
      const entityId = String(message.entity_id);
      if (!core.registry.entities.has(entityId)) {
        throw new HomeAssistantError("not_found", "Entity not found");
      }
      removeEntity(core, entityId);
      return null;
    },
  },
  "config/entity_registry/get": {
    schema: { entity_id: "string!" },
    run({ core, message }) {
      const entry = core.registry.entities.get(String(message.entity_id));
      if (entry === undefined) throw new HomeAssistantError("not_found", "Entity not found");
      return toExtendedEntry(entry, core.version);
    },
  },
  "config/entity_registry/get_entries": {
    schema: { entity_ids: "list!" },
    run: ({ core, message }) =>
      Object.fromEntries(
        toList(message.entity_ids).map((entityId) => {
          const entry = core.registry.entities.get(entityId);
          return [entityId, entry === undefined ? null : toExtendedEntry(entry, core.version)];
        }),
      ),
  },
};
