import type { ActionCommon, CallAction } from "./action.ts";
import { isEntityId } from "./entity-id.ts";
import { type Fields, kindOf } from "./fields.ts";
import type { Fix } from "./problem.ts";
import { readMetadata } from "./read-action-plain.ts";
import { readCallIds } from "./read-entity.ts";
import { checkTemplate, readMap } from "./read-json.ts";
import { readTarget, withEntitiesBeside } from "./read-target.ts";
import { readStrictText, readText } from "./read-text.ts";
import { type At, given, type Reading, replaceBy } from "./reading.ts";
import { nearest } from "./spelling.ts";
import { isTagged, isTemplateText, type JsonMap, type Template, tagText } from "./value.ts";
import { isBefore } from "./version.ts";

/** A call: `action` (or `service`, `service_template`) with target and data, in every form of its history. */
export function readCall(r: Reading, fields: Fields, common: ActionCommon): CallAction {
  fields.atMostOne("action", "service");
  fields.atMostOne(fields.has("action") ? "action" : "service", "service_template");
  if (fields.has("action") && isBefore(r.options.haVersion, "2024.8")) {
    r.error([...fields.path, "action"], "too_new", "Before Home Assistant 2024.8 it is `service`.");
  }
  const key =
    ["action", "service", "service_template"].find((each) => fields.has(each)) ?? "action";
  const action = fields.pick(key, readActionName(domainOf(fields))) ?? "";
  const ids = fields.pick("entity_id", readCallIds(false));
  const inTarget = fields.pick("target", readTarget);
  const target = ids ? withEntitiesBeside(inTarget, ids) : inTarget;
  return given({
    ...common,
    kind: "call" as const,
    action,
    target,
    ...readData(r, fields),
    responseVariable: fields.pick("response_variable", readStrictText),
    metadata: fields.pick("metadata", readMetadata),
  });
}

const OF_CALL = ["action", "target", "data", "enabled", "alias", "metadata", "response_variable"];
const OF_TARGET = ["area_id", "device_id", "floor_id", "label_id"];

/** What people write beside a call belongs into its data or its target, unless it is a key misspelt. */
export function moveInCall(fields: Fields, key: string, { value, path }: At): Fix | undefined {
  if (key !== "domain" && nearest(key, OF_CALL)) return undefined;
  if (["entities", "entity"].includes(key)) return undefined;
  const into = OF_TARGET.includes(key) ? "target" : "data";
  return {
    words: `Put it under \`${into}\``,
    edits: [
      { path, remove: true },
      { path: [...fields.path, into, key], value },
    ],
    score: 0.9,
  };
}

/** `data` and the older `data_template`, which goes over it. Each may be one template as a whole. */
function readData(r: Reading, fields: Fields): { data?: JsonMap; dataTemplate?: string } {
  const given = [fields.pick("data", readCallData), fields.pick("data_template", readCallData)];
  if (fields.has("data") && fields.has("data_template")) {
    r.hint([...fields.path, "data_template"], "two_data", "Templates may stand in `data` itself.");
  }
  const maps = given.filter((each) => typeof each === "object");
  const dataTemplate = given.findLast((each) => typeof each === "string");
  return {
    ...(maps.length > 0 && { data: Object.assign({}, ...maps) as JsonMap }), // of maps a map
    ...(dataTemplate !== undefined && { dataTemplate }),
  };
}

function readCallData(r: Reading, at: At): JsonMap | string | undefined {
  const { value, path } = at;
  if (isTagged(value) && value.tag !== "!input") return tagText(value);
  if (["string", "number", "boolean"].includes(typeof value)) {
    const template = readText(r, at) ?? "";
    checkTemplate(r, { value: template, path });
    return template;
  }
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return readMap(r, at);
  const empty = value === null || (Array.isArray(value) && value.length === 0);
  r.error(
    path,
    "not_a_mapping",
    `\`${String(path.at(-1))}\` must be a set of keys or a template, not ${kindOf(value)}.`,
    {
      ...(empty && { fix: replaceBy(path, {}) }),
      ...(!empty && Array.isArray(value) && { fix: fromList(path, value) }),
    },
  );
  return undefined;
}

/** A list of sets of keys was meant as one set. */
function fromList(path: At["path"], list: readonly unknown[]) {
  const merged = Object.assign({}, ...list.filter((item) => typeof item === "object"));
  return replaceBy(path, merged, 0.8);
}

/** `domain.name`; capitals are made small. */
const readActionName =
  (domain: string | undefined) =>
  (r: Reading, at: At): string | Template | undefined => {
    const text = readText(r, at);
    if (text === undefined) return undefined;
    if (isTemplateText(text)) {
      checkTemplate(r, { value: text, path: at.path });
      return { template: text };
    }
    const small = text.toLowerCase();
    if (isEntityId(small)) {
      if (small !== text)
        r.hint(at.path, "capitals", `Home Assistant reads \`${text}\` as \`${small}\`.`);
      return small;
    }
    if (isTagged(at.value)) return text;
    const near =
      nearName(small) ??
      (domain && isEntityId(`${domain}.${small}`) ? `${domain}.${small}` : undefined);
    r.error(
      at.path,
      "invalid_action_name",
      `\`${text}\` is no action: it is \`domain.name\`, as in \`light.turn_on\`.`,
      {
        facts: { name: text },
        ...(near !== undefined && { fix: replaceBy(at.path, near, 0.9) }),
      },
    );
    return undefined;
  };

/** The domain of all entities that a call is aimed at, when it is one. */
function domainOf(fields: Fields): string | undefined {
  const inside = (key: string) => {
    const value = fields.peek(key);
    return typeof value === "object" && value !== null && "entity_id" in value
      ? value.entity_id
      : undefined;
  };
  const ids = [inside("target"), fields.peek("entity_id"), inside("data")].flat();
  const domains = new Set(ids.filter((id) => typeof id === "string").map((id) => id.split(".")[0]));
  const [only] = domains;
  return domains.size === 1 ? only?.toLowerCase() : undefined;
}

/** `light turn on`, `light/turn-on`, `light.turn on` as they would be written right. */
function nearName(text: string): string | undefined {
  const [domain, ...rest] = text.trim().split(/[\s./:-]+/);
  const name = `${domain}.${rest.join("_")}`;
  return rest.length > 0 && isEntityId(name) ? name : undefined;
}
