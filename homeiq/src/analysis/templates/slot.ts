import type { Kind } from "./kind.ts";
import type { Measure } from "./units.ts";

/** Where an entity must be, as seen from that of an earlier slot. */
export interface Near {
  readonly slot: string;
  readonly by: "area" | "device" | "floor";
}

/** `template.slot.<label>` in the catalogue. */
interface Labelled {
  readonly label: string;
}

export interface EntitySlot<Many extends boolean = boolean, Optional extends boolean = boolean> {
  readonly kind: "entity";
  readonly of: Kind;
  readonly many: Many;
  readonly optional: Optional;
  readonly near?: Near;
  /** A person must say which of those that could stand in it; nothing is guessed. */
  readonly ask: boolean;
  /** How many there must be to choose from. */
  readonly least: number;
}

export interface NumberSlot extends Labelled {
  readonly kind: "number";
  /** Of `default`, `min` and `max`, both inclusive. */
  readonly unit: Measure;
  readonly default: number;
  readonly min: number;
  readonly max: number;
  /** The entity slot in whose unit it is said in the end. */
  readonly in?: string;
  /** The default is only an example: a person must say it. */
  readonly ask: boolean;
}

/** A length of time. Milliseconds, both ends inclusive. */
export interface PeriodSlot extends Labelled {
  readonly kind: "period";
  readonly default: number;
  readonly min: number;
  readonly max: number;
}

/** A time of day. Milliseconds after midnight on the wall's clock. */
export interface TimeSlot extends Labelled {
  readonly kind: "time";
  readonly default: number;
}

/** One of the texts that an entity's attribute lists. */
export interface OptionSlot extends Labelled {
  readonly kind: "option";
  /** The entity slot whose attribute it is. */
  readonly of: string;
  readonly attribute: string;
  /** Those that are meant, the better ones first. */
  readonly prefer: readonly string[];
}

/** Who is told. */
export interface NotifySlot {
  readonly kind: "notify";
  /** It goes to everybody, and rings through. */
  readonly urgent: boolean;
}

/** `template.<id>.<slot>` in the catalogue, and what Home Assistant fills in when it is said. */
export interface TextSlot {
  readonly kind: "text";
  readonly values: Readonly<Record<string, string>>;
}

export type Slot =
  | EntitySlot
  | NumberSlot
  | PeriodSlot
  | TimeSlot
  | OptionSlot
  | NotifySlot
  | TextSlot;
export type Slots = Readonly<Record<string, Slot>>;

/** How one who is told is reached. */
export interface Recipient {
  /** `notify.mobile_app_phone`, `notify.send_message`, `persistent_notification.create`. */
  readonly action: string;
  /** With `notify.send_message`. */
  readonly entityId?: string;
}

export type Value = string | number | readonly string[] | readonly Recipient[];
/** By slot. */
export type Filled = Readonly<Record<string, Value>>;

export type ValueOf<S extends Slot> =
  S extends EntitySlot<infer Many, infer Optional>
    ? Many extends true
      ? readonly string[]
      : Optional extends true
        ? string | undefined
        : string
    : S extends NumberSlot | PeriodSlot | TimeSlot
      ? number
      : S extends NotifySlot
        ? readonly Recipient[]
        : string;
export type ValuesOf<S extends Slots> = { readonly [Name in keyof S]: ValueOf<S[Name]> };

interface Where {
  readonly sameAreaAs?: string;
  readonly sameDeviceAs?: string;
  readonly sameFloorAs?: string;
}

function nearOf({ sameAreaAs, sameDeviceAs, sameFloorAs }: Where): { near?: Near } {
  if (sameAreaAs !== undefined) return { near: { slot: sameAreaAs, by: "area" } };
  if (sameDeviceAs !== undefined) return { near: { slot: sameDeviceAs, by: "device" } };
  return sameFloorAs === undefined ? {} : { near: { slot: sameFloorAs, by: "floor" } };
}

interface One extends Where {
  readonly ask?: true;
  /** Absent: one. */
  readonly least?: number;
}

/** One entity; the best that is there. */
export const one = (
  of: Kind,
  { ask, least = 1, ...where }: One = {},
): EntitySlot<false, false> => ({
  ...{ kind: "entity", of, many: false, optional: false, ask: ask === true, least },
  ...nearOf(where),
});

/** All that are there, at least one. */
export const all = (of: Kind, { ask, least = 1, ...where }: One = {}): EntitySlot<true, false> => ({
  ...{ kind: "entity", of, many: true, optional: false, ask: ask === true, least },
  ...nearOf(where),
});

/** All that are there, and none is right as well. */
export const any = (of: Kind, where: Where = {}): EntitySlot<true, true> => ({
  ...{ kind: "entity", of, many: true, optional: true, ask: false, least: 0 },
  ...nearOf(where),
});

export const number = ({
  ask,
  ...slot
}: Omit<NumberSlot, "kind" | "ask"> & { readonly ask?: true }): NumberSlot => ({
  kind: "number",
  ask: ask === true,
  ...slot,
});

/** All in minutes. */
export const minutes = (
  label: string,
  { usual, min = 0, max }: { usual: number; min?: number; max: number },
): PeriodSlot => ({
  kind: "period",
  label,
  default: usual * 60_000,
  min: min * 60_000,
  max: max * 60_000,
});

/** `"06:30"` */
export function time(label: string, clock: string): TimeSlot {
  const [hours = 0, minute = 0] = clock.split(":").map(Number);
  return { kind: "time", label, default: (hours * 60 + minute) * 60_000 };
}

export const option = (slot: Omit<OptionSlot, "kind">): OptionSlot => ({ kind: "option", ...slot });

export const people: NotifySlot = { kind: "notify", urgent: false };
export const everybody: NotifySlot = { kind: "notify", urgent: true };

export const text = (values: TextSlot["values"] = {}): TextSlot => ({ kind: "text", values });
