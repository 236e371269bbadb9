import { present } from "#foundation/absent.ts";
import type { Registry } from "#home/registry/registry.ts";
import type { EntityState } from "#home/states/states.ts";
import type { Domain, Key } from "./rest.ts";

/** An automation, script or scene that stands in Home Assistant, as its entity shows it. */
export interface Standing {
  readonly entityId: string;
  readonly domain: Domain;
  /** Absent when it was written without one: then nobody but a person with an editor can change it. */
  readonly id?: string;
  readonly name: string;
  /** `on`, `off`, `unavailable`; of a scene when it was last activated. */
  readonly state: string;
  readonly mode?: string;
  readonly lastTriggeredAt?: number;
  /** Runs at this moment. */
  readonly running: number;
}

interface Deps {
  readonly states: ReadonlyMap<string, EntityState>;
  readonly registry: Pick<Registry, "entities">;
}

/** Reads the entities of automations, scripts and scenes from the current states. */
export function createStandings({ states, registry }: Deps) {
  const idOf = (entityId: string, state: EntityState): string | undefined => {
    const { id } = state.attributes;
    if (typeof id === "string" && id !== "") return id;
    const entry = registry.entities.get(entityId);
    const isOurs = entry && ["automation", "script", "homeassistant"].includes(entry.platform);
    if (isOurs && entry.unique_id) return entry.unique_id;
    return entityId.startsWith("script.") ? entityId.slice("script.".length) : undefined;
  };

  function toStanding(entityId: string, state: EntityState): Standing {
    const { friendly_name: name, mode, current, last_triggered: last } = state.attributes;
    const lastTriggeredAt = typeof last === "string" ? Date.parse(last) : Number.NaN;
    return {
      entityId,
      domain: entityId.slice(0, entityId.indexOf(".")) as Domain, // the callers look at those alone
      ...present("id", idOf(entityId, state)),
      name: typeof name === "string" && name !== "" ? name : entityId,
      state: state.state,
      ...(typeof mode === "string" ? { mode } : {}),
      ...(Number.isNaN(lastTriggeredAt) ? {} : { lastTriggeredAt }),
      running: typeof current === "number" ? current : 0,
    };
  }

  return {
    list: (domain: Domain): Standing[] =>
      [...states]
        .filter(([entityId]) => entityId.startsWith(`${domain}.`))
        .map(([entityId, state]) => toStanding(entityId, state)),
    find(entityId: string): Standing | undefined {
      const state = states.get(entityId);
      return state && toStanding(entityId, state);
    },
    findById({ domain, id }: Key): Standing | undefined {
      return this.list(domain).find((one) => one.id === id);
    },
  };
}

export type Standings = ReturnType<typeof createStandings>;
