import { capabilitiesOf } from "#home/capability/capability.ts";
import type { HomeEntity } from "#home/snapshot/snapshot.ts";
import type { EntitySlot, NumberSlot, OptionSlot, Recipient, Slot, Value } from "../slot.ts";
import type { AutomationTemplate } from "../template.ts";
import { inUnit, unitOf } from "../units.ts";
import type { Look } from "./look.ts";

/** A slot as it is filled in one home. */
export interface FilledSlot {
  readonly kind: Slot["kind"];
  /** `template.kind.<label>` of entities, `template.slot.<label>` of the rest. */
  readonly label: string;
  /** Absent: a person must say it first; of a text, its words are in the catalogue. */
  readonly value?: Value;
  /** What else could stand in it. */
  readonly choices?: readonly Value[];
  /** Several fit equally well, or the default is only an example: a person must look at it. */
  readonly ask: boolean;
  readonly optional: boolean;
  readonly unit?: string;
  readonly min?: number;
  readonly max?: number;
}
export type FilledSlots = Readonly<Record<string, FilledSlot>>;

const MOST_CHOICES = 50; // more are searched, not looked through
const MOST_TOGETHER = 250; // what stands in one automation: all lights of a very large house

/** What stands in a template's slots, the first being filled; `undefined`: something that it needs is not there. */
export function fill(
  { slots }: AutomationTemplate,
  anchors: readonly HomeEntity[],
  look: Look,
): FilledSlots | undefined {
  const [first] = Object.keys(slots);
  const entities = new Map<string, readonly HomeEntity[]>();
  const filled: Record<string, FilledSlot> = {};
  for (const [name, slot] of Object.entries(slots)) {
    const stands =
      slot.kind === "entity"
        ? fillEntity(slot, name === first ? anchors : near(slot, { entities, look }))
        : fillOther(slot, { name, entities, look });
    if (!stands) return undefined;
    filled[name] = stands.slot;
    if (stands.entities) entities.set(name, stands.entities);
  }
  return filled;
}

interface Around {
  readonly entities: ReadonlyMap<string, readonly HomeEntity[]>;
  readonly look: Look;
}

/** Those of a kind that are where the slot wants them, and stand in no other slot. */
function near({ of, near: where }: EntitySlot, { entities, look }: Around): readonly HomeEntity[] {
  const taken = new Set([...entities.values()].flat());
  const all = look.find(of).filter((entity) => !taken.has(entity));
  if (!where) return all;
  const [other] = entities.get(where.slot) ?? [];
  const place = other && placeOf(other, where.by, look);
  return place === undefined
    ? []
    : all.filter((entity) => placeOf(entity, where.by, look) === place);
}

function placeOf(entity: HomeEntity, by: "area" | "device" | "floor", look: Look) {
  if (by === "area") return entity.areaId;
  return by === "device" ? entity.deviceId : look.floorOf(entity);
}

interface Stands {
  readonly slot: FilledSlot;
  readonly entities?: readonly HomeEntity[];
}

function fillEntity(
  { of, many, optional, ask, least }: EntitySlot,
  candidates: readonly HomeEntity[],
): Stands | undefined {
  if (candidates.length < least) return undefined;
  const { label } = of;
  const common = { kind: "entity" as const, label, optional };
  const ids = candidates.map(({ entityId }) => entityId);
  if (ask) {
    const choices = ids.slice(0, MOST_CHOICES);
    return { slot: { ...common, ask: true, choices }, entities: [] };
  }
  if (many) {
    const value = ids.slice(0, MOST_TOGETHER);
    return { slot: { ...common, ask: false, value }, entities: candidates };
  }
  const [best] = candidates;
  const others = ids.slice(1, MOST_CHOICES);
  const slot = {
    ...common,
    ask: false,
    ...(best && { value: best.entityId }),
    ...(others.length > 0 && { choices: others }),
  };
  return { slot, entities: best ? [best] : [] };
}

function fillOther(
  slot: Exclude<Slot, EntitySlot>,
  { name, entities, look }: Around & { name: string },
): Stands | undefined {
  const plain = { kind: slot.kind, optional: false };
  switch (slot.kind) {
    case "number":
      return fillNumber(slot, { entities, look });
    case "option":
      return fillOption(slot, entities.get(slot.of) ?? []);
    case "notify":
      return { slot: { ...plain, label: "notify", ...recipients(look, slot.urgent) } };
    case "text":
      return { slot: { ...plain, label: name, ask: false } };
    case "time":
      return { slot: { ...plain, label: slot.label, value: slot.default, ask: false } };
    default: {
      const { label, min, max } = slot;
      return { slot: { ...plain, label, min, max, value: slot.default, ask: false } };
    }
  }
}

function fillNumber(slot: NumberSlot, { entities, look }: Around): Stands | undefined {
  const { label, ask, unit: ours } = slot;
  const measured = entities.get(slot.in ?? "") ?? [];
  const units = new Set(measured.map((one) => unitOf(one, look.home.temperatureUnit) ?? ""));
  if (units.size > 1) return undefined; // one number cannot be said in two units
  const [unit = ours] = units;
  const [value, min, max] = [slot.default, slot.min, slot.max].map((one) =>
    unit === ours ? one : inUnit(one, ours, unit),
  );
  if (value === undefined || min === undefined || max === undefined) return undefined;
  const range = narrowed({ min, max }, measured);
  if (range.min > range.max) return undefined;
  const kept = Math.min(Math.max(value, range.min), range.max);
  const common = { kind: "number" as const, label, optional: false };
  return { slot: { ...common, value: kept, ...range, unit, ask } };
}

interface Range {
  readonly min: number;
  readonly max: number;
}

/** A temperature that heaters are set to lies where all of them go. */
function narrowed({ min, max }: Range, measured: readonly HomeEntity[]): Range {
  const limits = measured.flatMap((entity) => {
    const { actions } = capabilitiesOf(entity);
    const field = actions
      .get("climate.set_temperature")
      ?.fields.find(({ name }) => name === "temperature");
    return field ? [field] : [];
  });
  return {
    min: Math.max(min, ...limits.map((limit) => limit.min ?? -Infinity)),
    max: Math.min(max, ...limits.map((limit) => limit.max ?? Infinity)),
  };
}

function fillOption(
  { label, attribute, prefer }: OptionSlot,
  entities: readonly HomeEntity[],
): Stands | undefined {
  const lists = entities.map(({ attributes }) => {
    const list = attributes[attribute];
    return Array.isArray(list) ? list.filter((item) => typeof item === "string") : [];
  });
  const [first = [], ...others] = lists;
  const shared = first.filter((option) => others.every((list) => list.includes(option)));
  const value = prefer.find((option) => shared.includes(option));
  if (value === undefined) return undefined;
  const choices = shared.filter((option) => option !== value);
  const common = { kind: "option" as const, label, optional: false };
  return { slot: { ...common, value, choices, ask: false } };
}

const BELL: Recipient = { action: "persistent_notification.create" };

/** Everybody's phone; without phones the bell of Home Assistant. */
function recipients({ home }: Look, urgent: boolean) {
  const phones = [...home.actions.keys()]
    .filter((action) => action.startsWith("notify.mobile_app_"))
    .toSorted()
    .map((action): Recipient => ({ action }));
  const entities = [...home.entities.values()]
    .filter(({ domain, state }) => domain === "notify" && state !== undefined)
    .map(({ entityId }): Recipient => ({ action: "notify.send_message", entityId }));
  const value = phones.length > 0 ? phones : [BELL];
  const choices = [...phones, ...entities, BELL].map((one) => [one]);
  return { value, choices, ask: !urgent && phones.length > 1 };
}
