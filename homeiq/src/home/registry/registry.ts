import { z } from "zod";
import type { Clock } from "#foundation/clock.ts";
import type { Log } from "#foundation/log.ts";
import type { Topic } from "#foundation/topic.ts";
import type { Session } from "#home/connection/connection.ts";
import {
  EntityRegistryUpdated,
  WireArea,
  WireCategory,
  WireConfig,
  WireConfigEntry,
  WireDevice,
  WireEntity,
  WireFloor,
  WireLabel,
  WireServices,
  WireUser,
} from "./registry.schema.ts";

export { readAliases } from "./aliases.ts";

export type Area = z.infer<typeof WireArea>;
export type Floor = z.infer<typeof WireFloor>;
export type Label = z.infer<typeof WireLabel>;
export type Device = z.infer<typeof WireDevice>;
export type RegistryEntity = z.infer<typeof WireEntity>;
export type ConfigEntry = z.infer<typeof WireConfigEntry>;
export type User = z.infer<typeof WireUser>;
export type HouseConfig = z.infer<typeof WireConfig>;

/** What one registry lists, by its id. */
interface Lists {
  areas: Map<string, Area>;
  floors: Map<string, Floor>;
  labels: Map<string, Label>;
  devices: Map<string, Device>;
  /** By entity id, which can change; `id` is the identity that cannot. */
  entities: Map<string, RegistryEntity>;
  configEntries: Map<string, ConfigEntry>;
  users: Map<string, User>;
  /** By scope, then by category id. */
  categories: Map<string, Map<string, z.infer<typeof WireCategory>>>;
  services: z.infer<typeof WireServices>;
}

export interface Rename {
  readonly registryId: string;
  readonly from: string;
  readonly to: string;
}

export interface Registry extends Readonly<Lists> {
  /** `undefined` until the first connection. */
  config(): HouseConfig | undefined;
  /** The entity's own area, else its device's, else that of the device it is part of. */
  areaOf(entityId: string): string | undefined;
  deviceOf(entityId: string): Device | undefined;
  /** Entity ids in registry order. */
  entitiesOfDevice(deviceId: string): readonly string[];
  entitiesOfArea(areaId: string): readonly string[];
  isAdmin(userId: string): boolean;
  /** Reads everything and follows the changes until the session ends. */
  follow(session: Session): Promise<void>;
}

const REFRESH_AFTER_MS = 250; // a registry that is edited in bulk says so once per entry
const CATEGORY_SCOPES = ["automation", "script", "scene", "helpers"] as const;
const ADMIN_GROUP = "system-admin";

interface Deps {
  readonly clock: Clock;
  readonly log: Log;
  readonly changed: Topic<void>;
  /** Called before the states under the new id arrive. */
  onRename(rename: Rename): void;
}

/** The house as Home Assistant's registries describe it, kept fresh while connected. */
export function createRegistry({ clock, log, changed, onRename }: Deps): Registry {
  const lists: Lists = {
    areas: new Map(),
    floors: new Map(),
    labels: new Map(),
    devices: new Map(),
    entities: new Map(),
    configEntries: new Map(),
    users: new Map(),
    categories: new Map(),
    services: {},
  };
  let config: HouseConfig | undefined;
  let byDevice = new Map<string, string[]>();
  let byArea = new Map<string, string[]>();

  const areaOf = (entityId: string) => {
    const entity = lists.entities.get(entityId);
    if (entity?.area_id) return entity.area_id;
    const device = entity?.device_id ? lists.devices.get(entity.device_id) : undefined;
    const parent = device?.parent_device_id
      ? lists.devices.get(device.parent_device_id)
      : undefined;
    return device?.area_id ?? parent?.area_id ?? undefined;
  };

  function index(): void {
    byDevice = new Map();
    byArea = new Map();
    for (const { entity_id, device_id } of lists.entities.values()) {
      if (device_id) add(byDevice, device_id, entity_id);
      const area = areaOf(entity_id);
      if (area) add(byArea, area, entity_id);
    }
  }

  /** What to read, and where it goes; the name is also what the update event is called after. */
  const readers: Record<string, (session: Session) => Promise<void>> = {
    area_registry: async (session) => {
      lists.areas = await readList(session, "config/area_registry/list", WireArea, "area_id");
    },
    floor_registry: async (session) => {
      lists.floors = await readList(session, "config/floor_registry/list", WireFloor, "floor_id");
    },
    label_registry: async (session) => {
      lists.labels = await readList(session, "config/label_registry/list", WireLabel, "label_id");
    },
    device_registry: async (session) => {
      lists.devices = await readList(session, "config/device_registry/list", WireDevice, "id");
    },
    entity_registry: async (session) => {
      lists.entities = await readList(
        session,
        "config/entity_registry/list",
        WireEntity,
        "entity_id",
      );
    },
    category_registry: async (session) => {
      for (const scope of CATEGORY_SCOPES) {
        const command = { type: "config/category_registry/list", scope };
        const answer = z.array(WireCategory).parse(await session.request(command));
        lists.categories.set(scope, new Map(answer.map((one) => [one.category_id, one])));
      }
    },
    config_entries: async (session) => {
      lists.configEntries = await readList(
        session,
        "config_entries/get",
        WireConfigEntry,
        "entry_id",
      );
    },
    users: async (session) => {
      lists.users = await readList(session, "config/auth/list", WireUser, "id");
    },
    services: async (session) => {
      lists.services = WireServices.parse(await session.request({ type: "get_services" }));
    },
    core_config: async (session) => {
      config = WireConfig.parse(await session.request({ type: "get_config" }));
    },
  };

  /** The registry's own event, and others that say the same list has changed. */
  const sources: Record<string, string> = {
    area_registry_updated: "area_registry",
    floor_registry_updated: "floor_registry",
    label_registry_updated: "label_registry",
    device_registry_updated: "device_registry",
    entity_registry_updated: "entity_registry",
    category_registry_updated: "category_registry",
    core_config_updated: "core_config",
    service_registered: "services",
    service_removed: "services",
    component_loaded: "config_entries",
    user_added: "users",
    user_removed: "users",
    user_updated: "users",
  };

  async function read(session: Session, name: string): Promise<void> {
    try {
      await readers[name]?.(session);
    } catch (error) {
      if (session.ended.aborted) throw error;
      // One list that a version does not know must not keep the rest of the house away.
      log.warn({ err: error, list: name }, "A registry could not be read; the last one is kept");
    }
  }

  function follower(session: Session): (name: string) => void {
    const stale = new Set<string>();
    let _cancel: (() => void) | undefined;
    const refresh = async () => {
      _cancel = undefined;
      const names = [...stale];
      stale.clear();
      await Promise.all(names.map((name) => read(session, name)));
      index();
      changed.publish();
    };
    return (name) => {
      stale.add(name);
      _cancel ??= clock.after(REFRESH_AFTER_MS, () => {
        refresh().catch((error: unknown) => log.debug({ err: error }, "Lost while refreshing"));
      });
    };
  }

  function noteRename(event: unknown): void {
    const parsed = EntityRegistryUpdated.safeParse(event).data?.data;
    if (!parsed?.old_entity_id) return;
    const entity = lists.entities.get(parsed.old_entity_id);
    if (!entity) return;
    lists.entities.delete(parsed.old_entity_id);
    lists.entities.set(parsed.entity_id, { ...entity, entity_id: parsed.entity_id });
    index();
    onRename({ registryId: entity.id, from: parsed.old_entity_id, to: parsed.entity_id });
  }

  return {
    get areas() {
      return lists.areas;
    },
    get floors() {
      return lists.floors;
    },
    get labels() {
      return lists.labels;
    },
    get devices() {
      return lists.devices;
    },
    get entities() {
      return lists.entities;
    },
    get configEntries() {
      return lists.configEntries;
    },
    get users() {
      return lists.users;
    },
    get categories() {
      return lists.categories;
    },
    get services() {
      return lists.services;
    },
    config: () => config,
    areaOf,
    deviceOf: (entityId) => {
      const id = lists.entities.get(entityId)?.device_id;
      return id ? lists.devices.get(id) : undefined;
    },
    entitiesOfDevice: (deviceId) => byDevice.get(deviceId) ?? [],
    entitiesOfArea: (areaId) => byArea.get(areaId) ?? [],
    isAdmin: (userId) => {
      const user = lists.users.get(userId);
      if (!user?.is_active) return false;
      return user.is_owner || user.group_ids.includes(ADMIN_GROUP);
    },
    async follow(session) {
      const refreshLater = follower(session);
      await Promise.all(
        Object.entries(sources).map(([eventType, name]) =>
          session.subscribe({ type: "subscribe_events", event_type: eventType }, (event) => {
            if (eventType === "entity_registry_updated") noteRename(event);
            refreshLater(name);
          }),
        ),
      );
      await Promise.all(Object.keys(readers).map((name) => read(session, name)));
      index();
      changed.publish();
    },
  };
}

async function readList<S extends z.ZodObject, K extends keyof z.output<S>>(
  session: Session,
  type: string,
  schema: S,
  key: K,
): Promise<Map<string, z.output<S>>> {
  const answer = z.array(schema).parse(await session.request({ type }));
  return new Map(answer.map((one) => [String(one[key]), one]));
}

function add(map: Map<string, string[]>, key: string, value: string): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
