import type { Synergy, SynergyType } from "./synergy.ts";

export * from "./synergy.ts";

export const SYNERGY_STATUSES = ["active", "gone"] as const;
/** `gone`: the last run did not find it any more, or an automation does it now. */
export type SynergyStatus = (typeof SYNERGY_STATUSES)[number];

/** A synergy with what became of it from run to run. */
export interface KnownSynergy {
  readonly synergy: Synergy;
  readonly status: SynergyStatus;
  /** Milliseconds since the epoch. */
  readonly firstFoundAt: number;
  readonly lastFoundAt: number;
}

export interface SynergyFilter {
  readonly types?: readonly SynergyType[];
  readonly statuses?: readonly SynergyStatus[];
  readonly entityId?: string;
  readonly areaId?: string;
}

export const SYNERGY_NEEDS = [
  "patterns",
  "history",
  "people",
  "price",
  "carbon",
  "solar",
  "power_sensor",
  "team",
  "calendar",
  "weather",
  "rain",
  "room_sensor",
  "helper",
  "lock_or_door",
] as const;
/** What a home would have to have, or to have recorded, before synergies of a type can be looked for. */
export type SynergyNeed = (typeof SYNERGY_NEEDS)[number];

/** What a run looked at, and what it could not. */
export interface SynergyRun {
  readonly startedAt: number;
  readonly durationMs: number;
  /** Milliseconds since the epoch. */
  readonly from: number;
  readonly to: number;
  readonly found: number;
  /** Of those that were found and left out because an automation does them. */
  readonly automated: number;
  readonly missing: readonly { readonly type: SynergyType; readonly needs: SynergyNeed }[];
}

export interface SynergyStats {
  readonly active: number;
  readonly gone: number;
  /** Of those active, all types. */
  readonly byType: Readonly<Record<SynergyType, number>>;
  readonly lastRun?: SynergyRun;
}

/** What things of the home could do together. */
export interface Synergies {
  /** The best first. */
  list(filter?: SynergyFilter): readonly KnownSynergy[];
  /** Throws `not_found` `synergies.unknown`. */
  get(id: string): KnownSynergy;
  stats(): SynergyStats;
  isRunning(): boolean;
  /** Looks for them now. Throws `conflict` `synergies.running` while it is looked for. */
  find(signal: AbortSignal): Promise<SynergyRun>;
}
