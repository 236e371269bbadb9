import { AppError } from "#foundation/errors.ts";
import type { Automation } from "#home/automation/automation.ts";
import type { EntitySlot, Filled, Slot, Slots, Value, ValuesOf } from "./slot.ts";

/** Where a person would look for it. */
export const CATEGORIES = [
  "safety",
  "security",
  "lighting",
  "heating",
  "air",
  "covers",
  "appliances",
  "energy",
  "media",
  "garden",
  "upkeep",
] as const;
export type Category = (typeof CATEGORIES)[number];

export const BENEFITS = ["safety", "comfort", "energy", "time"] as const;
/** What it spares the household. */
export type Benefit = (typeof BENEFITS)[number];

interface About {
  /** Stable; `template.<id>.title`, `.text` and the keys of its texts in the catalogue. */
  readonly id: string;
  readonly category: Category;
  /** What it saves most first. */
  readonly saves: readonly Benefit[];
  /** How often it is proposed: once, or once for each of its first slot's areas, devices or entities. */
  readonly per: "home" | "area" | "device" | "entity";
  /** Of one family only the first that fits a place is proposed there: they would do the same. */
  readonly family?: string;
}

/** A typed automation in which the devices are still open. */
export interface AutomationTemplate extends About {
  /** In the order in which they are filled; the first is an entity. */
  readonly slots: Slots;
  /**
   * The automation with these in its slots. Pure.
   * Throws `invalid` `templates.slot_wrong` when a slot holds nothing, or something of another type.
   */
  build(filled: Filled, name: Name): Automation;
}

export interface Name {
  readonly alias: string;
  readonly description?: string;
}

/** What a template makes of its slots; the name is not its business. */
export type Body = Pick<Automation, "triggers" | "actions"> &
  Partial<Pick<Automation, "conditions" | "mode" | "maxExceeded">>;

interface Definition<S extends Slots> extends About {
  readonly slots: S;
  build(values: ValuesOf<S>): Body;
}

/** Checks what is filled in, so that what builds may trust the types of its slots. */
export function define<const S extends Slots>({
  build,
  ...about
}: Definition<S>): AutomationTemplate {
  return {
    ...about,
    build(filled, name) {
      for (const [slot, wanted] of Object.entries(about.slots)) {
        const wrong = wrongIn(filled[slot], wanted);
        if (wrong === undefined) continue;
        throw new AppError("invalid", "templates.slot_wrong", `${about.id}: ${slot} is ${wrong}`, {
          facts: { template: about.id, slot, wrong },
        });
      }
      const values = { ...emptyOnes(about.slots), ...filled } as ValuesOf<S>; // each was held against its slot
      const { triggers, conditions = [], actions, mode = "single", ...rest } = build(values);
      return { kind: "automation", ...name, triggers, conditions, actions, mode, ...rest };
    },
  };
}

export type Wrong = "missing" | "of_wrong_type" | "out_of_range";

/** What is wrong with a value for a slot; `undefined`: nothing that can be seen without the home. */
export function wrongIn(value: Value | undefined, slot: Slot): Wrong | undefined {
  if (value === undefined) return slot.kind === "entity" && slot.optional ? undefined : "missing";
  switch (slot.kind) {
    case "entity":
      return wrongEntities(value, slot);
    case "notify":
      return Array.isArray(value) && value.length > 0 && value.every(isRecipient)
        ? undefined
        : "of_wrong_type";
    case "option":
    case "text":
      return typeof value === "string" && value !== "" ? undefined : "of_wrong_type";
    default:
      return wrongNumber(value, slot);
  }
}

function wrongEntities(value: Value, { many, optional }: EntitySlot): Wrong | undefined {
  if (!many) return typeof value === "string" && isId(value) ? undefined : "of_wrong_type";
  if (!Array.isArray(value)) return "of_wrong_type";
  if (value.length === 0 && !optional) return "missing";
  return value.every((item) => typeof item === "string" && isId(item))
    ? undefined
    : "of_wrong_type";
}

const DAY_MS = 86_400_000;

function wrongNumber(value: Value, slot: Slot): Wrong | undefined {
  if (typeof value !== "number" || !Number.isFinite(value)) return "of_wrong_type";
  if (slot.kind === "time") return value >= 0 && value < DAY_MS ? undefined : "out_of_range";
  // A number in the unit of an entity has limits of its own there.
  if (slot.kind === "number" && slot.in !== undefined) return undefined;
  if (slot.kind !== "number" && slot.kind !== "period") return undefined;
  return value >= slot.min && value <= slot.max ? undefined : "out_of_range";
}

const isId = (text: string) => /^[a-z0-9_]+\.[a-z0-9_]+$/.test(text);
const isRecipient = (item: unknown): boolean =>
  typeof item === "object" && item !== null && "action" in item && isId(String(item.action));

const emptyOnes = (slots: Slots): Record<string, readonly never[]> =>
  Object.fromEntries(
    Object.entries(slots).flatMap(([name, slot]) =>
      slot.kind === "entity" && slot.many ? [[name, []]] : [],
    ),
  );
