import { kindOf } from "./fields.ts";
import { toFloat } from "./read-number.ts";
import { readText } from "./read-text.ts";
import { type At, type Reading, replaceBy } from "./reading.ts";
import { type Bound, isTagged, isTemplateText, tagText } from "./value.ts";

const ENTITY_ID = /^(?!.+__)(?!_)[\da-z_]+(?<!_)\.(?!_)[\da-z_]+(?<!_)$/;
const REGISTRY_ID = /^[0-9a-f]{32}$/;

/** Whether this is `domain.name` in small letters, digits and underscores, as Home Assistant wants it. */
export const isEntityId = (text: string): boolean => ENTITY_ID.test(text);
/** Whether this is the registry's own id of an entity or a device: 32 hexadecimal digits. */
export const isRegistryId = (text: string): boolean => REGISTRY_ID.test(text);

const TAGGED = /^!\w+ /;

/** One entity id; capitals are made small. */
export function readEntityId(r: Reading, at: At): string | undefined {
  const text = readText(r, at);
  return text === undefined ? undefined : checkEntityId(r, text, { ...at, uuid: false });
}

/** One, several separated by commas, or a list. A registry id stays as it is. */
export function readEntityIds(r: Reading, at: At): string[] | undefined {
  return readIds(r, at, true);
}

/** The same without registry ids. */
export function readPlainEntityIds(r: Reading, at: At): string[] | undefined {
  return readIds(r, at, false);
}

/** Of a call, where `all` and `none` are words of their own. */
export const readCallIds =
  (uuid: boolean) =>
  (r: Reading, at: At): string[] | undefined => {
    const word = typeof at.value === "string" ? at.value.toLowerCase() : undefined;
    return word === "all" || word === "none" ? [word] : readIds(r, at, uuid);
  };

function readIds(r: Reading, at: At, uuid: boolean): string[] | undefined {
  const { value, path } = at;
  if (isTagged(value) && value.tag !== "!input") return [tagText(value)];
  if (typeof value === "string") {
    const ids = value.split(",").map((id) => checkEntityId(r, id.trim(), { path, uuid }));
    return present(ids);
  }
  if (Array.isArray(value)) {
    const ids = value.map((item: unknown, index) => {
      const each = { value: item, path: [...path, index] };
      const text = readText(r, each);
      return text === undefined ? undefined : checkEntityId(r, text, { path: each.path, uuid });
    });
    return present(ids);
  }
  if (isKeys(value)) {
    const inside = "entity_id" in value ? value.entity_id : undefined;
    r.error(path, "invalid_entity_id", "Entity ids must be text or a list, not a set of keys.", {
      ...(inside !== undefined && { fix: replaceBy(path, inside, 0.9) }),
    });
    return undefined;
  }
  r.error(path, "invalid_entity_id", `Entity ids must be text or a list, not ${kindOf(value)}.`);
  return undefined;
}

const isKeys = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function present(ids: readonly (string | undefined)[]): string[] | undefined {
  const found = ids.filter((id) => id !== undefined);
  return found.length === ids.length ? found : undefined;
}

function checkEntityId(
  r: Reading,
  text: string,
  { path, uuid }: { path: At["path"]; uuid: boolean },
): string | undefined {
  const small = text.toLowerCase();
  if (isEntityId(small)) return noteCapitals(r, { text, small, path });
  if (uuid && isRegistryId(text)) return text;
  if (TAGGED.test(text)) return text;
  if (isTemplateText(text)) {
    r.error(
      path,
      "invalid_entity_id",
      `A template cannot stand here: an entity id is needed, not \`${text}\`.`,
    );
    return undefined;
  }
  const near = nearEntityId(small);
  r.error(
    path,
    "invalid_entity_id",
    `\`${text}\` is not an entity id: small letters, digits and underscores, as in \`light.kitchen\`.`,
    {
      ...(near !== undefined && { fix: replaceBy(path, near, 0.7) }),
      facts: { id: text },
    },
  );
  return undefined;
}

function noteCapitals(
  r: Reading,
  { text, small, path }: { text: string; small: string; path: At["path"] },
): string {
  if (text !== small) {
    r.hint(path, "capitals", `Home Assistant reads \`${text}\` as \`${small}\`.`);
  }
  return small;
}

/** `light.kitchen-lamp` and `Light.Kitchen Lamp` as they would be written right. */
function nearEntityId(text: string): string | undefined {
  const [domain = "", ...names] = text.trim().split(".");
  const slug = (part: string) => part.replaceAll(/[^\da-z]+/g, "_").replaceAll(/^_+|_+$/g, "");
  const id = `${slug(domain)}.${slug(names.join("_"))}`;
  return names.length > 0 && isEntityId(id) ? id : undefined;
}

/** Exactly one entity of one of these domains. */
export const readEntityOf =
  (...domains: string[]) =>
  (r: Reading, at: At): string | undefined => {
    const ids = readIds(r, at, false);
    if (!ids) return undefined;
    const [id] = ids;
    if (id === undefined || ids.length > 1) {
      r.error(at.path, "one_entity", `Exactly one entity is needed here, not ${ids.length}.`);
      return undefined;
    }
    if (TAGGED.test(id) || domains.includes(id.split(".")[0] ?? "")) return id;
    r.error(at.path, "wrong_domain", `\`${id}\` is no ${domains.join(" or ")}.`);
    return undefined;
  };

const readBoundEntity = readEntityOf("input_number", "number", "sensor", "zone");

/** `above`, `below`: a number, or an entity that holds one. */
export function readBound(r: Reading, at: At): Bound | undefined {
  const number = toFloat(at.value);
  if (number !== undefined) return number;
  if (typeof at.value === "string" && !isEntityId(at.value.toLowerCase().trim())) {
    const what = isTemplateText(at.value)
      ? "a template is not allowed here"
      : `\`${at.value}\` is neither`;
    r.error(
      at.path,
      "not_a_number",
      `\`${String(at.path.at(-1))}\` must be a number or an entity that holds one; ${what}.`,
    );
    return undefined;
  }
  if (typeof at.value !== "string" && !isTagged(at.value)) {
    r.error(
      at.path,
      "not_a_number",
      `\`${String(at.path.at(-1))}\` must be a number or an entity, not ${kindOf(at.value)}.`,
    );
    return undefined;
  }
  const entityId = readBoundEntity(r, at);
  return entityId === undefined ? undefined : { entityId };
}
