import type { FormerEntity, HomeSnapshot } from "#src/home/snapshot/snapshot.ts";
import {
  type Chance,
  type MadeEntity,
  type MadeParts,
  pick,
  renamed,
  slug,
} from "#support/made-home.ts";

export const KINDS = [
  "renamed_with_history",
  "renamed_with_history",
  "renamed_with_memory",
  "renamed",
  "misspelt",
  "misspelt",
  "written_apart",
  "by_name",
] as const;
export type Kind = (typeof KINDS)[number];

/** An automation whose one reference leads nowhere, and where it should lead. */
export interface Mutation {
  readonly kind: Kind;
  readonly raw: unknown;
  readonly home: HomeSnapshot;
  readonly written: string;
  readonly expected: string;
}

/** `undefined`: this entity has no such mistake, or the mistake is another entity of the home. */
export function mutate(
  parts: MadeParts,
  entity: MadeEntity,
  { kind, chance }: { kind: Kind; chance: Chance },
): Mutation | undefined {
  const { entityId } = entity;
  const taken = new Set(parts.entities.map((one) => one.entityId));
  if (kind.startsWith("renamed")) {
    const to = renameOf(entity, { kind, chance });
    if (!to || taken.has(to)) return undefined;
    const former = formerOf(entity, kind, to);
    const home = renamed(parts, entityId, { to, ...(former && { former }) });
    return { kind, raw: automationFor(entityId, chance), home, written: entityId, expected: to };
  }
  const written = kind === "by_name" ? entity.name : mistake(entityId, kind, chance);
  if (!written || written === entityId || taken.has(written)) return undefined;
  // Two entities of one domain with one name: no one could know.
  const domain = entityId.split(".")[0];
  const namesakes = parts.entities.filter(
    (one) => one.name === entity.name && one.entityId.startsWith(`${domain}.`),
  );
  if (kind === "by_name" && (namesakes.length > 1 || entity.name === entityId)) return undefined;
  const home = renamed(parts, entityId, { to: entityId });
  return { kind, raw: automationFor(written, chance, entityId), home, written, expected: entityId };
}

function formerOf(entity: MadeEntity, kind: Kind, to: string): FormerEntity | undefined {
  const { entityId, name, areaId, platform, uniqueId } = entity;
  if (kind === "renamed_with_history") return { entityId, renamedTo: to };
  if (kind !== "renamed_with_memory") return undefined;
  return {
    entityId,
    name,
    ...(areaId !== undefined && { areaId }),
    ...(platform !== undefined && { platform }),
    ...(uniqueId !== undefined && { uniqueId }),
  };
}

/** With history any name will do; without, people tidy: order, room, the kind's word. */
function renameOf(
  { entityId, name, areaId }: MadeEntity,
  { kind, chance }: { kind: Kind; chance: Chance },
): string | undefined {
  const [domain = "", object = ""] = entityId.split(".");
  if (kind !== "renamed") return `${domain}.thing_${Math.floor(chance() * 1e6)}`;
  const words = object.split("_");
  const room = areaId ?? "";
  const tidied = pick(
    [
      () => words.toReversed().join("_"),
      () => (room && !object.includes(room) ? `${room}_${object}` : undefined),
      () =>
        room && object.startsWith(`${room}_`)
          ? `${object.slice(room.length + 1)}_${room}`
          : undefined,
      () => `${object}_${domain}`,
      () => (slug(name) === object ? undefined : slug(name)),
      () => words.join(""),
    ],
    chance,
  )();
  return tidied && tidied !== object ? `${domain}.${tidied}` : undefined;
}

const LETTERS = "abcdefghijklmnopqrstuvwxyz";

function mistake(entityId: string, kind: Kind, chance: Chance): string | undefined {
  const [domain = "", object = ""] = entityId.split(".");
  if (kind === "written_apart") {
    return pick(
      [
        `${domain}.${object.replace("_", "")}`,
        `${domain}s.${object}`,
        `${domain}.${object.replaceAll("_", "-")}`,
        `${domain[0]?.toUpperCase()}${domain.slice(1)}.${object}x`,
        `${domain}.${object.replaceAll("_", " ")}`,
      ],
      chance,
    );
  }
  // A person slips in a word, not in a number or an address.
  const at = 1 + Math.floor(chance() * (object.length - 2));
  const [letter, next] = [object[at] ?? "", object[at + 1] ?? ""];
  if (!LETTERS.includes(letter) || !LETTERS.includes(next) || /\d/.test(object)) return undefined;
  const [before, after] = [object.slice(0, at), object.slice(at + 1)];
  const wrong = pick(
    [
      before + after,
      `${before}${letter}${letter}${after}`,
      `${before}${next}${letter}${after.slice(1)}`,
      `${before}${pick([...LETTERS], chance)}${after}`,
    ],
    chance,
  );
  return `${domain}.${wrong}`;
}

/** As people write them: the entity as a trigger, a condition, a target or in a template. */
export function automationFor(id: string, chance: Chance, meant = id): unknown {
  const domain = meant.split(".")[0] ?? "";
  const isId = /^[a-z_]+\.[a-z0-9_]+$/.test(id);
  const callable = ["light", "switch", "cover", "media_player", "climate"].includes(domain);
  const action =
    domain === "cover" ? "cover.open_cover" : `${callable ? domain : "homeassistant"}.turn_on`;
  const notify = { action: "persistent_notification.create", data: { message: "Now" } };
  const forms = [
    {
      triggers: [{ trigger: "time", at: "07:00:00" }],
      actions: [{ action, target: { entity_id: id } }],
    },
    {
      trigger: [{ platform: "time", at: "07:00:00" }],
      action: [{ service: action, data: { entity_id: [id] } }],
    },
    { triggers: [{ trigger: "state", entity_id: [id], to: "on" }], actions: [notify] },
    {
      triggers: [{ trigger: "template", value_template: `{{ is_state('${id}', 'on') }}` }],
      actions: [notify],
    },
    {
      triggers: [
        {
          trigger: "template",
          value_template: `{# the one \u2013 at home #}{% set it = "${id}" %}{{ states(it) == 'on' and states['${id}'].state }}`,
        },
      ],
      actions: [notify],
    },
    {
      triggers: [{ trigger: "time", at: "07:00:00" }],
      actions: [
        { action, target: { entity_id: `{{ '${id}' if now().hour < 12 else 'none' }}` } },
        { action, target: { entity_id: `{% if now().hour < 12 %}${id}{% else %}none{% endif %}` } },
      ],
    },
  ];
  // A name says no domain: only what is called with it does.
  return pick(isId ? forms : forms.slice(0, 2), chance);
}
