import type { CallAction } from "#home/automation/automation.ts";
import { canDo, type Obstacle } from "#home/capability/capability.ts";
import type { HomeEntity } from "#home/snapshot/snapshot.ts";
import { type Found, keyPath, type Subject, targetOf } from "./subject.ts";

const SEVERITY = {
  "capability.wrong_domain": "error",
  "capability.no_actions": "error",
  "capability.action_unsupported": "error",
  "capability.field_unsupported": "warning", // Home Assistant leaves the field out and does the rest
  "capability.out_of_range": "error",
  "capability.not_an_option": "error",
  "capability.wrong_type": "error",
  "capability.unavailable": "hint",
} as const;

/** Whether the entities that an action names can do it, with these values. */
export function findInabilities(subject: Subject): Found[] {
  return subject.nodes.actions.flatMap((node) => {
    if (node.kind !== "call" || typeof node.action !== "string") return [];
    const seen = new Set<string>();
    return [...namedBy(node, subject), ...scales(node, subject)].filter((found) => {
      const key = JSON.stringify([found.code, found.path, found.facts?.entity]);
      return !seen.has(key) && seen.add(key);
    });
  });
}

function namedBy(node: CallAction, subject: Subject): Found[] {
  const data = node.data ?? {};
  const action = String(node.action);
  return targetOf(node).entityIds.flatMap((id) => {
    const entity = typeof id === "string" ? subject.home.entities.get(id) : undefined;
    if (!entity) return [];
    return canDo(entity, { action, data, home: subject.home }).map((obstacle) =>
      toFound(obstacle, { entity, node, subject }),
    );
  });
}

function toFound(
  { code, message, field, nearest, instead }: Obstacle,
  { entity, node, subject }: { entity: HomeEntity; node: CallAction; subject: Subject },
): Found {
  const path = field
    ? keyPath(subject, node, `data.${field}`, `data_template.${field}`, field)
    : keyPath(subject, node, "action", "service");
  const names = instead.map((id) => subject.home.entities.get(id)?.name ?? id);
  const can = names.length > 0 ? ` In the same room ${names.join(", ")} can.` : "";
  const value =
    nearest && "value" in nearest ? (percentOf(field, subject, path) ?? nearest.value) : undefined;
  const edit = editOf();
  function editOf() {
    if (nearest?.action) return { path, value: nearest.action };
    return value === undefined ? undefined : { path, value };
  }
  return {
    code: code.replace("capability.", "cannot_"),
    severity: SEVERITY[code],
    path,
    message: `${message}${nearest ? ` ${nearest.words}` : ""}${can}`,
    facts: { entity: entity.entityId, instead: instead.join(", ") },
    ...(nearest && edit && { fix: { words: nearest.words, edits: [edit], score: 0.6 } }),
  };
}

/** "50%" for a number, 50 for a share of 1: the value that is meant, not the nearest that is allowed. */
function percentOf(field: string | undefined, subject: Subject, path: Found["path"]) {
  const value = path.reduce<unknown>(
    (at, step) =>
      typeof at === "object" && at !== null
        ? (at as Readonly<Record<string | number, unknown>>)[step] // an object or a list
        : undefined,
    subject.raw,
  );
  const share = field === "volume_level" && typeof value === "number" && value > 1 && value <= 100;
  return share ? value / 100 : undefined;
}

/** Values that are allowed and hardly meant: 0.5 of 100, 50 of 255. */
function scales(node: CallAction, subject: Subject): Found[] {
  if (node.dataTemplate !== undefined || !node.data) return [];
  return Object.entries(node.data).flatMap(([name, value]): Found[] => {
    const path = keyPath(subject, node, `data.${name}`, `data_template.${name}`, name);
    if (typeof value === "string" && /^\d+(\.\d+)?\s*%$/.test(value)) {
      const number = Number.parseFloat(value);
      return [percentText({ name, number, path })];
    }
    if (typeof value !== "number") return [];
    if (PERCENT.has(name) && value > 0 && value < 1) {
      const meant = Math.round(value * 1000) / 10;
      return [
        {
          code: "fraction_of_percent",
          severity: "warning",
          path,
          message: `\`${name}\` goes from 0 to 100: ${value} is less than one percent. ${meant} may be meant.`,
          fix: { words: `Write ${meant}.`, edits: [{ path, value: meant }], score: 0.8 },
        },
      ];
    }
    if (name !== "brightness" || !LIKELY_PERCENT.has(value)) return [];
    const percent = Math.round((value / 255) * 100);
    return [
      {
        code: "brightness_scale",
        severity: subject.level === "strict" ? "warning" : "hint",
        path,
        message: `\`brightness\` goes from 0 to 255: ${value} is ${percent} %. If ${value} % is meant, it is \`brightness_pct\`.`,
        fix: {
          words: "Write `brightness_pct`.",
          edits: [{ path, renameTo: "brightness_pct" }],
          score: 0.5,
        },
      },
    ];
  });
}

const PERCENT = new Set(["brightness_pct", "position", "tilt_position", "percentage", "humidity"]);
const LIKELY_PERCENT = new Set([10, 20, 25, 30, 40, 50, 60, 70, 75, 80, 90, 100]); // round as people say percents

function percentText({
  name,
  number,
  path,
}: {
  name: string;
  number: number;
  path: Found["path"];
}): Found {
  const value = name === "volume_level" ? number / 100 : number;
  const renameTo = name === "brightness" ? "brightness_pct" : undefined;
  return {
    code: "percent_text",
    severity: "error",
    path,
    message: `\`${name}\` wants a number, not a text with a percent sign.`,
    fix: {
      words: renameTo ? `Write \`${renameTo}: ${value}\`.` : `Write ${value}.`,
      edits: [{ path, value }, ...(renameTo ? [{ path, renameTo }] : [])],
      score: 0.95,
    },
  };
}
