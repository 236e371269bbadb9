export type * from "./action.ts";
export type * from "./condition.ts";
export * from "./configuration.ts";
export * from "./problem.ts";
export * from "./trigger.ts";
export * from "./value.ts";
