import { type Edit, isRegistryId, isTemplateText, type Path } from "#home/automation/automation.ts";
import { type Mention, namesInTemplate, renameInTemplate } from "#home/template/template.ts";

export type PlaceKind =
  | "entity"
  | "device"
  | "area"
  | "floor"
  | "label"
  | "action"
  | "event"
  | "trigger_key";

/** Where a configuration names something of the house. */
export interface Place {
  readonly kind: PlaceKind;
  /** As it is written there. */
  readonly id: string;
  readonly path: Path;
  readonly form: "value" | "key" | "in_list_text" | "in_template" | "printed_by_template";
  /** A text of a template that may be something else: it counts where the house once had an entity of that id. */
  readonly maybe?: true;
  /** The action whose target or data it is in. */
  readonly action?: string;
  /** What stands there. */
  readonly text: string;
}

type Raw = Readonly<Record<string, unknown>>;
interface Context {
  readonly path: Path;
  readonly action?: string;
}

const BY_KEY: Readonly<Record<string, PlaceKind>> = {
  entity_id: "entity",
  snapshot_entities: "entity",
  zone: "entity",
  scene: "entity",
  device_id: "device",
  area_id: "area",
  floor_id: "floor",
  label_id: "label",
  event_type: "event",
};
const WORDS = new Set(["all", "none", ""]);
const TAGGED = /^!\w+ /;
const ENTITY_ID = /^[a-z0-9_]+\.[a-z0-9_]+$/;
const NOT_READ = new Set(["alias", "description", "id", "message", "title", "metadata"]);

/** What is given to an action or an event is its own language: a phone's button has an `action` as well. */
const HANDED_ON = new Set(["data", "data_template", "event_data", "variables", "input"]);

const isMap = (value: unknown): value is Raw =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Everything of the house that the configuration names, with the place; also in what Home Assistant would refuse. */
export function placesOf(raw: unknown): Place[] {
  const found: Place[] = [];
  visit(raw, { path: [] }, found);
  return found;
}

function visit(value: unknown, context: Context, found: Place[]): void {
  if (typeof value === "string") addTemplate(value, context, found);
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) {
      visit(item, { ...context, path: [...context.path, index] }, found);
    }
    return;
  }
  if (!isMap(value)) return;
  const action = actionOf(value) ?? context.action;
  for (const [key, item] of Object.entries(value)) {
    const at = { path: [...context.path, key], ...(action !== undefined && { action }) };
    if (
      key === "id" ||
      (NOT_READ.has(key) && !(typeof item === "string" && isTemplateText(item)))
    ) {
      continue;
    }
    const kind = BY_KEY[key];
    if (kind) addIds(kind, item, at, found);
    else if (key === "entities") addEntities(item, at, found);
    else if ((key === "service" || key === "action") && typeof item === "string") {
      addAction(item, at, found);
    } else if (["above", "below", "at", "input"].includes(key)) addBounds(item, at, found);
    else visit(item, at, found);
  }
}

function actionOf(value: Raw): string | undefined {
  const action = value.action ?? value.service;
  return typeof action === "string" ? action : undefined;
}

function addIds(kind: PlaceKind, value: unknown, context: Context, found: Place[]): void {
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) {
      addIds(kind, item, { ...context, path: [...context.path, index] }, found);
    }
    return;
  }
  if (typeof value === "string" && isTemplateText(value)) {
    addTemplate(value, context, found, kind);
    return;
  }
  if (typeof value !== "string") {
    visit(value, context, found);
    return;
  }
  const ids = kind === "entity" ? value.split(",") : [value];
  for (const id of ids.map((one) => one.trim())) {
    if (WORDS.has(id) || TAGGED.test(id) || (kind === "entity" && isRegistryId(id))) continue;
    found.push({
      kind,
      id,
      form: ids.length > 1 ? "in_list_text" : "value",
      text: value,
      ...context,
    });
  }
}

/** Of a scene or of `scene.create`: by entity; of a group: a list. */
function addEntities(value: unknown, context: Context, found: Place[]): void {
  if (!isMap(value)) {
    addIds("entity", value, context, found);
    return;
  }
  for (const [key, item] of Object.entries(value)) {
    const at = { ...context, path: [...context.path, key] };
    found.push({ kind: "entity", id: key, form: "key", text: key, ...at });
    visit(item, at, found);
  }
}

function addAction(value: string, context: Context, found: Place[]): void {
  if (isTemplateText(value)) addTemplate(value, context, found);
  else if (context.path.some((step) => HANDED_ON.has(String(step)))) return;
  else found.push({ kind: "action", id: value.trim(), form: "value", text: value, ...context });
}

/** Bounds, moments and inputs of blueprints: entities among other things. */
function addBounds(value: unknown, context: Context, found: Place[]): void {
  if (typeof value === "string" && ENTITY_ID.test(value)) {
    found.push({ kind: "entity", id: value, form: "value", text: value, ...context });
    return;
  }
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) {
      addBounds(item, { ...context, path: [...context.path, index] }, found);
    }
    return;
  }
  if (isMap(value) && context.path.at(-1) === "input") {
    for (const [key, item] of Object.entries(value)) {
      addBounds(item, { ...context, path: [...context.path, key] }, found);
    }
    return;
  }
  visit(value, context, found);
}

/** `printed`: what is meant by what the template prints as a whole. */
function addTemplate(value: string, context: Context, found: Place[], printed?: PlaceKind): void {
  if (!isTemplateText(value)) return;
  const names = namesInTemplate(value);
  const told = new Set<string>();
  const add = (one: Pick<Place, "kind" | "id" | "form" | "maybe">) => {
    const key = `${one.kind} ${one.id}`;
    if (told.has(key)) return;
    told.add(key);
    found.push({ ...one, text: value, ...context });
  };
  for (const { kind, id } of names.mentions) add({ kind, id, form: "in_template" });
  for (const { id } of printed ? names.printed.filter(isNamed(printed)) : []) {
    add({ kind: printed ?? "entity", id, form: "printed_by_template" });
  }
  for (const { id } of names.ids) add({ kind: "entity", id, form: "in_template", maybe: true });
}

/** Only what looks like an id: a template also prints `none`, and pieces of which another makes an id. */
const isNamed =
  (kind: PlaceKind) =>
  ({ id }: Mention) =>
    kind === "entity"
      ? ENTITY_ID.test(id)
      : kind !== "event" && /^[a-z0-9_]+$/.test(id) && !WORDS.has(id);

/** The edit that puts another id at the place. */
export function replaceAt(place: Place, to: string): Edit {
  const { path, form, text, id, kind } = place;
  if (form === "key") return { path, renameTo: to };
  if (form === "value") return { path, value: to };
  if (form === "in_list_text") {
    const list = text.split(",").map((one) => one.trim());
    return { path, value: list.map((one) => (one === id ? to : one)).join(", ") };
  }
  if (kind === "action" || kind === "event" || kind === "trigger_key") return { path, value: text };
  const printed = form === "printed_by_template";
  return { path, value: renameInTemplate(text, { kind, from: id, to, printed }) };
}
