import type { Variables } from "../stage/stage.ts";

/** Variables of a run: those of an inner sequence end with it, but what was there before is changed for all. */
export interface Scopes {
  all(): Variables;
  /** Changes one where it is, or makes it here. */
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
      if (!own.has(name) && outer?.has(name)) outer.assign(name, value);
      else own.set(name, value);
    },
    define: (name, value) => void own.set(name, value),
    enter: () => inside(scope, {}),
  };
  return scope;
}
