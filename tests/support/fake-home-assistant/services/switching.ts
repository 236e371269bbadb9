import type { Core } from "../model/core.ts";
import type { Entity } from "../model/entities.ts";
import type { Schema } from "../model/schema.ts";
import type { ServiceCall } from "../model/services.ts";

const LIGHT: Schema = {
  brightness: "int",
  brightness_pct: "float",
  brightness_step: "int",
  brightness_step_pct: "float",
  color_temp_kelvin: "int",
  rgb_color: "list",
  hs_color: "list",
  xy_color: "list",
  effect: "string",
  flash: "string",
  transition: "float",
};

/** Lights, switches, fans, input booleans, sirens: what is on or off. */
export function registerSwitching({ services, entities }: Core): void {
  const turn = (entity: Entity, on: boolean, data: ServiceCall["data"] = {}) => {
    if (entity.domain === "light") return turnLight(entity, on, data);
    entities.write(entity.entityId, { state: on ? "on" : "off" });
  };
  const turnLight = (entity: Entity, on: boolean, data: ServiceCall["data"]) => {
    const modes = entity.fixed.supported_color_modes;
    const mode = Array.isArray(modes) ? modes[0] : "onoff";
    if (!on) {
      const attributes: Record<string, unknown> = { color_mode: null };
      if (mode !== "onoff") attributes.brightness = null;
      if (mode === "color_temp") attributes.color_temp_kelvin = null;
      return entities.write(entity.entityId, { state: "off", attributes });
    }
    const attributes: Record<string, unknown> = { color_mode: mode };
    if (mode !== "onoff") {
      attributes.brightness = brightnessOf(data) ?? entity.moving.brightness ?? 255;
    }
    if (mode === "color_temp") {
      attributes.color_temp_kelvin =
        data.color_temp_kelvin ?? entity.moving.color_temp_kelvin ?? 2700;
    }
    entities.write(entity.entityId, { state: "on", attributes });
  };
  const each = (act: (entity: Entity, call: ServiceCall) => void) => (call: ServiceCall) => {
    for (const entity of call.entities) act(entity, call);
  };

  for (const domain of ["light", "switch", "fan", "input_boolean", "siren", "homeassistant"]) {
    const isGeneral = domain === "homeassistant";
    const target = isGeneral ? ["light", "switch", "fan", "input_boolean", "siren"] : [domain];
    const extra: Schema = domain === "light" ? LIGHT : {};
    const fanSpeed: Schema = domain === "fan" ? { percentage: "int", preset_mode: "string" } : {};
    services.register(domain, "turn_on", {
      fields: { ...extra, ...fanSpeed },
      target,
      open: isGeneral,
      run: each((entity, { data }) => turn(entity, true, data)),
    });
    services.register(domain, "turn_off", {
      fields: domain === "light" ? { transition: "float", flash: "string" } : {},
      target,
      run: each((entity) => turn(entity, false)),
    });
    services.register(domain, "toggle", {
      fields: extra,
      target,
      run: each((entity, { data }) => turn(entity, entity.state !== "on", data)),
    });
  }
  services.register("fan", "set_percentage", {
    fields: { percentage: "int!" },
    target: ["fan"],
    run: each((entity, { data }) => {
      const percentage = Number(data.percentage);
      const state = percentage > 0 ? "on" : "off";
      entities.write(entity.entityId, { state, attributes: { percentage } });
    }),
  });
}

function brightnessOf(data: ServiceCall["data"]): number | undefined {
  if (data.brightness !== undefined) return Number(data.brightness);
  if (data.brightness_pct === undefined) return undefined;
  return Math.round((Number(data.brightness_pct) * 255) / 100);
}
