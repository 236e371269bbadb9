import { createAnnouncer } from "./announcer.ts";
import { type Bus, createBus } from "./bus.ts";
import { createSimulatedClock, type SimulatedClock } from "./clock.ts";
import { createEntities, type Entities } from "./entities.ts";
import { createLocalCalendar, type LocalCalendar } from "./local-time.ts";
import { createRandom, type Random } from "./random.ts";
import { createRegistry, type Registry } from "./registry.ts";
import { createServices, type Services } from "./services.ts";
import { createStateMachine, type StateMachine } from "./state-machine.ts";

/** Core's life, as `get_config.state` says it. */
export type CoreState = "NOT_RUNNING" | "STARTING" | "RUNNING" | "STOPPING" | "STOPPED";

/** Where the house stands. */
export interface Place {
  readonly name: string;
  readonly latitude: number;
  readonly longitude: number;
  readonly elevation: number;
  readonly timeZone: string;
}

/** The parts of Home Assistant that integrations and commands build on. */
export interface Core {
  readonly clock: SimulatedClock;
  readonly calendar: LocalCalendar;
  readonly random: Random;
  readonly states: StateMachine;
  readonly bus: Bus;
  readonly registry: Registry;
  readonly entities: Entities;
  readonly services: Services;
  readonly place: Place;
  readonly version: string;
  running: CoreState;
}

export function createCore({
  startAt,
  seed,
  place,
  version,
}: {
  startAt: number;
  seed: number;
  place: Place;
  version: string;
}): Core {
  const random = createRandom(seed);
  const clock = createSimulatedClock(startAt);
  const announce = createAnnouncer();
  const states = createStateMachine({
    now: clock.now,
    random: createRandom(seed ^ 0x5eed),
    announce,
  });
  const bus = createBus(states, announce);
  const registry = createRegistry({ bus });
  const entities = createEntities({ states, now: clock.now });
  const services = createServices({ bus, entities, registry });
  const calendar = createLocalCalendar(place.timeZone);
  const running: CoreState = "RUNNING";
  return {
    clock,
    calendar,
    random,
    states,
    bus,
    registry,
    entities,
    services,
    place,
    version,
    running,
  };
}

/** True when `version` is at least `wanted`; both like `2026.9.1`. */
export function isAtLeast(version: string, wanted: string): boolean {
  const [year = 0, month = 0] = version.split(".").map(Number);
  const [wantedYear = 0, wantedMonth = 0] = wanted.split(".").map(Number);
  return year > wantedYear || (year === wantedYear && month >= wantedMonth);
}
