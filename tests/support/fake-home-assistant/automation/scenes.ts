import type { Core } from "../model/core.ts";
import { HomeAssistantError } from "../model/home-assistant-error.ts";
import { freeId, slugify } from "../model/registry.ts";
import type { Context } from "../model/state-machine.ts";
import { toList } from "../model/targets.ts";
import type { Config } from "./automations.ts";
import { registerEntry } from "./register-entry.ts";

/** The scenes: their file and their entities. */
export interface Scenes {
  readonly file: Map<string, Config>;
  reload(): void;
}

export function createScenes(core: Core): Scenes {
  const { entities, registry, services, clock, states } = core;
  const file = new Map<string, Config>();
  const loaded = new Set<string>();

  function entityIdOf(id: string): string | undefined {
    for (const entry of registry.entities.values()) {
      if (entry.platform === "homeassistant" && entry.unique_id === id) return entry.entity_id;
    }
    return undefined;
  }

  function load(id: string, config: Config) {
    const name = String(config.name ?? id);
    const fixed = {
      entity_id: Object.keys(Object(config.entities)),
      id,
      friendly_name: name,
      ...(config.icon === undefined ? {} : { icon: config.icon }),
    };
    const known = entities.get(entityIdOf(id) ?? "");
    if (known !== undefined) {
      known.fixed = fixed;
      return entities.publish(known);
    }
    const entityId = freeId(`scene.${slugify(name)}`, (taken) => entities.get(taken) !== undefined);
    registerEntry(core, { entityId, platform: "homeassistant", uniqueId: id, name });
    entities.add({
      entityId,
      integration: "homeassistant",
      fixed,
      state: "unknown",
      moving: {},
      registered: true,
    });
  }

  function unload(id: string) {
    const entityId = entityIdOf(id);
    if (entityId === undefined) return;
    registry.entities.delete(entityId);
    registry.announce("entity", { action: "remove", entity_id: entityId });
    entities.remove(entityId);
  }

  function apply(wanted: Config, context: Context) {
    for (const [entityId, value] of Object.entries(wanted)) {
      const values: Config = typeof value === "object" && value !== null ? { ...value } : {};
      const state = String(values.state ?? value);
      const [domain = ""] = entityId.split(".");
      const data: Record<string, unknown> = { entity_id: entityId };
      if (domain === "light" && state === "on" && values.brightness !== undefined) {
        data.brightness = values.brightness;
      }
      const service = serviceFor(domain, state);
      if (service !== undefined) services.call(domain, service, data, { context });
    }
  }

  services.register("scene", "turn_on", {
    fields: { transition: "float" },
    target: ["scene"],
    run({ entities: targets, context }) {
      for (const { entityId } of targets) {
        const at = new Date(clock.now()).toISOString().replace("Z", "+00:00");
        entities.write(entityId, { state: at });
        const id = registry.entities.get(entityId)?.unique_id ?? "";
        apply(made.get(entityId) ?? Object(file.get(id)?.entities), context);
      }
    },
  });
  services.register("scene", "apply", {
    fields: { entities: "object!", transition: "float" },
    run: ({ data, context }) => apply(Object(data.entities), context),
  });

  /** Scenes that only live until the next start: their states by entity id. */
  const made = new Map<string, Config>();
  services.register("scene", "create", {
    fields: { scene_id: "string!", entities: "object", snapshot_entities: "any" },
    run({ data }) {
      const entityId = `scene.${String(data.scene_id)}`;
      const wanted: Record<string, unknown> = { ...Object(data.entities) };
      for (const one of toList(data.snapshot_entities ?? [])) {
        const state = states.get(one);
        if (state !== undefined) wanted[one] = { state: state.state, ...state.attributes };
      }
      made.set(entityId, wanted);
      if (entities.get(entityId) !== undefined) return;
      entities.add({
        entityId,
        integration: "homeassistant",
        fixed: { entity_id: Object.keys(wanted), friendly_name: String(data.scene_id) },
        state: "unknown",
        moving: {},
        registered: false,
      });
    },
  });
  services.register("scene", "delete", {
    fields: {},
    target: ["scene"],
    run({ entities: targets }) {
      for (const { entityId } of targets) {
        if (!made.delete(entityId)) {
          const text = `${entityId} is not dynamically created with scene.create service`;
          throw new HomeAssistantError("service_validation_error", `Validation error: ${text}`);
        }
        entities.remove(entityId);
      }
    },
  });

  return {
    file,
    reload() {
      for (const id of loaded) if (!file.has(id)) unload(id);
      loaded.clear();
      for (const [id, config] of file) {
        load(id, config);
        loaded.add(id);
      }
    },
  };
}

function serviceFor(domain: string, state: string): string | undefined {
  if (domain === "cover") return state === "open" ? "open_cover" : "close_cover";
  if (["light", "switch", "fan", "input_boolean"].includes(domain)) return `turn_${state}`;
  if (domain === "media_player") return state === "playing" ? "media_play" : "turn_off";
  return undefined;
}
