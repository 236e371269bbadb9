import type { Run } from "../run.ts";

/** Names that the template gave a value, in one of its scopes. */
export interface Frame {
  readonly run: Run;
  readonly parent: Frame | undefined;
  names: Map<string, unknown> | undefined;
}

export function innerFrame(parent: Frame): Frame {
  return { run: parent.run, parent, names: undefined };
}

export function assign(frame: Frame, name: string, value: unknown): void {
  frame.names ??= new Map();
  frame.names.set(name, value);
}

/** The value of a name in the innermost scope that has it; `undefined` when none has. */
export function findName(frame: Frame, name: string): unknown {
  for (let scope: Frame | undefined = frame; scope !== undefined; scope = scope.parent) {
    const value = scope.names?.get(name);
    if (value !== undefined) return value;
  }
  return undefined;
}

/** What `body` prints, instead of printing it. */
export function capture(run: Run, body: () => void): string {
  const before = run.out;
  run.out = "";
  try {
    body();
    return run.out;
  } finally {
    run.out = before;
  }
}
