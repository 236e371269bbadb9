import { CAUSE_KINDS, type CauseKind } from "#ingest/normalize/state-change.ts";
import { createEchoes } from "./echoes.ts";
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

const ECHO = CAUSE_KINDS.indexOf("restart_echo");

const SAYS_NOTHING = new Set(["unavailable", "unknown"]);

export interface Deeds {
  /** In order of time; between two moments, both inclusive, when they are given. */
  ofPeople(entityId: string, between?: Between): readonly Deed[];
  ofMachines(entityId: string, between?: Between): readonly Deed[];
}

interface Between {
  readonly from: number;
  readonly to: number;
}

/**
 * Who brought these entities to which states; changes of attributes alone are left out, and what devices report when
 * Home Assistant comes back is no person's.
 */
export function deedsIn(
  columns: PastColumns,
  entityIds: ReadonlySet<string>,
  initial: ReadonlyMap<string, string>,
): Deeds {
  const wanted = columns.entityIds.map((id) => entityIds.has(id));
  const now = new Map<string, string>(initial);
  const people = new Map<string, Deed[]>();
  const machines = new Map<string, Deed[]>();
  const echoes = createEchoes();
  for (let row = 0; row < columns.count; row += 1) {
    const isEcho = columns.cause[row] === ECHO;
    if (!isEcho && !wanted[columns.entity[row] as number]) continue;
    const entityId = columns.entityIds[columns.entity[row] as number] as string;
    const at = columns.at[row] as number;
    if (isEcho) echoes.heard(entityId, at);
    const to = columns.texts[columns.state[row] as number];
    const from = now.get(entityId);
    if (to === undefined || to === from) continue;
    now.set(entityId, to);
    if (SAYS_NOTHING.has(to) || SAYS_NOTHING.has(from ?? "")) continue;
    const cause = CAUSE_KINDS[columns.cause[row] as number] ?? "unknown";
    const into = causeGroup(cause, people, machines);
    if (!into || (cause === "physical" && echoes.mayBeOne(entityId, at))) continue;
    const by = columns.texts[columns.by[row] as number];
    const deed: Deed = {
      ...{ at, entityId, to, cause },
      ...(from === undefined ? {} : { from }),
      ...(by === undefined ? {} : { by }),
    };
    const known = into.get(entityId);
    if (known) known.push(deed);
    else into.set(entityId, [deed]);
  }
  return {
    ofPeople: (entityId, between) => within(people.get(entityId) ?? [], between),
    ofMachines: (entityId, between) => within(machines.get(entityId) ?? [], between),
  };
}

function within(deeds: readonly Deed[], between: Between | undefined): readonly Deed[] {
  if (!between) return deeds;
  const first = firstAt(deeds, between.from);
  let end = first;
  while (end < deeds.length && (deeds[end]?.at ?? 0) <= between.to) end += 1;
  return first === end ? NO_DEEDS : deeds.slice(first, end);
}

const NO_DEEDS: readonly Deed[] = [];

function firstAt(deeds: readonly Deed[], at: number): number {
  let low = 0;
  let high = deeds.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((deeds[middle]?.at ?? 0) < at) low = middle + 1;
    else high = middle;
  }
  return low;
}

function causeGroup<T>(cause: CauseKind, people: T, machines: T): T | undefined {
  if (PEOPLE.has(cause)) return people;
  return MACHINES.has(cause) ? machines : undefined;
}
