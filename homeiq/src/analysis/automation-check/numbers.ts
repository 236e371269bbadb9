import type {
  Bound,
  NumericStateCondition,
  NumericStateTrigger,
} from "#home/automation/automation.ts";
import type { HomeEntity } from "#home/snapshot/snapshot.ts";
import { nearest } from "./references.ts";
import { NUMBER_ATTRIBUTES, numericOf } from "./states.ts";
import { type Found, keyPath, type Subject } from "./subject.ts";

type Numeric = NumericStateTrigger | NumericStateCondition;

/** Comparisons with numbers: on what is no number, or in another unit than the entity has. */
export function findNumberProblems(subject: Subject): Found[] {
  const { nodes } = subject;
  const all = [...nodes.triggers, ...nodes.awaited, ...nodes.conditions];
  return all.flatMap((node) => {
    if (node.kind !== "numeric_state" || node.valueTemplate !== undefined) return [];
    return node.entityIds.flatMap((id) => {
      const entity = subject.home.entities.get(id);
      return entity ? entityProblems(entity, { node, subject }) : [];
    });
  });
}

interface At {
  readonly node: Numeric;
  readonly subject: Subject;
}

function entityProblems(entity: HomeEntity, { node, subject }: At): Found[] {
  const path = keyPath(subject, node, "entity_id");
  if (node.attribute !== undefined) return attributeProblems(entity, { node, subject });
  if (numericOf(entity) === "text") {
    const attribute = NUMBER_ATTRIBUTES[entity.domain];
    const has = attribute && attribute in entity.attributes ? attribute : undefined;
    const base = subject.pathOf(node) ?? [];
    const hint = attribute ? ` Its \`${attribute}\` is a number.` : "";
    return [
      {
        code: "not_a_number",
        severity: "error",
        path,
        message: `${entity.name} is "${entity.state ?? "a text"}", not a number: this comparison never holds.${hint}`,
        facts: { entity: entity.entityId },
        ...(has && {
          fix: {
            words: `Compare its \`${has}\`.`,
            edits: [{ path: [...base, "attribute"], value: has }],
            score: 0.6,
          },
        }),
      },
    ];
  }
  return [
    ...unitProblems(entity, { node, subject, key: "above", bound: node.above }),
    ...unitProblems(entity, { node, subject, key: "below", bound: node.below }),
  ];
}

function attributeProblems(entity: HomeEntity, { node, subject }: At): Found[] {
  const { attribute = "" } = node;
  const path = keyPath(subject, node, "attribute");
  const value = entity.attributes[attribute];
  // Many attributes are only there while the entity is on: absence alone proves nothing.
  if (value === undefined) {
    const best = nearest(attribute, Object.keys(entity.attributes));
    if (!best) return [];
    return [
      {
        code: "no_such_attribute",
        severity: "warning",
        path,
        message: `${entity.name} has no attribute \`${attribute}\`. Did you mean \`${best.id}\`?`,
        fix: {
          words: `Write \`${best.id}\`.`,
          edits: [{ path, value: best.id }],
          score: best.score,
        },
      },
    ];
  }
  if (value === null || typeof value === "number") return [];
  if (typeof value === "string" && value.trim() !== "" && !Number.isNaN(Number(value))) return [];
  const message = `\`${attribute}\` of ${entity.name} is ${JSON.stringify(value)}, not a number.`;
  return [{ code: "not_a_number", severity: "error", path, message }];
}

interface UnitAt extends At {
  readonly key: "above" | "below";
  readonly bound: Bound | undefined;
}

function unitProblems(entity: HomeEntity, { node, subject, key, bound }: UnitAt): Found[] {
  if (typeof bound !== "number") return [];
  const path = keyPath(subject, node, key);
  const unit = entity.attributes.unit_of_measurement;
  if (unit === "%" && bound > 0 && bound < 1) {
    const meant = Math.round(bound * 1000) / 10;
    return [
      {
        code: "fraction_of_percent",
        severity: "warning",
        path,
        message: `${entity.name} is measured in %: ${bound} is less than one percent. ${meant} may be meant.`,
        fix: { words: `Write ${meant}.`, edits: [{ path, value: meant }], score: 0.8 },
      },
    ];
  }
  if (entity.attributes.device_class === "temperature") return temperature(entity, { bound, path });
  return [];
}

/** A bound far from what a room can have in this unit and near to it in the other. */
function temperature(
  entity: HomeEntity,
  { bound, path }: { bound: number; path: Found["path"] },
): Found[] {
  const now = Number(entity.state);
  const unit = entity.attributes.unit_of_measurement;
  if (Number.isNaN(now) || (unit !== "°C" && unit !== "°F")) return [];
  const other = unit === "°C" ? (bound - 32) / 1.8 : bound * 1.8 + 32;
  const far = Math.abs(bound - now) > (unit === "°C" ? 35 : 30);
  const near = Math.abs(other - now) < (unit === "°C" ? 12 : 22);
  if (!far || !near) return [];
  const meant = Math.round(other * 2) / 2;
  return [
    {
      code: "other_temperature_unit",
      severity: "warning",
      path,
      message: `${entity.name} is measured in ${unit} and is ${now} now; ${bound} looks like the other unit. ${meant} ${unit} may be meant.`,
      fix: { words: `Write ${meant}.`, edits: [{ path, value: meant }], score: 0.7 },
    },
  ];
}
