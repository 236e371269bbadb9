import type { Evidence } from "../pattern.ts";

/** Something of the last 24 hours that is unlike what the house did before. */
export interface Anomaly extends Evidence {
  readonly kind: "anomaly";
  readonly entityId: string;
  readonly to: string;
  /** When it happened, or by when it had not. */
  readonly at: number;
  readonly what: UnusualTime | UnusualDuration | Absence;
}

export interface UnusualTime {
  readonly is: "time";
  /** Minutes since the day begins at 04:00. */
  readonly minute: number;
}

export interface UnusualDuration {
  readonly is: "duration";
  readonly minutes: number;
  readonly usualMinutes: number;
}

export interface Absence {
  readonly is: "absence";
  readonly lastAt: number;
}
