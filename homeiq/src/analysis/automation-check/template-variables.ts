import {
  type Automation,
  isTemplateText,
  nearest as nearestWord,
  type Path,
  type Script,
  type Place as Walked,
  walk,
} from "#home/automation/automation.ts";
import { namesInTemplate, type VariableRead } from "#home/template/template.ts";
import { bySeverity, type Found, type Subject, valueAt } from "./subject.ts";
import { fixOf } from "./template-names.ts";
import { ALWAYS, fieldsOf, kindOf } from "./trigger-fields.ts";

/** What a template can read at one place. */
interface Scope {
  readonly known: ReadonlySet<string>;
  /** Of `trigger`; absent: anything. */
  readonly triggerFields?: readonly string[];
  /** Of the automation, and not known there. */
  readonly elsewhere: ReadonlySet<string>;
}

/** Variables in templates that nothing gives a value there, and fields of `trigger` that its triggers do not have. */
export function findUnknownVariables(subject: Subject): Found[] {
  const { configuration } = subject;
  const names = namesOf(configuration);
  // Whoever calls a script may hand it anything: only its fields say what is meant.
  if (configuration.kind === "script" && !configuration.fields) return [];
  const found: Found[] = [];
  walk(configuration, {
    text(text, owner, place) {
      if (!isTemplateText(text)) return;
      const scope = scopeOf(place, { owner, names, configuration });
      const path = pathOfText(subject, { text, owner, place });
      const { reads, notLimited } = namesInTemplate(text);
      if (isLimited(place, owner))
        found.push(...notLimited.map((name) => limited(name, path, subject)));
      for (const read of reads) {
        const problem = judge(read, { scope, subject, text, path });
        if (problem) found.push(problem);
      }
    },
  });
  return found;
}

/** Home Assistant renders these while it sets the triggers up, and when that fails none of them is there. */
const isLimited = ({ path }: Walked, owner: object): boolean =>
  path[0] === "trigger_variables" ||
  (path[0] === "triggers" && "kind" in owner && owner.kind === "event");

const limited = (name: string, path: Path, { level }: Subject): Found => ({
  code: "limited_template",
  severity: bySeverity(level),
  path,
  message: `\`${name}\` cannot be used here: this is worked out while the triggers are set up, without the house and the clock. None of the triggers would ever fire.`,
  facts: { function: name },
});

interface Names {
  readonly ofTriggers: readonly string[];
  readonly ofRuns: readonly string[];
  readonly waits: boolean;
}

/** All names that a configuration gives a value; in which order is not judged. */
function namesOf(configuration: Automation | Script): Names {
  const ofRuns = Object.keys(configuration.variables ?? {});
  if (configuration.kind === "script") ofRuns.push(...Object.keys(configuration.fields ?? {}));
  let waits = false;
  walk(configuration, {
    trigger: ({ variables }) => void ofRuns.push(...Object.keys(variables ?? {})),
    action(action) {
      if (action.kind === "variables") ofRuns.push(...Object.keys(action.variables));
      if ("responseVariable" in action && action.responseVariable !== undefined)
        ofRuns.push(action.responseVariable);
      if (action.kind.startsWith("wait_")) waits = true;
    },
  });
  const { triggerVariables } = configuration.kind === "automation" ? configuration : {};
  return { ofTriggers: Object.keys(triggerVariables ?? {}), ofRuns, waits };
}

interface Where {
  readonly owner: object;
  readonly names: Names;
  readonly configuration: Automation | Script;
}

/** Of what an MQTT message or a webhook brings. */
const PAYLOAD = ["value", "value_json"];

function scopeOf({ path, inside }: Walked, { owner, names, configuration }: Where): Scope {
  const known = new Set(["this", "context", ...names.ofTriggers]);
  const fields = configuration.kind === "automation" ? fieldsOf(configuration.triggers) : undefined;
  if (configuration.kind === "automation") known.add("trigger");
  const kind = "kind" in owner ? owner.kind : undefined;
  if (kind === "numeric_state") known.add("state");
  if (kind === "other") for (const name of PAYLOAD) known.add(name);
  const scope = { known, ...(fields && { triggerFields: fields }) };
  if (path[0] === "triggers" || path[0] === "trigger_variables") {
    return { ...scope, elsewhere: new Set(names.ofRuns) };
  }
  for (const name of [...names.ofRuns, ...(names.waits ? ["wait"] : [])]) known.add(name);
  if (inside.some((one) => "kind" in one && one.kind === "repeat")) known.add("repeat");
  return { ...scope, elsewhere: new Set() };
}

interface Judged {
  readonly scope: Scope;
  readonly subject: Subject;
  readonly text: string;
  readonly path: Path;
}

function judge(read: VariableRead, judged: Judged): Found | undefined {
  const { scope } = judged;
  if (!scope.known.has(read.name)) return unknownVariable(read, judged);
  const [field] = read.path;
  if (read.name !== "trigger" || field === undefined || !scope.triggerFields) return undefined;
  return scope.triggerFields.includes(field) ? undefined : unknownField(read, field, judged);
}

function unknownVariable(
  { name, at, path: read, fails, called, asked }: VariableRead,
  { scope, subject, text, path }: Judged,
): Found | undefined {
  if (asked.includes(0) || (called && read.length === 0)) return undefined; // a function is told as one
  const breaks = fails || read.length > 0;
  const meant = scope.elsewhere.has(name) ? undefined : nearestWord(name, scope.known)?.word;
  const fix = meant === undefined ? undefined : fixOf({ text, path }, { name, at, meant });
  return {
    code: "unknown_variable",
    severity:
      breaks && subject.configuration.kind === "automation" ? bySeverity(subject.level) : "warning",
    path,
    message: `${whyUnknown(name, scope)} ${breaks ? BREAKS : EMPTY}${meant === undefined ? "" : ` Did you mean \`${meant}\`?`}`,
    facts: { variable: name },
    ...(fix && { fix }),
  };
}

const BREAKS = "Home Assistant gives up when it comes there.";
const EMPTY = "Home Assistant puts nothing in its place.";

function whyUnknown(name: string, { elsewhere }: Scope): string {
  if (elsewhere.has(name)) {
    return `Triggers do not know the variable \`${name}\`: \`variables\` come after them. What a trigger reads belongs in \`trigger_variables\`.`;
  }
  if (name === "repeat") return "`repeat` is there only within a repetition.";
  if (name === "wait") return "`wait` is there only after something was waited for.";
  return `Nothing gives the variable \`${name}\` a value here.`;
}

function unknownField(
  { at, path: read, fails, asked }: VariableRead,
  field: string,
  { scope, subject, text, path }: Judged,
): Found | undefined {
  if (asked.includes(1)) return undefined;
  const fields = scope.triggerFields ?? [];
  const meant = nearestWord(field, fields)?.word;
  const fix = meant === undefined ? undefined : fixOf({ text, path }, { name: field, at, meant });
  const kinds =
    "triggers" in subject.configuration ? subject.configuration.triggers.map(kindOf) : [];
  const own = fields.filter((one) => !ALWAYS.includes(one)).join(", ");
  const kind = [...new Set(kinds)].join(", ");
  const given =
    kinds.length > 1
      ? `${kind} triggers give`
      : `${/^[aeiou]/.test(kind) ? "an" : "a"} ${kind} trigger gives`;
  return {
    code: "unknown_trigger_field",
    severity: fails || read.length > 1 ? bySeverity(subject.level) : "warning",
    path,
    message: `\`trigger.${field}\` is never there: ${given} ${own}.${meant === undefined ? "" : ` Did you mean \`${meant}\`?`}`,
    facts: { field },
    ...(fix && { fix }),
  };
}

/** Where the text stands in what was written; else its trigger, condition or action. */
export function pathOfText(
  { raw, pathOf }: Subject,
  { text, owner, place }: { text: string; owner: object; place: Walked },
): Path {
  const base = pathOf(owner) ?? (place.path.length === 1 ? place.path : []);
  return findText(valueAt(raw, base), text, base) ?? base;
}

function findText(value: unknown, text: string, path: Path): Path | undefined {
  if (value === text) return path;
  if (typeof value !== "object" || value === null) return undefined;
  for (const [key, item] of Object.entries(value)) {
    const found = findText(item, text, [...path, Array.isArray(value) ? Number(key) : key]);
    if (found) return found;
  }
  return undefined;
}
