import type { Core } from "../model/core.ts";
import { registerMedia } from "./media.ts";
import { registerMoving } from "./moving.ts";
import { registerSwitching } from "./switching.ts";

/** Registers what the simulated integrations can be asked to do. */
export function registerServices(core: Core): void {
  registerSwitching(core);
  registerMoving(core);
  registerMedia(core);
}
