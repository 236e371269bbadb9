import type { Attributes, PastColumns, WorldState } from "../past/past.ts";

/** One entity going from one state to another; one of them is absent when it appeared or vanished. */
export interface Transition {
  readonly entityId: string;
  readonly from: WorldState | undefined;
  readonly to: WorldState | undefined;
}

type Listener = (transition: Transition) => void;

const GONE = -1;
const NOTHING: Attributes = {};

/**
 * The states of all entities as time goes by.
 *
 * Rows of entities that nobody listens to cost a few writes into columns; an object is made when one is asked for.
 */
export class World {
  now: number;
  private readonly columns: PastColumns;
  private readonly places = new Map<string, number>();
  private readonly entityIdsByPlace: string[] = [];
  private readonly texts: string[];
  private readonly textPlaces = new Map<string, number>();
  private readonly text: number[] = [];
  private readonly changedAt: number[] = [];
  private readonly updatedAt: number[] = [];
  private readonly made: (WorldState | undefined)[] = [];
  private readonly isStale: boolean[] = [];
  private readonly attributes: Attributes[] = [];
  private readonly pending: (number[] | undefined)[] = [];
  private readonly listeners: (readonly Listener[] | undefined)[] = [];
  private listenersToAll: readonly Listener[] = [];
  private domains: Map<string | undefined, string[]> | undefined;

  constructor(columns: PastColumns, initial: readonly WorldState[], start: number) {
    this.now = start;
    this.columns = columns;
    this.texts = [...columns.texts];
    this.texts.forEach((text, n) => {
      this.textPlaces.set(text, n);
    });
    for (const entityId of columns.entityIds) this.place(entityId);
    for (const state of initial) {
      const place = this.place(state.entityId);
      this.text[place] = this.textPlace(state.state);
      this.changedAt[place] = state.lastChangedAt;
      this.updatedAt[place] = state.lastUpdatedAt;
      this.attributes[place] = state.attributes;
      this.made[place] = state;
    }
  }

  /** Takes a recorded row. Answers what moved, when somebody listens. */
  apply(row: number): Transition | undefined {
    const { entity, state, attributes } = this.columns;
    const place = entity[row] as number;
    const hears = this.listeners[place] !== undefined || this.listenersToAll.length > 0;
    const from = hears ? this.at(place) : undefined;
    const text = state[row] as number;
    if (text !== this.text[place]) {
      if (text === GONE || this.text[place] === GONE) this.domains = undefined;
      this.text[place] = text;
      this.changedAt[place] = this.now;
    }
    this.updatedAt[place] = this.now;
    const changed = attributes[row] as number;
    if (changed >= 0) this.addPending(place, changed);
    if (text === GONE) this.forget(place);
    this.isStale[place] = true;
    if (!hears) return undefined;
    return { entityId: this.entityIdsByPlace[place] as string, from, to: this.at(place) };
  }

  /** Writes a state as a device would. Absent attributes stay as they are. */
  set(entityId: string, state: string, changed: Attributes = NOTHING): Transition | undefined {
    const place = this.place(entityId);
    const from = this.at(place);
    const attributes = mergedAttributes(from?.attributes ?? NOTHING, changed);
    const isSame = from?.state === state;
    if (from && isSame && attributes === from.attributes) return undefined;
    if (!from) this.domains = undefined;
    this.text[place] = this.textPlace(state);
    if (!isSame) this.changedAt[place] = this.now;
    this.updatedAt[place] = this.now;
    this.attributes[place] = attributes;
    this.isStale[place] = true;
    return { entityId, from, to: this.at(place) };
  }

  state(entityId: string): WorldState | undefined {
    const place = this.places.get(entityId);
    return place === undefined ? undefined : this.at(place);
  }

  /** In the order of their ids. */
  entityIds(domain?: string): readonly string[] {
    this.domains ??= this.sortByDomain();
    return this.domains.get(domain) ?? [];
  }

  /** Those as well that appear later. */
  everEntityIds(domain: string): readonly string[] {
    return this.entityIdsByPlace.filter((id) => id.startsWith(`${domain}.`));
  }

  listen(entityId: string, listener: Listener): () => void {
    const place = this.place(entityId);
    this.listeners[place] = [...(this.listeners[place] ?? []), listener];
    return () => {
      const left = this.listeners[place]?.filter((one) => one !== listener);
      this.listeners[place] = left?.length ? left : undefined;
    };
  }

  listenToAll(listener: Listener): () => void {
    this.listenersToAll = [...this.listenersToAll, listener];
    return () => {
      this.listenersToAll = this.listenersToAll.filter((one) => one !== listener);
    };
  }

  tell(transition: Transition): void {
    const place = this.places.get(transition.entityId) as number;
    const listeners = this.listeners[place];
    if (listeners) for (const listener of listeners) listener(transition);
    for (const listener of this.listenersToAll) listener(transition);
  }

  private at(place: number): WorldState | undefined {
    if (this.text[place] === GONE) return undefined;
    if (!this.isStale[place]) return this.made[place];
    this.isStale[place] = false;
    this.mergePending(place);
    const made = {
      entityId: this.entityIdsByPlace[place] as string,
      state: this.texts[this.text[place] as number] as string,
      attributes: this.attributes[place] as Attributes,
      lastChangedAt: this.changedAt[place] as number,
      lastUpdatedAt: this.updatedAt[place] as number,
    };
    this.made[place] = made;
    return made;
  }

  private addPending(place: number, changed: number): void {
    const pending = this.pending[place];
    if (!pending) this.pending[place] = [changed];
    else pending.push(changed);
  }

  private mergePending(place: number): void {
    const pending = this.pending[place];
    if (!pending) return;
    this.pending[place] = undefined;
    const merged: Record<string, unknown> = { ...this.attributes[place] };
    for (const one of pending) {
      const changed = this.columns.attributeSets[one] as Attributes;
      for (const name in changed) {
        if (changed[name] === null) delete merged[name];
        else merged[name] = changed[name];
      }
    }
    this.attributes[place] = merged;
  }

  private forget(place: number): void {
    this.pending[place] = undefined;
    this.attributes[place] = NOTHING;
  }

  private place(entityId: string): number {
    const known = this.places.get(entityId);
    if (known !== undefined) return known;
    const place = this.entityIdsByPlace.push(entityId) - 1;
    this.places.set(entityId, place);
    this.text.push(GONE);
    this.changedAt.push(this.now);
    this.updatedAt.push(this.now);
    this.made.push(undefined);
    this.isStale.push(false);
    this.attributes.push(NOTHING);
    this.pending.push(undefined);
    this.listeners.push(undefined);
    return place;
  }

  private textPlace(text: string): number {
    const known = this.textPlaces.get(text);
    if (known !== undefined) return known;
    const place = this.texts.push(text) - 1;
    this.textPlaces.set(text, place);
    return place;
  }

  private sortByDomain(): Map<string | undefined, string[]> {
    const here = this.entityIdsByPlace.filter((_, place) => this.text[place] !== GONE).sort();
    const domains = new Map<string | undefined, string[]>([[undefined, here]]);
    for (const entityId of here) {
      const domain = entityId.slice(0, entityId.indexOf("."));
      const known = domains.get(domain);
      if (known) known.push(entityId);
      else domains.set(domain, [entityId]);
    }
    return domains;
  }
}

/** The same object when nothing differs. */
function mergedAttributes(before: Attributes, changed: Attributes): Attributes {
  const names = Object.keys(changed).filter(
    (name) => !isEqual(before[name] ?? null, changed[name]),
  );
  if (names.length === 0) return before;
  const merged: Record<string, unknown> = { ...before };
  for (const name of names) {
    if (changed[name] === null) delete merged[name];
    else merged[name] = changed[name];
  }
  return merged;
}

/** Whether two attribute values say the same. */
export function isEqual(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (typeof one !== "object" || typeof other !== "object") return false;
  return JSON.stringify(one) === JSON.stringify(other);
}
