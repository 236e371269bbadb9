import type { Benefit, kinds } from "#analysis/templates/templates.ts";
import type { Action, Automation, Condition, Trigger } from "#home/automation/automation.ts";
import type { HomeEntity, HomeSnapshot } from "#home/snapshot/snapshot.ts";
import type { Attributes } from "#home/states/states.ts";

/** One moment of an entity's past, with its attributes as far as they were told by then. */
export interface Moment {
  readonly at: number;
  /** After midnight, on the wall's clock. */
  readonly minute: number;
  readonly state: string;
  readonly before: string | undefined;
  readonly attributes: Attributes;
  /** Until something of it changed again. Milliseconds. */
  readonly lastedMs: number;
}

/** What of a feature one entity has. */
export interface Ability {
  /** The option, or the number, that would be set. */
  readonly value: string | number;
  /** What it is set back to; absent: it is not known. */
  readonly usual?: string;
  /** What it is measured by, where something else measures it. */
  readonly by?: HomeEntity;
}

type Kind = (typeof kinds)["HUMIDITY" | "ROOM_TEMPERATURE"];

export interface Around {
  readonly home: HomeSnapshot;
  /** Others of its device. */
  readonly siblings: (entity: HomeEntity) => readonly HomeEntity[];
  /** What measures this in its area. */
  readonly sensorFor: (entity: HomeEntity, kind: Kind) => HomeEntity | undefined;
  /** What the energy dashboard shows; absent: none is set up, or nobody knows. */
  readonly onDashboard?: ReadonlySet<string>;
}

export interface Call {
  readonly action: string;
  readonly data: Readonly<Record<string, unknown>>;
}

export type Body = Pick<Automation, "mode"> & {
  readonly triggers: readonly Trigger[];
  readonly conditions?: readonly Condition[];
  readonly actions: readonly Action[];
};

/** Something that devices can do, and that would serve a household. */
export interface FeatureKind {
  /** `feature.<id>.title` and the like in the catalogue. */
  readonly id: string;
  readonly domains: readonly string[];
  readonly saves: Benefit;
  /**
   * Where it shows that it is used. `states`: what Home Assistant kept of the time before says it as well. `attributes`:
   * only what was heard as it happened does.
   */
  readonly shows: "states" | "attributes";
  /** `undefined`: it cannot, or does not tell whether it does. */
  readonly can: (entity: HomeEntity, around: Around) => Ability | undefined;
  readonly isUse: (moment: Moment, ability: Ability) => boolean;
  /** The attribute that must have had a value at any time: a device that never says it cannot be judged by it. */
  readonly toldBy?: (entity: HomeEntity) => string;
  /** When it could have been used. A length of time in milliseconds: whenever all were out for as long. */
  readonly isOccasion?: number | ((moment: Moment) => boolean);
  /** Fewer say nothing. */
  readonly leastOccasions: number;
  /** Whether who calls this uses it. */
  readonly isAsked: (call: Call) => boolean;
  /** Other actions that do as well, at the same moment. */
  readonly likewise?: readonly string[];
  /** Ideas by the devices alone that mean the same: what was measured takes their place. */
  readonly insteadOf?: readonly string[];
  /** Absent: a setting, which a person makes once; all that have it are one suggestion. */
  readonly draft?: (entity: HomeEntity, ability: Ability, around: Around) => Body | undefined;
}

export const numberIn = (attributes: Attributes, name: string): number | undefined => {
  const value = attributes[name];
  return typeof value === "number" && Number.isFinite(value) ? value : undefined;
};

export const textIn = (attributes: Attributes, name: string): string | undefined => {
  const value = attributes[name];
  return typeof value === "string" ? value : undefined;
};

export const listIn = (attributes: Attributes, name: string): readonly string[] => {
  const value = attributes[name];
  return Array.isArray(value) ? value.filter((one) => typeof one === "string") : [];
};

export const hasBit = ({ attributes }: HomeEntity, bit: number): boolean =>
  ((numberIn(attributes, "supported_features") ?? 0) & bit) !== 0;

const HOUR_MINUTES = 60;

/** Between two hours of the day; over midnight where the later is smaller. */
export function isBetween(minute: number, from: number, until: number): boolean {
  const [start, end] = [from * HOUR_MINUTES, until * HOUR_MINUTES];
  return start < end ? minute >= start && minute < end : minute >= start || minute < end;
}

const NOT_HEARD = new Set(["unavailable", "unknown"]);

/** It became this from a state that it really had. */
export const becomes = ({ before, state }: Moment, to: string): boolean =>
  state === to && before !== undefined && before !== to && !NOT_HEARD.has(before);

/** Whether something calls one of these actions. */
export const calls =
  (...actions: readonly string[]) =>
  ({ action }: Call): boolean =>
    actions.includes(action);
