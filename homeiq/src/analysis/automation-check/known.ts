import { isTemplateText } from "#home/automation/automation.ts";
import type { HomePlace, HomeSnapshot } from "#home/snapshot/snapshot.ts";
import type { Place } from "./places.ts";
import { fold } from "./similarity.ts";

const ALWAYS = new Set(["sun.sun", "zone.home", "group.all_lights", "group.all_switches"]);

/** Entities that need no registry: those of Home Assistant itself and those the configuration makes. */
export function knownEntities(raw: unknown, home: HomeSnapshot): (entityId: string) => boolean {
  const made = madeScenes(raw);
  return (id) =>
    home.entities.has(id) ||
    ALWAYS.has(id) ||
    made.has(id) ||
    (made.has("*") && id.startsWith("scene."));
}

/** `scene.create` anywhere before or after: order is not judged. `*`: a template names it. */
function madeScenes(value: unknown, found = new Set<string>()): Set<string> {
  if (Array.isArray(value)) {
    for (const item of value) madeScenes(item, found);
  } else if (typeof value === "object" && value !== null) {
    const map = value as Readonly<Record<string, unknown>>; // checked to be an object above
    if (map.action === "scene.create" || map.service === "scene.create") {
      const data = (map.data ?? map.data_template ?? {}) as Readonly<Record<string, unknown>>; // any map
      const id = data.scene_id;
      if (typeof id === "string") found.add(isTemplateText(id) ? "*" : `scene.${id}`);
    }
    for (const item of Object.values(map)) madeScenes(item, found);
  }
  return found;
}

/**
 * Functions of templates take a name as well as an id, and many of them an area or a device alike: what any of them
 * may mean is known.
 */
export function isKnownByName({ id }: Pick<Place, "id">, home: HomeSnapshot): boolean {
  const wanted = fold(id).replaceAll(" ", "");
  const isIt = (text: string) => text === id || fold(text).replaceAll(" ", "") === wanted;
  const isPlace = (one: HomePlace) => [one.id, one.name, ...one.aliases].some(isIt);
  return (
    [home.areas, home.floors, home.labels].some((list) => [...list.values()].some(isPlace)) ||
    [...home.devices.values()].some((one) => isIt(one.id) || isIt(one.name))
  );
}

/** A text of a template that looks like an id, and is one only if the house once had such an entity. */
export const isOnlyText = ({ maybe, id }: Place, home: HomeSnapshot): boolean =>
  maybe === true && home.former(id) === undefined;

export const isInTemplate = ({ form }: Place): boolean =>
  form === "in_template" || form === "printed_by_template";
