import { CAUSE_KINDS, type CauseKind } from "#ingest/normalize/state-change.ts";
import type { PastColumns } from "./past/past.ts";

/** An entity brought to a state by somebody or something. */
export interface Deed {
  readonly at: number;
  readonly entityId: string;
  readonly from?: string;
  readonly to: string;
  readonly cause: CauseKind;
  /** A user id, or the automation's, script's or scene's entity id. */
  readonly by?: string;
}

export const PEOPLE: ReadonlySet<CauseKind> = new Set([
  "person_dashboard",
  "person_voice",
  "physical",
]);
export const MACHINES: ReadonlySet<CauseKind> = new Set(["automation", "script", "scene"]);

const SAYS_NOTHING = new Set(["unavailable", "unknown"]);

export interface Deeds {
  /** By entity, in order of time. */
  ofPeople(entityId: string): readonly Deed[];
  ofMachines(entityId: string): readonly Deed[];
}

/** Who brought these entities to which states; changes of attributes alone are left out. */
export function deedsIn(
  columns: PastColumns,
  entityIds: ReadonlySet<string>,
  initial: ReadonlyMap<string, string>,
): Deeds {
  const wanted = columns.entityIds.map((id) => entityIds.has(id));
  const now = new Map<string, string>(initial);
  const people = new Map<string, Deed[]>();
  const machines = new Map<string, Deed[]>();
  for (let row = 0; row < columns.count; row += 1) {
    if (!wanted[columns.entity[row] as number]) continue;
    const entityId = columns.entityIds[columns.entity[row] as number] as string;
    const to = columns.texts[columns.state[row] as number];
    const from = now.get(entityId);
    if (to === undefined || to === from) continue;
    now.set(entityId, to);
    if (SAYS_NOTHING.has(to) || SAYS_NOTHING.has(from ?? "")) continue;
    const cause = CAUSE_KINDS[columns.cause[row] as number] ?? "unknown";
    const into = causeGroup(cause, people, machines);
    if (!into) continue;
    const by = columns.texts[columns.by[row] as number];
    const deed: Deed = {
      ...{ at: columns.at[row] as number, entityId, to, cause },
      ...(from === undefined ? {} : { from }),
      ...(by === undefined ? {} : { by }),
    };
    const known = into.get(entityId);
    if (known) known.push(deed);
    else into.set(entityId, [deed]);
  }
  return {
    ofPeople: (entityId) => people.get(entityId) ?? [],
    ofMachines: (entityId) => machines.get(entityId) ?? [],
  };
}

function causeGroup<T>(cause: CauseKind, people: T, machines: T): T | undefined {
  if (PEOPLE.has(cause)) return people;
  return MACHINES.has(cause) ? machines : undefined;
}
