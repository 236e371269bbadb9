import {
  type Automation,
  type CallAction,
  type Fix,
  isTemplateText,
  type Path,
  type Problem,
  type Script,
  type Severity,
  type Stage,
  type Target,
  type Template,
} from "#home/automation/automation.ts";
import type { HomeEntity, HomeSnapshot } from "#home/snapshot/snapshot.ts";
import { type Nodes, nodesOf } from "./nodes.ts";

export const LEVELS = ["moderate", "strict"] as const;
/** `strict` refuses what `moderate` only warns of: dangers, and what an entity ignores. */
export type Level = (typeof LEVELS)[number];

/** One configuration while it is checked: the model, where it stood, and the house. */
export interface Subject {
  readonly configuration: Automation | Script;
  readonly nodes: Nodes;
  readonly raw: unknown;
  readonly home: HomeSnapshot;
  readonly level: Level;
  pathOf(node: object): Path | undefined;
  lineOf(path: Path): number | undefined;
}

export type SubjectParts = Omit<Subject, "nodes">;

export const toSubject = (parts: SubjectParts): Subject => ({
  ...parts,
  nodes: nodesOf(parts.configuration),
});

export interface Found {
  /** Without the stage. */
  readonly code: string;
  readonly severity: Severity;
  readonly path: Path;
  readonly message: string;
  readonly facts?: NonNullable<Problem["facts"]>;
  readonly fix?: Fix;
}

export function toProblem(
  { code, ...found }: Found,
  { stage, lineOf }: { stage: Stage; lineOf: Subject["lineOf"] },
): Problem {
  const line = lineOf(found.path);
  return { code: `${stage}.${code}`, stage, ...found, ...(line !== undefined && { line }) };
}

/** The first of these keys that stands in the node's source, `target.entity_id`; else the node itself. */
export function keyPath(
  { raw, pathOf }: Pick<Subject, "raw" | "pathOf">,
  node: object,
  ...keys: readonly string[]
): Path {
  const base = pathOf(node) ?? [];
  const source = valueAt(raw, base);
  for (const key of keys) {
    const steps = key.split(".");
    if (valueAt(source, steps) !== undefined) return [...base, ...steps];
  }
  return base;
}

/** The item of a list that equals the value, else the list; a text is its own place. */
export function itemPath(raw: unknown, path: Path, value: unknown): Path {
  const list = valueAt(raw, path);
  const index = Array.isArray(list) ? list.findIndex((one) => String(one) === String(value)) : -1;
  return index < 0 ? path : [...path, index];
}

export function valueAt(raw: unknown, path: Path): unknown {
  let value = raw;
  for (const step of path) {
    if (typeof value !== "object" || value === null) return undefined;
    value = (value as Readonly<Record<string | number, unknown>>)[step]; // an object or a list
  }
  return value;
}

export const isTemplate = (value: unknown): value is Template =>
  typeof value === "object" && value !== null && "template" in value;

const TARGET_KEYS = {
  entity_id: "entityIds",
  device_id: "deviceIds",
  area_id: "areaIds",
  floor_id: "floorIds",
  label_id: "labelIds",
} as const;

/** What a call is aimed at, in its target and, as of old, in its data. */
export function targetOf({ action, target, data }: CallAction): Target {
  // A script's own fields may be called so, and mean something else.
  const isScript = typeof action === "string" && /^script\.(?!turn_|toggle)/.test(action);
  const merged = {
    entityIds: [...(target?.entityIds ?? [])],
    deviceIds: [...(target?.deviceIds ?? [])],
    areaIds: [...(target?.areaIds ?? [])],
    floorIds: [...(target?.floorIds ?? [])],
    labelIds: [...(target?.labelIds ?? [])],
  };
  for (const [key, list] of Object.entries(TARGET_KEYS)) {
    const value = isScript ? undefined : data?.[key];
    const given = typeof value === "string" && !isTemplateText(value) ? value.split(",") : value;
    for (const one of Array.isArray(given) ? given : [given]) {
      if (typeof one !== "string" || one === "") continue;
      merged[list].push(isTemplateText(one) ? { template: one } : one.trim());
    }
  }
  const { template, exclude } = target ?? {};
  return {
    ...merged,
    ...(template !== undefined && { template }),
    ...(exclude !== undefined && { exclude }),
  };
}

/** Entities that a target names by themselves, by area, floor, device or label; templates are not followed. */
export function entitiesOf(
  target: Target | undefined,
  home: HomeSnapshot,
  domain?: string,
): HomeEntity[] {
  if (!target) return [];
  const excluded = target.exclude && targetOf({ kind: "call", action: "", data: target.exclude });
  const without = new Set(entitiesOf(excluded, home).map((one) => one.entityId));
  const texts = (list: readonly (string | Template)[]) =>
    new Set(list.filter((one): one is string => typeof one === "string"));
  const [entities, devices, areas, floors, labels] = [
    texts(target.entityIds),
    texts(target.deviceIds),
    texts(target.areaIds),
    texts(target.floorIds),
    texts(target.labelIds),
  ];
  return [...home.entities.values()].filter((one) => {
    if (without.has(one.entityId)) return false;
    if (entities.has(one.entityId)) return true;
    if (domain !== undefined && domain !== "homeassistant" && one.domain !== domain) return false;
    if (one.category) return false; // settings and diagnoses are not meant by a room
    const area = one.areaId === undefined ? undefined : home.areas.get(one.areaId);
    return (
      (one.deviceId !== undefined && devices.has(one.deviceId)) ||
      (area !== undefined && areas.has(area.id)) ||
      (area?.floorId !== undefined && floors.has(area.floorId)) ||
      one.labels.some((label) => labels.has(label))
    );
  });
}

/** A length of time when it is plain. Milliseconds. */
export function msOf(period: unknown): number | undefined {
  if (typeof period !== "object" || period === null || !("ms" in period)) return undefined;
  return typeof period.ms === "number" ? period.ms : undefined;
}

/** Refused when strict, else told. */
export const bySeverity = (level: Level): Severity => (level === "strict" ? "error" : "warning");
