import type { Bus } from "./bus.ts";
import type {
  AreaEntry,
  CategoryEntry,
  ConfigEntry,
  DeviceEntry,
  EntityEntry,
  FloorEntry,
  IssueEntry,
  LabelEntry,
  UserEntry,
} from "./registry-entries.ts";

/** Everything Home Assistant knows about the home that is not a state. */
export interface Registry {
  readonly areas: Map<string, AreaEntry>;
  readonly floors: Map<string, FloorEntry>;
  readonly labels: Map<string, LabelEntry>;
  /** Scope, then category id. */
  readonly categories: Map<string, Map<string, CategoryEntry>>;
  readonly devices: Map<string, DeviceEntry>;
  /** By entity id. */
  readonly entities: Map<string, EntityEntry>;
  readonly configEntries: Map<string, ConfigEntry>;
  readonly users: Map<string, UserEntry>;
  readonly issues: Map<string, IssueEntry>;
  /** Says that an entry was made, changed or removed, as `<kind>_registry_updated`. */
  announce(kind: RegistryKind, data: Readonly<Record<string, unknown>>): void;
  /** Moves a config entry to another state, and says so to those who subscribed. */
  moveEntry(entry: ConfigEntry, state: ConfigEntry["state"]): void;
  onEntryMoved(listener: (entry: ConfigEntry) => void): () => void;
  /** The area an entity is in: its own, else its device's, else the parent device's. */
  areaOf(entityId: string): string | undefined;
}

export type RegistryKind = "area" | "floor" | "label" | "category" | "device" | "entity";

export function createRegistry({ bus }: { bus: Bus }): Registry {
  const devices = new Map<string, DeviceEntry>();
  const entities = new Map<string, EntityEntry>();
  const movedListeners = new Set<(entry: ConfigEntry) => void>();
  return {
    areas: new Map(),
    floors: new Map(),
    labels: new Map(),
    categories: new Map(),
    devices,
    entities,
    configEntries: new Map(),
    users: new Map(),
    issues: new Map(),
    announce(kind, data) {
      bus.fire(`${kind}_registry_updated`, data);
    },
    moveEntry(entry, state) {
      entry.state = state;
      for (const listener of movedListeners) listener(entry);
    },
    onEntryMoved(listener) {
      movedListeners.add(listener);
      return () => movedListeners.delete(listener);
    },
    areaOf(entityId) {
      const entry = entities.get(entityId);
      if (entry === undefined) return undefined;
      const device = devices.get(entry.device_id ?? "");
      const parent = devices.get(device?.parent_device_id ?? "");
      return entry.area_id ?? device?.area_id ?? parent?.area_id ?? undefined;
    },
  };
}

/** `Küche oben` becomes `kueche_oben`. */
export function slugify(text: string): string {
  const slug = text
    .toLowerCase()
    .replaceAll("ä", "ae")
    .replaceAll("ö", "oe")
    .replaceAll("ü", "ue")
    .replaceAll("ß", "ss")
    .normalize("NFD")
    .replace(/[\u0300-\u036f]/gu, "")
    .replace(/[^a-z0-9]+/gu, "_")
    .replace(/^_+|_+$/gu, "");
  return slug === "" ? "unknown" : slug;
}

/** The first of `wanted`, `wanted_2`, `wanted_3` … that is not taken. */
export function freeId(wanted: string, isTaken: (id: string) => boolean): string {
  if (!isTaken(wanted)) return wanted;
  let suffix = 2;
  while (isTaken(`${wanted}_${suffix}`)) suffix += 1;
  return `${wanted}_${suffix}`;
}
