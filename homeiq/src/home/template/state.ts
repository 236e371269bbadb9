import { atUtc, UTC } from "./moment/moment.ts";
import {
  Callable,
  fixed,
  type Named,
  PythonObject,
  textRepr,
  toText,
  truthy,
  typeName,
  Undefined,
} from "./python/python.ts";
import { failure, notSupported, type Run } from "./run.ts";
import type { WorldState } from "./world.ts";

const VALID_ID = /^(?!.+__)(?!_)[\da-z_]+(?<!_)\.(?!_)[\da-z_]+(?<!_)$/; // homeassistant.core.VALID_ENTITY_ID
const VALID_DOMAIN = /^(?!.+__)(?!_)[\da-z_]+(?<!_)$/;
const UNKNOWN = "unknown";

/** `states.light.kitchen`: one entity's state. */
export class StateValue extends PythonObject {
  readonly typeName = "TemplateState";
  readonly qualifiedName = "homeassistant.helpers.template.states.TemplateState";
  readonly state: WorldState;
  constructor(state: WorldState) {
    super();
    this.state = state;
  }
  override repr(): string {
    const { entityId, state } = this.state;
    return `<template TemplateState(<state ${entityId}=${state}>)>`;
  }
  override equals(other: unknown): boolean {
    return (
      other instanceof StateValue &&
      other.state.entityId === this.state.entityId &&
      other.state.state === this.state.state
    );
  }
  override key(): unknown {
    return `\0state ${this.state.entityId}`;
  }
  override item(key: unknown, run: Run): unknown {
    return typeof key === "string" ? this.attribute(key, run) : undefined;
  }
  override attribute(name: string, run: Run): unknown {
    const { entityId, state, attributes, lastChangedAt, lastUpdatedAt } = this.state;
    switch (name) {
      case "state":
        return state;
      case "attributes":
        return attributes;
      case "entity_id":
        return entityId;
      case "domain":
        return domainOf(entityId);
      case "object_id":
        return entityId.slice(entityId.indexOf(".") + 1);
      case "name":
        return nameOf(this.state);
      case "last_changed":
        return atUtc(lastChangedAt * 1000, UTC);
      case "last_updated":
      case "last_reported":
        return atUtc(lastUpdatedAt * 1000, UTC);
      case "state_with_unit":
        return shownState(run, this.state, { rounded: true, unit: true });
      case "context":
        throw notSupported("state.context");
      default:
        return undefined;
    }
  }
}

export function stateOf(state: WorldState): StateValue {
  return new StateValue(state);
}

export function domainOf(entityId: string): string {
  return entityId.slice(0, entityId.indexOf("."));
}

/** The friendly name, else the object id with spaces. */
export function nameOf({ entityId, attributes }: WorldState): string {
  const name = attributes.friendly_name;
  if (name !== undefined && name !== null) return toText(name);
  return entityId.slice(entityId.indexOf(".") + 1).replaceAll("_", " ");
}

/** The state of an entity; ids are found in any case, and what is no text fails as in Home Assistant. */
export function findState({ world }: Run, entityId: unknown): WorldState | undefined {
  if (typeof entityId === "string") {
    return world.state(entityId) ?? world.state(entityId.toLowerCase());
  }
  if (entityId instanceof Undefined) throw entityId.failure();
  const message = `'${typeName(entityId)}' object has no attribute 'lower'`;
  throw failure("AttributeError", message);
}

/** The state, or `null`; throws when the id cannot be one. */
function validState(run: Run, entityId: string): StateValue | null {
  const state = findState(run, entityId);
  if (state !== undefined) return stateOf(state);
  if (VALID_ID.test(entityId)) return null;
  throw failure("TemplateError", `Invalid entity ID '${entityId}'`);
}

interface Shown {
  readonly rounded: boolean;
  readonly unit: boolean;
}

/** A sensor is rounded as Home Assistant shows it, when the world knows how that is. */
function shownState({ world }: Run, state: WorldState, { rounded, unit }: Shown): string {
  const isNumber = state.state.trim() !== "" && Number.isFinite(Number(state.state));
  const isRounded = rounded && domainOf(state.entityId) === "sensor" && isNumber;
  if (isRounded && world.displayPrecision === undefined) throw notSupported("a rounded state");
  const digits = isRounded ? world.displayPrecision?.(state.entityId) : undefined;
  const text = digits === undefined ? state.state : fixed(Number(state.state), digits);
  const { unit_of_measurement: of } = state.attributes;
  return unit && truthy(of) ? `${text} ${toText(of)}` : text;
}

/** The state of an entity as text; `unknown` when there is none. */
export function readState(run: Run, entityId: unknown, shown?: Shown): string {
  const state = findState(run, entityId);
  if (state === undefined) return UNKNOWN;
  return shown?.rounded || shown?.unit ? shownState(run, state, shown) : state.state;
}

class DomainStates extends PythonObject {
  readonly typeName = "DomainStates";
  readonly qualifiedName = "homeassistant.helpers.template.states.DomainStates";
  readonly #domain: string;
  constructor(domain: string) {
    super();
    this.#domain = domain;
  }
  override repr(): string {
    return `<template DomainStates(${textRepr(this.#domain)})>`;
  }
  override attribute(name: string, run: Run): unknown {
    return validState(run, `${this.#domain}.${name}`);
  }
  override item(key: unknown, run: Run): unknown {
    return typeof key === "string" ? this.attribute(key, run) : undefined;
  }
  override length({ world }: Run): number {
    return world.entityIds(this.#domain).length;
  }
  override iterate(run: Run): Iterable<unknown> {
    return statesOf(run, run.world.entityIds(this.#domain));
  }
}

function* statesOf({ world }: Run, entityIds: readonly string[]): Iterable<unknown> {
  for (const entityId of entityIds) {
    const state = world.state(entityId);
    if (state !== undefined) yield stateOf(state);
  }
}

/** `states`: all of them, those of a domain, or a call for one. */
export class AllStates extends Callable {
  override readonly typeName = "AllStates";
  readonly qualifiedName = "homeassistant.helpers.template.states.AllStates";
  override repr(): string {
    return "<template AllStates>";
  }
  call(run: Run, args: readonly unknown[], named?: Named): string {
    const [entityId = named?.get("entity_id")] = args;
    const unit = truthy(args[2] ?? named?.get("with_unit") ?? false);
    const rounded = args[1] ?? named?.get("rounded");
    return readState(run, entityId, {
      rounded: rounded === undefined ? unit : truthy(rounded),
      unit,
    });
  }
  override attribute(name: string, run: Run): unknown {
    if (name.includes(".")) return validState(run, name);
    if (VALID_DOMAIN.test(name)) return new DomainStates(name);
    throw failure("TemplateError", `Invalid domain name '${name}'`);
  }
  override item(key: unknown, run: Run): unknown {
    return typeof key === "string" ? this.attribute(key, run) : undefined;
  }
  override length({ world }: Run): number {
    return world.entityIds().length;
  }
  override iterate(run: Run): Iterable<unknown> {
    return statesOf(run, run.world.entityIds());
  }
}
