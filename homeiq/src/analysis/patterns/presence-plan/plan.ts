import type { Evidence } from "../pattern.ts";

/** How the lights of an evening usually go: so the house can look when nobody is there. */
export interface PresencePlan extends Evidence {
  readonly kind: "presence_plan";
  readonly on: "workdays" | "free";
  /** Of one evening that was really lived, the one most like the others; days since 1970-01-01. */
  readonly day: number;
  /** In order. */
  readonly steps: readonly PlanStep[];
}

export interface PlanStep {
  readonly entityId: string;
  readonly to: "on" | "off";
  /** Minutes since the day began at 04:00, on the wall's clock. */
  readonly minute: number;
}
