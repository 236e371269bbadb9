import type { CallAction, JsonMap } from "#home/automation/automation.ts";
import type { ActionField, HomeAction } from "#home/snapshot/snapshot.ts";
import { nearest } from "./references.ts";
import { bySeverity, type Found, keyPath, type Subject, targetOf } from "./subject.ts";

/** Their fields are what the person made of them, or not said in the catalogue. */
const OPEN_DOMAINS = new Set([
  "script",
  "python_script",
  "pyscript",
  "shell_command",
  "rest_command",
]);
const TARGETS = ["entity_id", "device_id", "area_id", "floor_id", "label_id"];
/** Taken by Home Assistant, though the catalogue does not list them. */
const UNLISTED = new Set([
  "brightness_step",
  "brightness_step_pct",
  "color_temp",
  "kelvin",
  "white",
  "white_value",
  "profile",
  "hs_color",
  "xy_color",
  "rgbw_color",
  "rgbww_color",
  "media_content_id",
  "media_content_type",
  "extra",
  "hvac_mode",
  "variables",
]);

/** Calls against the catalogue: what an action needs, does not know, or takes only within limits. */
export function findFieldProblems(subject: Subject): Found[] {
  return subject.nodes.actions.flatMap((node) => {
    if (node.kind !== "call" || typeof node.action !== "string") return [];
    const action = subject.home.actions.get(node.action);
    if (!action) return [];
    return [
      ...targetProblems(node, { action, subject }),
      ...answerProblems(node, { action, subject }),
      ...dataProblems(node, { action, subject }),
    ];
  });
}

interface Call {
  readonly action: HomeAction;
  readonly subject: Subject;
}

function targetProblems(node: CallAction, { action, subject }: Call): Found[] {
  if (!action.target || node.dataTemplate !== undefined || action.fields.has("entity_id"))
    return [];
  const target = targetOf(node);
  const named =
    target.template !== undefined ||
    [target.entityIds, target.deviceIds, target.areaIds, target.floorIds, target.labelIds].some(
      (list) => list.length > 0,
    );
  if (named || node.action.toString().startsWith("homeassistant.")) return [];
  return [
    {
      code: "no_target",
      severity: "error",
      path: keyPath(subject, node, "target", "action", "service"),
      message: `\`${action.id}\` does not say what it is for: it needs an entity, a device, an area, a floor or a label.`,
    },
  ];
}

function answerProblems(node: CallAction, { action, subject }: Call): Found[] {
  const path = keyPath(subject, node, "action", "service");
  if (action.answers === "always" && node.responseVariable === undefined) {
    const message = `\`${action.id}\` only answers a question: without \`response_variable\` the answer is lost and Home Assistant refuses the call.`;
    return [{ code: "answer_unused", severity: "error", path, message }];
  }
  if (action.answers === "never" && node.responseVariable !== undefined) {
    const message = `\`${action.id}\` gives no answer to keep in \`${node.responseVariable}\`.`;
    const at = keyPath(subject, node, "response_variable");
    return [{ code: "no_answer", severity: "error", path: at, message }];
  }
  return [];
}

function dataProblems(node: CallAction, { action, subject }: Call): Found[] {
  const domain = action.id.split(".")[0] ?? "";
  if (node.dataTemplate !== undefined) return [];
  const data: JsonMap = node.data ?? {};
  const missing = [...action.fields].flatMap(([name, field]) =>
    field.required && !isGiven(name, { data, node })
      ? [missingField(name, { node, action, subject })]
      : [],
  );
  if (OPEN_DOMAINS.has(domain) || action.fields.size === 0) return missing;
  const given = Object.entries(data).flatMap(([name, value]) => {
    const path = keyPath(subject, node, `data.${name}`, `data_template.${name}`, name, "data");
    const field = action.fields.get(name);
    if (field) return valueProblems(value, { name, field, path, action, subject });
    if (TARGETS.includes(name) || UNLISTED.has(name)) return [];
    return [unknownField(name, { path, action, subject })];
  });
  return [...missing, ...given];
}

function isGiven(name: string, { data, node }: { data: JsonMap; node: CallAction }): boolean {
  if (name in data) return true;
  if (name === "media") return "media_content_id" in data;
  if (name === "entity_id") return targetOf(node).entityIds.length > 0;
  return name === "device_id" && targetOf(node).deviceIds.length > 0;
}

function missingField(name: string, { node, action, subject }: Call & { node: CallAction }): Found {
  return {
    code: "missing_field",
    severity: "error",
    path: keyPath(subject, node, "data", "action", "service"),
    message: `\`${action.id}\` needs \`${name}\`.`,
    facts: { field: name, action: action.id },
  };
}

function unknownField(
  name: string,
  { path, action, subject }: Call & { path: Found["path"] },
): Found {
  const best = nearest(name, action.fields.keys());
  const known = [...action.fields.keys()].slice(0, 12).join(", ");
  const meant = best ? ` Did you mean \`${best.id}\`?` : ` It takes ${known}.`;
  return {
    code: "unknown_field",
    severity: bySeverity(subject.level),
    path,
    message: `\`${action.id}\` does not know \`${name}\`.${meant}`,
    facts: { field: name, action: action.id },
    ...(best && {
      fix: {
        words: `Write \`${best.id}\`.`,
        edits: [{ path, renameTo: best.id }],
        score: best.score,
      },
    }),
  };
}

interface Given {
  readonly name: string;
  readonly field: ActionField;
  readonly path: Found["path"];
  readonly action: HomeAction;
  readonly subject: Subject;
}

function valueProblems(value: unknown, { name, field, path, action, subject }: Given): Found[] {
  if (typeof value === "string" && /\{[{%]/.test(value)) return [];
  const { kind, options = {} } = field.selector ?? {};
  if (kind === "number") {
    const number = typeof value === "string" ? Number(value) : value;
    if (typeof number !== "number" || Number.isNaN(number)) return [];
    const [min, max] = [options.min, options.max].map((one) =>
      typeof one === "number" ? one : undefined,
    );
    const near = Math.min(Math.max(number, min ?? -Infinity), max ?? Infinity);
    if (near === number) return [];
    const unit =
      typeof options.unit_of_measurement === "string" ? ` ${options.unit_of_measurement}` : "";
    return [
      {
        code: "out_of_range",
        severity: bySeverity(subject.level),
        path,
        message: `\`${name}\` of \`${action.id}\` goes from ${min} to ${max}${unit}; ${number} is outside.`,
        fix: { words: `Write ${near}.`, edits: [{ path, value: near }], score: 0.5 },
      },
    ];
  }
  if (kind !== "select" || options.custom_value === true || options.multiple === true) return [];
  const allowed = (Array.isArray(options.options) ? options.options : []).map((one: unknown) =>
    typeof one === "object" && one !== null && "value" in one ? String(one.value) : String(one),
  );
  if (allowed.length === 0 || allowed.includes(String(value))) return [];
  const best = nearest(String(value), allowed);
  return [
    {
      code: "not_an_option",
      severity: bySeverity(subject.level),
      path,
      message: `\`${name}\` of \`${action.id}\` is one of ${allowed.slice(0, 12).join(", ")}; it is not "${String(value)}".`,
      ...(best && {
        fix: { words: `Write "${best.id}".`, edits: [{ path, value: best.id }], score: best.score },
      }),
    },
  ];
}
