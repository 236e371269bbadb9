import type { Json, Scene } from "#home/automation/automation.ts";
import { canDo } from "#home/capability/capability.ts";
import type { HomeEntity, HomeSnapshot } from "#home/snapshot/snapshot.ts";
import { meantState, statesOf } from "./states.ts";
import type { Found } from "./subject.ts";

type Wanted = Scene["entities"][string];

/** What sets an attribute that a scene names; the others are what was read with it, and are never set. */
const SETS: Readonly<Record<string, { readonly action: string; readonly field: string }>> = {
  "light.brightness": { action: "light.turn_on", field: "brightness" },
  "light.color_temp_kelvin": { action: "light.turn_on", field: "color_temp_kelvin" },
  "light.rgb_color": { action: "light.turn_on", field: "rgb_color" },
  "light.effect": { action: "light.turn_on", field: "effect" },
  "fan.percentage": { action: "fan.set_percentage", field: "percentage" },
  "cover.current_position": { action: "cover.set_cover_position", field: "position" },
  "climate.temperature": { action: "climate.set_temperature", field: "temperature" },
  "media_player.volume_level": { action: "media_player.volume_set", field: "volume_level" },
};
const ALWAYS = new Set(["unknown", "unavailable"]);

/** States that an entity never has, and attributes that it cannot be given. */
export function findImpossibleInScene({ entities }: Scene, home: HomeSnapshot): Found[] {
  return Object.entries(entities).flatMap(([id, wanted]) => {
    const entity = home.entities.get(id);
    return entity ? [...ofState(entity, wanted, home), ...ofAttributes(entity, wanted, home)] : [];
  });
}

/** `on` and `off` come out of YAML as true and false. */
const stateText = (state: Json | undefined): string | undefined => {
  if (typeof state === "boolean") return state ? "on" : "off";
  return typeof state === "string" ? state : undefined;
};

function ofState(entity: HomeEntity, { state }: Wanted, home: HomeSnapshot): Found[] {
  const text = stateText(state);
  const states = statesOf(entity, home);
  if (text === undefined || !states || states.includes(text) || ALWAYS.has(text)) return [];
  const meant = meantState(text, { entity, states });
  const said = meant === undefined ? "" : `; it is called "${meant}"`;
  const message = `${entity.name} is never "${text}"${said}. Its states: ${states.slice(0, 8).join(", ")}.`;
  const path = ["entities", entity.entityId];
  const facts = { entity: entity.entityId, state: text };
  return [{ code: "never_that_state", severity: "error", path, message, facts }];
}

function ofAttributes(
  entity: HomeEntity,
  { state, attributes }: Wanted,
  home: HomeSnapshot,
): Found[] {
  if (stateText(state) === "off") return []; // nothing else is set then
  return Object.entries(attributes).flatMap(([name, value]) => {
    const set = SETS[`${entity.domain}.${name}`];
    if (!set || value === null) return [];
    const obstacles = canDo(entity, { action: set.action, data: { [set.field]: value }, home });
    return obstacles
      .filter(({ code }) => code !== "capability.unavailable")
      .map(
        ({ code, message }): Found => ({
          code: code.replace("capability.", "cannot_"),
          severity: code === "capability.field_unsupported" ? "warning" : "error",
          path: ["entities", entity.entityId, name],
          message,
          facts: { entity: entity.entityId },
        }),
      );
  });
}
