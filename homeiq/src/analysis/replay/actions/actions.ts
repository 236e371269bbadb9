export type { CallEffect, ReplayedCall } from "./calls.ts";
export { type Fiber, startFiber } from "./fiber.ts";
export { runSequence } from "./run.ts";
export type { Ending, Running, Step } from "./running.ts";
export { type SceneStates, toContent } from "./scenes.ts";
export { createScopes, type Scopes } from "./scopes.ts";
