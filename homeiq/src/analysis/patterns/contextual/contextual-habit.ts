import type { Evidence } from "../pattern.ts";

/** A habit that is bound to what is true around the house rather than to the clock. */
export interface Contextual extends Evidence {
  readonly kind: "contextual";
  readonly entityId: string;
  readonly to: string;
  readonly context: SunContext | WeatherContext | PresenceContext;
}

export type SunEvent = "sunrise" | "sunset" | "dawn" | "dusk";

export interface SunContext {
  readonly of: "sun";
  readonly event: SunEvent;
  readonly on: "all" | "workdays" | "free";
  /** After the event; before it where negative. */
  readonly offsetMinutes: number;
  /** Half of the times are nearer than this. */
  readonly scatterMinutes: number;
}

export interface WeatherContext {
  readonly of: "weather";
  readonly signalId: string;
  /** One of: the value that it has, or on which side of a number it is. */
  readonly when: { readonly is: string } | { readonly above: number } | { readonly below: number };
}

export type PresenceEvent = "arriving" | "leaving" | "first_home" | "all_away";

export interface PresenceContext {
  readonly of: "presence";
  readonly event: PresenceEvent;
  /** Whose presence; absent where it is that of all together. */
  readonly signalId?: string;
  /** From the event to the act; before it where negative. */
  readonly delayMinutes: number;
}

/** What was found, and how many looks were taken for it. */
export interface Looks {
  readonly found: readonly Contextual[];
  readonly tests: number;
}
