import type { Action } from "./action.ts";
import type { Condition } from "./condition.ts";
import type { Trigger } from "./trigger.ts";
import type { Json, JsonMap } from "./value.ts";

export const MODES = ["single", "restart", "queued", "parallel"] as const;
export type Mode = (typeof MODES)[number];

interface Runs {
  readonly mode: Mode;
  /** How many runs at once, or waiting; absent: 10. */
  readonly max?: number;
  readonly maxExceeded?: string;
}

/** An automation in one form, however it was written. Nothing in it says where it stood in a text. */
export interface Automation extends Runs {
  readonly kind: "automation";
  readonly id?: string;
  readonly alias?: string;
  readonly description?: string;
  readonly triggers: readonly Trigger[];
  readonly conditions: readonly Condition[];
  readonly actions: readonly Action[];
  readonly variables?: JsonMap;
  readonly triggerVariables?: JsonMap;
  readonly initialState?: boolean;
  readonly storedTraces?: number;
  readonly extra?: JsonMap;
}

/** An automation or a script made of a blueprint: what runs is only known with the blueprint's text. */
export interface BlueprintUse {
  readonly kind: "blueprint_use";
  readonly id?: string;
  readonly alias?: string;
  readonly description?: string;
  readonly path: string;
  readonly input: JsonMap;
  /** Keys beside it, which override those of the blueprint. */
  readonly extra?: JsonMap;
}

export interface Script extends Runs {
  readonly kind: "script";
  readonly alias?: string;
  readonly description?: string;
  readonly icon?: string;
  readonly sequence: readonly Action[];
  readonly variables?: JsonMap;
  readonly fields?: JsonMap;
  readonly storedTraces?: number;
  readonly extra?: JsonMap;
}

export interface Scene {
  readonly kind: "scene";
  readonly id?: string;
  readonly name: string;
  readonly icon?: string;
  /** By entity: its state and attributes. */
  readonly entities: Readonly<
    Record<string, { readonly state?: Json; readonly attributes: JsonMap }>
  >;
  readonly extra?: JsonMap;
}
