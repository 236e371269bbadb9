import { z } from "zod";

// `subscribe_entities` sends one snapshot and then differences: a = added or full, c = changed, r = removed.
// https://developers.home-assistant.io/docs/api/websocket#subscribe-to-entities

/** Home Assistant's context: what caused a change. */
export interface Context {
  readonly id: string;
  readonly parentId?: string;
  readonly userId?: string;
}

export type Attributes = Readonly<Record<string, unknown>>;

export interface EntityState {
  readonly entityId: string;
  readonly state: string;
  readonly attributes: Attributes;
  /** When the state text changed. Milliseconds, with a fraction. */
  readonly lastChangedAt: number;
  /** When the state text or an attribute changed. */
  readonly lastUpdatedAt: number;
  readonly context: Context;
}

const WireContext = z.union([
  z.string(),
  z.object({
    id: z.string().optional(),
    parent_id: z.string().nullish(),
    user_id: z.string().nullish(),
  }),
]);
type WireContext = z.infer<typeof WireContext>;

const attributes = z.record(z.string(), z.unknown());

export const WireFull = z.object({
  s: z.string(),
  a: attributes.catch({}),
  c: WireContext,
  lc: z.number(),
  lu: z.number().optional(),
});

export const WireDiff = z.object({
  "+": z
    .object({
      s: z.string().optional(),
      a: attributes.optional(),
      c: WireContext.optional(),
      lc: z.number().optional(),
      lu: z.number().optional(),
    })
    .optional(),
  "-": z.object({ a: z.array(z.string()) }).optional(),
});

export function toEntityState(entityId: string, full: z.infer<typeof WireFull>): EntityState {
  return {
    entityId,
    state: full.s,
    attributes: full.a,
    lastChangedAt: full.lc * 1000,
    lastUpdatedAt: (full.lu ?? full.lc) * 1000,
    context: mergeContext({ id: "" }, full.c),
  };
}

/** The state after a difference. A string context replaces only the id; an object is merged into it. */
export function applyDiff(before: EntityState, diff: z.infer<typeof WireDiff>): EntityState {
  const plus = diff["+"];
  const gone = diff["-"]?.a;
  let merged: Record<string, unknown> | Attributes = before.attributes;
  if (plus?.a || gone) {
    const copy: Record<string, unknown> = { ...before.attributes, ...plus?.a };
    for (const name of gone ?? []) delete copy[name];
    merged = copy;
  }
  return {
    entityId: before.entityId,
    state: plus?.s ?? before.state,
    attributes: merged,
    lastChangedAt: plus?.lc === undefined ? before.lastChangedAt : plus.lc * 1000,
    lastUpdatedAt: updatedAt(before, plus),
    context: plus?.c === undefined ? before.context : mergeContext(before.context, plus.c),
  };
}

function updatedAt(
  before: EntityState,
  plus: { lc?: number | undefined; lu?: number | undefined } | undefined,
) {
  const seconds = plus?.lu ?? plus?.lc;
  return seconds === undefined ? before.lastUpdatedAt : seconds * 1000;
}

function mergeContext(before: Context, wire: WireContext): Context {
  if (typeof wire === "string") return { ...before, id: wire };
  const parentId = wire.parent_id === undefined ? before.parentId : wire.parent_id;
  const userId = wire.user_id === undefined ? before.userId : wire.user_id;
  return {
    id: wire.id ?? before.id,
    ...(parentId ? { parentId } : {}),
    ...(userId ? { userId } : {}),
  };
}
