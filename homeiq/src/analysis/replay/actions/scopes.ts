import type { Variables } from "../stage/stage.ts";

/** Variables of a run. Only what Home Assistant itself defines within, `repeat` and `wait`, ends with a sequence. */
export interface Scopes {
  all(): Variables;
  /** Changes one where it is, or makes it for the whole run. */
  assign(name: string, value: unknown): void;
  /** Makes it here, hiding one of the same name outside. */
  define(name: string, value: unknown): void;
  enter(): Scopes;
}

export const createScopes = (outermost: Variables): Scopes => inside(undefined, outermost);

interface Outer extends Scopes {
  has(name: string): boolean;
}

function inside(outer: Outer | undefined, first: Variables): Outer {
  const own = new Map(Object.entries(first));
  const scope: Outer = {
    all: () => ({ ...outer?.all(), ...Object.fromEntries(own) }),
    has: (name) => own.has(name) || (outer?.has(name) ?? false),
    assign(name, value) {
      if (!own.has(name) && outer) outer.assign(name, value);
      else own.set(name, value);
    },
    define: (name, value) => void own.set(name, value),
    enter: () => inside(scope, {}),
  };
  return scope;
}
