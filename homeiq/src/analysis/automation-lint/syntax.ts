import type { Edit, Path } from "#home/automation/automation.ts";
import type { HomeSnapshot } from "#home/snapshot/snapshot.ts";
import { each, type Found, type Linted, type Rule } from "./rule.ts";

type Raw = Readonly<Record<string, unknown>>;

/** Since which version Home Assistant knows the new word: an older one must not be given it. */
const SINCE = { plural: "2024.10", action: "2024.8", kelvin: "2022.11" };

const isMap = (value: unknown): value is Raw =>
  typeof value === "object" && value !== null && !Array.isArray(value);

export function isAtLeast({ version }: HomeSnapshot, since: string): boolean {
  if (version === undefined) return false;
  const [year = 0, month = 0] = version.split(".").map((part) => Number.parseInt(part, 10));
  const [sinceYear = 0, sinceMonth = 0] = since.split(".").map(Number);
  return year > sinceYear || (year === sinceYear && month >= sinceMonth);
}

/** Deepest first: a rename changes the way to everything below it. */
function visit(value: unknown, path: Path, see: (map: Raw, path: Path) => void): void {
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) visit(item, [...path, index], see);
  } else if (isMap(value)) {
    for (const [key, item] of Object.entries(value)) visit(item, [...path, key], see);
    see(value, path);
  }
}

const rename = (path: Path, from: string, to: string): Edit => ({
  path: [...path, from],
  renameTo: to,
});

/** One finding per configuration, with all its edits: half a migration is none. */
function migration(
  one: Linted,
  { edits, what }: { edits: readonly Edit[]; what: string },
): Found[] {
  const [first] = edits;
  if (!first) return [];
  const fix = {
    words: `${what}: ${edits.length} ${edits.length === 1 ? "place" : "places"}.`,
    edits,
  };
  return [
    {
      about: [one.entityId],
      path: first.path,
      message: `${one.name} is written in an old way. ${what}.`,
      fix,
    },
  ];
}

export const oldKeys: Rule = {
  code: "lint.old_keys",
  severity: "hint",
  about:
    "`service`, `platform` and the singular keys are the words of before 2024: they still work, new examples no longer use them.",
  find: each((one, { home }) => {
    if (!isMap(one.raw)) return [];
    const edits: Edit[] = [];
    const plural = isAtLeast(home, SINCE.plural);
    visit(one.raw, [], (map, path) => {
      if (isAtLeast(home, SINCE.action) && isCall(map, path))
        edits.push(rename(path, "service", "action"));
      if (plural && isTrigger(map, path)) edits.push(rename(path, "platform", "trigger"));
    });
    if (plural && one.kind === "automation") {
      for (const key of ["trigger", "condition", "action"]) {
        if (key in one.raw && !(`${key}s` in one.raw)) edits.push(rename([], key, `${key}s`));
      }
    }
    return migration(one, { edits, what: "Write `action`, `trigger` and the plural keys" });
  }),
};

const isCall = (map: Raw, path: Path) =>
  typeof map.service === "string" && !("action" in map) && !isInData(path);
const isTrigger = (map: Raw, path: Path) =>
  typeof map.platform === "string" && !("trigger" in map) && !isInData(path);
/** What is handed to an action is the action's own language. */
const isInData = (path: Path) =>
  path.some((step) => ["data", "event_data", "variables"].includes(String(step)));

export const dataTemplate: Rule = {
  code: "lint.data_template",
  severity: "hint",
  about: "`data_template` and `service_template` are no longer needed: templates work everywhere.",
  find: each((one) => {
    const edits: Edit[] = [];
    visit(one.raw, [], (map, path) => {
      if (isMap(map.data_template) && !("data" in map))
        edits.push(rename(path, "data_template", "data"));
      if (typeof map.service_template === "string" && !("service" in map) && !("action" in map)) {
        edits.push(rename(path, "service_template", "action"));
      }
      if (isMap(map.event_data_template) && !("event_data" in map)) {
        edits.push(rename(path, "event_data_template", "event_data"));
      }
    });
    return migration(one, {
      edits,
      what: "Write `data` and `action` instead of the template keys",
    });
  }),
};

export const entityInData: Rule = {
  code: "lint.entity_in_data",
  severity: "hint",
  about: "Entities belong into `target`: there areas and labels can stand beside them.",
  find: each((one) => {
    const edits: Edit[] = [];
    visit(one.raw, [], (map, path) => {
      const action = map.action ?? map.service;
      const entityId = isMap(map.data) ? map.data.entity_id : map.entity_id;
      const known = typeof action === "string" && KNOWN_TARGETS.test(action);
      if (!known || entityId === undefined || "target" in map) return;
      edits.push({ path: [...path, "target"], value: { entity_id: entityId } });
      if (!isMap(map.data)) edits.push({ path: [...path, "entity_id"], remove: true });
      else if (Object.keys(map.data).length === 1)
        edits.push({ path: [...path, "data"], remove: true });
      else edits.push({ path: [...path, "data", "entity_id"], remove: true });
    });
    return migration(one, { edits, what: "Move the entities to `target`" });
  }),
};

/** Domains whose actions all take a target. */
const KNOWN_TARGETS =
  /^(light|switch|cover|climate|fan|lock|media_player|input_\w+|vacuum|scene|number|select|button|valve|humidifier|homeassistant)\.(turn_|toggle|set_|open|close|lock|unlock|select|media_|volume_|press|start|stop|return)/;

export const oldLightFields: Rule = {
  code: "lint.old_light_fields",
  severity: "warning",
  about:
    "`color_temp` in mireds, `kelvin` and `white_value` were removed from lights: newer versions refuse them.",
  find: each((one, { home }) => {
    if (!isAtLeast(home, SINCE.kelvin)) return [];
    const edits: Edit[] = [];
    visit(one.raw, [], (map, path) => {
      const action = String(map.action ?? map.service ?? "");
      if (!/^light\.(turn_on|toggle)$/.test(action)) return;
      for (const key of ["data", "data_template"]) {
        const data = map[key];
        if (isMap(data)) edits.push(...fieldEdits(data, [...path, key]));
      }
    });
    return migration(one, { edits, what: "Write `color_temp_kelvin` and `white`" });
  }),
};

const MIREDS_PER_KELVIN = 1_000_000; // https://en.wikipedia.org/wiki/Mired

function fieldEdits(data: Raw, path: Path): Edit[] {
  const edits: Edit[] = [];
  const { color_temp: mireds } = data;
  if (typeof mireds === "number" && mireds > 0 && !("color_temp_kelvin" in data)) {
    edits.push({ path: [...path, "color_temp"], value: Math.round(MIREDS_PER_KELVIN / mireds) });
    edits.push(rename(path, "color_temp", "color_temp_kelvin"));
  }
  if ("kelvin" in data && !("color_temp_kelvin" in data))
    edits.push(rename(path, "kelvin", "color_temp_kelvin"));
  if ("white_value" in data && !("white" in data)) edits.push(rename(path, "white_value", "white"));
  return edits;
}
