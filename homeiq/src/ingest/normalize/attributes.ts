import type { Attributes } from "#home/states/states.ts";

/** Attributes that change all the time and say nothing about the home, or that hold a secret. */
const LEFT_OUT = new Set([
  "access_token",
  "entity_picture",
  "entity_picture_local",
  "media_position",
  "media_position_updated_at",
  "last_triggered",
  "current",
  "restored",
  "token",
  "code",
  "last_reset",
  "next_dawn",
  "next_dusk",
  "next_midnight",
  "next_noon",
]);
const MAX_BYTES = 16 * 1024; // what Home Assistant's recorder keeps of one state's attributes

export interface ChangedAttributes {
  readonly changed?: Record<string, unknown>;
  /** The values were too large; `changed` names them without their values. */
  readonly omitted: boolean;
}

/** The attributes of `after` that differ from `before`. `names` limits where to look. */
export function changedAttributes(
  before: Attributes,
  after: Attributes,
  names: readonly string[] = [...Object.keys(before), ...Object.keys(after)],
): ChangedAttributes {
  const changed: Record<string, unknown> = {};
  let any = false;
  for (const name of names) {
    if (LEFT_OUT.has(name) || isSame(before[name], after[name])) continue;
    changed[name] = after[name] ?? null;
    any = true;
  }
  if (!any) return { omitted: false };
  if (JSON.stringify(changed).length <= MAX_BYTES) return { changed, omitted: false };
  return { changed: { _omitted: Object.keys(changed) }, omitted: true };
}

function isSame(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) return true;
  if (typeof one !== "object" || typeof other !== "object" || !one || !other) return false;
  return JSON.stringify(one) === JSON.stringify(other);
}
