import type { Core } from "../model/core.ts";

/** One message on the frontend's bell. */
export interface Notification {
  readonly notification_id: string;
  readonly title: string | null;
  readonly message: string;
  readonly created_at: string;
}

/** One message on a phone with Home Assistant's app. */
export interface PhoneMessage {
  readonly title?: string;
  readonly message: string;
  readonly tag?: string;
  readonly actions: readonly { readonly action: string; readonly title: string }[];
}

/** The messages on the bell and on phones, and who watches them. */
export interface Notifications {
  readonly current: Map<string, Notification>;
  /** What each phone shows, the oldest first, by the name of its action: `mobile_app_anna_s_phone`. */
  readonly phones: ReadonlyMap<string, PhoneMessage[]>;
  onChange(
    listener: (type: "added" | "updated" | "removed", notification: Notification) => void,
  ): () => void;
}

/** Registers notifications, and services that only speak. */
export function registerNotifying({ services, clock, random, bus, registry }: Core): Notifications {
  const current = new Map<string, Notification>();
  const phones = new Map<string, PhoneMessage[]>();
  type Listener = Parameters<Notifications["onChange"]>[0];
  const listeners = new Set<Listener>();
  const tell: Listener = (type, notification) => {
    for (const listener of listeners) listener(type, notification);
  };
  const dismiss = (id: string) => {
    const known = current.get(id);
    if (known !== undefined && current.delete(id)) tell("removed", known);
  };

  services.register("persistent_notification", "create", {
    fields: { message: "string!", title: "string", notification_id: "string" },
    run({ data }) {
      const id = String(data.notification_id ?? random.hex(16));
      const title = data.title === undefined ? null : String(data.title);
      const type = current.has(id) ? "updated" : "added";
      const notification = {
        notification_id: id,
        title,
        message: String(data.message),
        created_at: new Date(clock.now()).toISOString().replace("Z", "+00:00"),
      };
      current.set(id, notification);
      tell(type, notification);
    },
  });
  services.register("persistent_notification", "dismiss", {
    fields: { notification_id: "string!" },
    run: ({ data }) => dismiss(String(data.notification_id)),
  });
  services.register("persistent_notification", "dismiss_all", {
    fields: {},
    run() {
      for (const id of [...current.keys()]) dismiss(id);
    },
  });
  const message = { message: "string!", title: "string", data: "object", target: "any" } as const;
  services.register("notify", "notify", { fields: message, run: () => undefined });
  for (const device of registry.devices.values()) {
    if (device.identifiers[0]?.[0] !== "mobile_app") continue;
    const name = device.name.toLowerCase().replace(/[^a-z0-9]+/gu, "_");
    const shown: PhoneMessage[] = [];
    phones.set(`mobile_app_${name}`, shown);
    services.register("notify", `mobile_app_${name}`, {
      fields: message,
      run: ({ data }) => showOnPhone(shown, data),
    });
  }
  services.register("logbook", "log", {
    fields: { name: "string!", message: "string!", entity_id: "string", domain: "string" },
    run: ({ data, context }) => void bus.fire("logbook_entry", data, { context }),
  });
  for (const [domain, service] of [
    ["system_log", "clear"],
    ["recorder", "purge"],
    ["homeassistant", "check_config"],
    ["homeassistant", "save_persistent_states"],
  ] as const) {
    services.register(domain, service, { fields: {}, open: true, run: () => undefined });
  }
  return {
    current,
    phones,
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** As the app does: the same tag replaces, and `clear_notification` takes away. */
function showOnPhone(shown: PhoneMessage[], data: Readonly<Record<string, unknown>>): void {
  const extra = (data.data ?? {}) as { tag?: string; actions?: PhoneMessage["actions"] };
  const before = shown.findIndex(({ tag }) => tag !== undefined && tag === extra.tag);
  if (before >= 0) shown.splice(before, 1);
  if (data.message === "clear_notification") return;
  shown.push({
    message: String(data.message),
    actions: extra.actions ?? [],
    ...(data.title === undefined ? {} : { title: String(data.title) }),
    ...(extra.tag === undefined ? {} : { tag: extra.tag }),
  });
}
