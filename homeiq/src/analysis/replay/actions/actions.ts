export type { CallEffect, ReplayedCall, SceneStates } from "./calls.ts";
export { type Fiber, startFiber } from "./fiber.ts";
export { runSequence } from "./run.ts";
export type { Ending, Running, Step } from "./running.ts";
export { createScopes, type Scopes } from "./scopes.ts";
