import { eachOf, kindOf, openFields } from "./fields.ts";
import { readCallIds, readEntityIds, readPlainEntityIds } from "./read-entity.ts";
import { readPlainMap } from "./read-json.ts";
import { readStrictText, readTemplateText } from "./read-text.ts";
import type { At, Reading } from "./reading.ts";
import {
  isTagged,
  isTemplateText,
  type JsonMap,
  type Target,
  type Template,
  tagText,
} from "./value.ts";

type Ids = readonly (string | Template)[];

const NO_IDS: Target = { entityIds: [], deviceIds: [], areaIds: [], floorIds: [], labelIds: [] };

/** What a call is aimed at. Ids may be templates; the whole may be one. */
export function readTarget(r: Reading, at: At): Target | undefined {
  const { value } = at;
  if (isTagged(value) && value.tag !== "!input") return { ...NO_IDS, template: tagText(value) };
  if (typeof value === "string") {
    const template = readDynamicTemplate(r, at);
    return template === undefined ? undefined : { ...NO_IDS, template };
  }
  return readKeys(r, at, { entities: readCallEntities, ids: readTemplatedIds });
}

/** What a purpose-specific trigger or condition is aimed at: no templates, small letters only. */
export function readPlainTarget(r: Reading, at: At): Target | undefined {
  return readKeys(r, at, { entities: readStrictEntities, ids: readStrictIds });
}

function readKeys(
  r: Reading,
  at: At,
  { entities, ids }: { entities: (r: Reading, at: At) => Ids; ids: (r: Reading, at: At) => Ids },
): Target | undefined {
  const fields = openFields(r, at, "a target");
  if (!fields) return undefined;
  const target = {
    entityIds: fields.pick("entity_id", entities) ?? [],
    deviceIds: fields.pick("device_id", ids) ?? [],
    areaIds: fields.pick("area_id", ids) ?? [],
    floorIds: fields.pick("floor_id", ids) ?? [],
    labelIds: fields.pick("label_id", ids) ?? [],
  };
  const exclude = fields.pick("exclude", (_r, exclude) => readExclude(r, exclude, entities));
  fields.close();
  if (exclude && Object.values(target).every((some) => some.length === 0)) {
    r.error(
      [...fields.path, "exclude"],
      "missing_key",
      "A target that excludes needs something to exclude from.",
    );
  }
  return exclude ? { ...target, exclude } : target;
}

/** What is left out of it: the same keys, without templates. */
function readExclude(
  r: Reading,
  at: At,
  entities: (r: Reading, at: At) => Ids,
): JsonMap | undefined {
  const fields = openFields(r, at, "what a target excludes");
  if (!fields) return undefined;
  fields.pick("entity_id", (_r, ids) => (isLoose(ids) ? entities : readStrictEntities)(r, ids));
  for (const key of ["device_id", "area_id", "floor_id", "label_id"]) {
    fields.pick(key, readStrictIds);
  }
  fields.close();
  return readPlainMap(r, at);
}

/** Where a call takes more than ids: a list, or a template. */
const isLoose = ({ value }: At) =>
  Array.isArray(value) || (typeof value === "string" && isTemplateText(value));

function readDynamicTemplate(r: Reading, at: At): string | undefined {
  const text = readTemplateText(r, at);
  if (text === undefined || isTemplateText(text)) return text;
  r.error(
    at.path,
    "not_a_mapping",
    `A target is a set of keys such as \`entity_id\`, or a template; \`${text}\` is neither.`,
    {
      fix: {
        words: "Put it under `entity_id`",
        edits: [{ path: at.path, value: { entity_id: text } }],
        score: 0.9,
      },
    },
  );
  return undefined;
}

/** A list may hold templates among ids, and then Home Assistant looks at it only when it runs. */
function readCallEntities(r: Reading, at: At): Ids {
  const { value } = at;
  if (typeof value === "string" && isTemplateText(value)) {
    readTemplateText(r, at);
    return [{ template: value }];
  }
  if (!Array.isArray(value)) return readCallIds(true)(r, at) ?? [];
  return value.flatMap((item: unknown, index): Ids => {
    const each = { value: item, path: [...at.path, index] };
    if (typeof item === "string" && isTemplateText(item)) return readCallEntities(r, each);
    if (typeof item === "string") return readEntityIds(asWarnings(r), each) ?? [item];
    if (isTagged(item) && item.tag !== "!input") return [tagText(item)];
    r.warn(each.path, "invalid_entity_id", `An entity id must be text, not ${kindOf(item)}.`);
    return [JSON.stringify(item)];
  });
}

/** Home Assistant accepts it now and fails when it runs. */
const asWarnings = (r: Reading): Reading => ({ ...r, error: r.warn });

function readTemplatedIds(r: Reading, at: At): Ids {
  return eachOf(at).flatMap((each): Ids => {
    const text = readStrictText(r, each);
    if (text === undefined) return [];
    if (!isTemplateText(text)) return [text];
    readTemplateText(asWarnings(r), each); // a broken one is taken for the name of an area
    return [{ template: text }];
  });
}

function readStrictIds(r: Reading, at: At): Ids {
  return eachOf(at).flatMap((each) => readStrictText(r, each) ?? []);
}

function readStrictEntities(r: Reading, at: At): Ids {
  return eachOf(at).flatMap((each) => {
    const { value } = each;
    if (typeof value !== "string" && !isTagged(value)) {
      r.error(each.path, "invalid_entity_id", `An entity id must be text, not ${kindOf(value)}.`);
      return [];
    }
    if (typeof value === "string" && value.toLowerCase() !== value) {
      const message = `\`${value}\` must be in small letters here.`;
      r.error(each.path, "invalid_entity_id", message, {
        fix: {
          words: "Write it in small letters",
          edits: [{ path: each.path, value: value.toLowerCase() }],
        },
      });
      return [];
    }
    if (typeof value === "string" && value.includes(",")) {
      r.error(each.path, "invalid_entity_id", "Write several entities as a list here.", {
        fix: {
          words: "Make it a list",
          edits: [{ path: each.path, value: value.split(",").map((id) => id.trim()) }],
        },
      });
      return [];
    }
    return readPlainEntityIds(r, each) ?? [];
  });
}

/** The target of old: `entity_id` beside the call. It goes before the target's own. */
export function withEntitiesBeside(target: Target | undefined, ids: readonly string[]): Target {
  return { ...(target ?? NO_IDS), entityIds: ids };
}
