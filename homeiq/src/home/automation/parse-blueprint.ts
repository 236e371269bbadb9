import {
  BLUEPRINT_DOMAINS,
  type Blueprint,
  type BlueprintInput,
  type BlueprintSection,
} from "./blueprint.ts";
import { openFields } from "./fields.ts";
import { toJson } from "./read-json.ts";
import { readStrictText, readWord } from "./read-text.ts";
import {
  type At,
  createReading,
  given,
  type Parsed,
  type ParseOptions,
  type Reading,
} from "./reading.ts";
import { readSelector } from "./selector.ts";
import { nearest } from "./spelling.ts";
import { isTagged, type JsonMap, type Path } from "./value.ts";
import { isBefore } from "./version.ts";

/** Reads a blueprint: what it asks for, and the text that its inputs go into, which is not read further. */
export function parseBlueprint(raw: unknown, options: ParseOptions = {}): Parsed<Blueprint> {
  const r = createReading(options);
  return r.finish(() => readBlueprint(r, { value: raw, path: [] }));
}

function readBlueprint(r: Reading, at: At): Blueprint | undefined {
  const outer = openFields(r, at, "a blueprint");
  if (!outer) return undefined;
  const quiet: Reading = { ...r, options: {} };
  const head = outer.must("blueprint", (_r, each) => readHead(r, each));
  if (!head) return undefined;
  const source = at.value as Record<string, unknown>; // it was opened as a mapping
  const { blueprint: _head, ...body } = source;
  const blueprint = { ...head, body: toJson(quiet, { value: body, path: [] }) as JsonMap }; // keys stay keys
  reportUnknownInputs(r, source, blueprint.inputs);
  return blueprint;
}

function readHead(r: Reading, at: At): Omit<Blueprint, "body"> | undefined {
  const fields = openFields(r, at, "`blueprint`");
  if (!fields) return undefined;
  const inputs = new Map<string, BlueprintInput>();
  const sections = new Map<string, BlueprintSection>();
  const head = given({
    kind: "blueprint" as const,
    name: fields.must("name", readStrictText) ?? "",
    description: fields.pick("description", readStrictText),
    domain: fields.must("domain", readWord(BLUEPRINT_DOMAINS)) ?? "automation",
    author: fields.pick("author", readStrictText),
    sourceUrl: fields.pick("source_url", readUrl),
    minVersion: fields.pick("homeassistant", readMinVersion),
    inputs,
    sections,
  });
  fields.pick("input", (_r, each) => readInputs(r, each, { inputs, sections }));
  fields.close();
  return head;
}

interface Found {
  readonly inputs: Map<string, BlueprintInput>;
  readonly sections: Map<string, BlueprintSection>;
}

function readInputs(r: Reading, at: At, found: Found, section?: string): void {
  if (!openFields(r, at, "`input`")) return;
  for (const [name, value] of Object.entries(at.value as Record<string, unknown>)) {
    const each = { value, path: [...at.path, name] };
    if (section === undefined && isSection(value)) {
      found.sections.set(name, readSection(r, each));
      readInputs(
        r,
        { value: value.input === undefined ? {} : value.input, path: [...each.path, "input"] },
        found,
        name,
      );
      continue;
    }
    if (found.inputs.has(name)) {
      r.error(each.path, "two_inputs", `The input \`${name}\` is defined twice.`);
    }
    const input = value === null ? {} : readInput(r, each);
    found.inputs.set(name, section === undefined ? input : { ...input, section });
  }
}

const isSection = (value: unknown): value is { input?: unknown } =>
  typeof value === "object" && value !== null && ("input" in value || "collapsed" in value);

function readInput(r: Reading, at: At): BlueprintInput {
  const fields = openFields(r, at, "an input");
  if (!fields) return {};
  const selector = fields.pick("selector", readSelector);
  const input = given({
    name: fields.pick("name", readStrictText),
    description: fields.pick("description", readStrictText),
    default: fields.pick("default", toJson),
    selector: selector as JsonMap | undefined, // a selector that is not a mapping is an error
    visible: fields.pick("visible", toJson),
  });
  fields.close();
  return input;
}

function readSection(r: Reading, at: At): BlueprintSection {
  const fields = openFields(r, at, "a section of inputs");
  if (!fields) return {};
  fields.get("input");
  const section = given({
    name: fields.pick("name", readStrictText),
    icon: fields.pick("icon", readStrictText),
    description: fields.pick("description", readStrictText),
    collapsed: fields.pick("collapsed", readTrueOrFalse),
    visible: fields.pick("visible", toJson),
  });
  fields.close();
  return section;
}

function readTrueOrFalse(r: Reading, { value, path }: At): boolean | undefined {
  if (typeof value === "boolean") return value;
  r.error(path, "invalid_boolean", "`collapsed` must be true or false.");
  return undefined;
}

function readUrl(r: Reading, at: At): string | undefined {
  const text = readStrictText(r, at);
  if (text === undefined || (/^https?:\/\/[^\s/]+/.test(text.trim()) && URL.canParse(text.trim())))
    return text;
  r.error(at.path, "invalid_url", `\`${text}\` is no address of a page.`);
  return undefined;
}

function readMinVersion(r: Reading, at: At): string | undefined {
  const fields = openFields(r, at, "`homeassistant`");
  const version = fields?.pick("min_version", readStrictText);
  fields?.close();
  if (version === undefined) return undefined;
  const path = [...at.path, "min_version"];
  if (!/^\s*[+-]?\d+(\.\s*[+-]?\d+){2}\s*$/.test(version)) {
    r.error(path, "invalid_version", `\`${version}\` must be three numbers, as in \`2024.6.0\`.`);
  } else if (isBefore(r.options.haVersion, version)) {
    r.error(path, "too_new", `This blueprint needs Home Assistant ${version} or later.`);
  }
  return version;
}

/** Every `!input` must be defined. */
function reportUnknownInputs(r: Reading, source: unknown, inputs: Blueprint["inputs"]): void {
  const unknown = new Map<string, Path>();
  eachInput(source, [], (name, path) => {
    if (!inputs.has(name) && !unknown.has(name)) unknown.set(name, path);
  });
  for (const [name, path] of unknown) {
    const meant = nearest(name, inputs.keys());
    r.error(
      path,
      "unknown_input",
      `The input \`${name}\` is not defined under \`blueprint\`${meant ? `; is \`${meant.word}\` meant?` : "."}`,
      {
        facts: { input: name },
        ...(meant && {
          fix: {
            words: `Write \`!input ${meant.word}\``,
            edits: [{ path, value: { tag: "!input", value: meant.word } }],
            score: meant.score,
          },
        }),
      },
    );
  }
}

/** Visits every `!input` inside, with its name and where it stands. */
export function eachInput(
  value: unknown,
  path: Path,
  visit: (name: string, path: Path) => void,
): void {
  if (isTagged(value)) {
    if (value.tag === "!input") visit(String(value.value), path);
  } else if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) eachInput(item, [...path, index], visit);
  } else if (typeof value === "object" && value !== null) {
    for (const [key, item] of Object.entries(value)) eachInput(item, [...path, key], visit);
  }
}
