import { createLocalDays, type LocalDays } from "#analysis/local-days/local-days.ts";
import { AppError } from "#foundation/errors.ts";
import type { PurposeCondition } from "#home/automation/automation.ts";
import { compileTemplate, isTemplate, type TemplateWorld } from "#home/template/template.ts";
import {
  createHouse,
  type House,
  type PastColumns,
  type PastEvent,
  type PastWorld,
  type WorldState,
} from "../past/past.ts";
import { createSun, type Sun } from "./sun.ts";
import { createTexts, type Texts } from "./texts.ts";
import { createTimers, type Timers } from "./timers.ts";
import { type Transition, World } from "./world.ts";

export type { ClockPattern, LocalDays } from "#analysis/local-days/local-days.ts";
export { moonOf } from "./moon.ts";
export { ELEVATIONS, type SolarEvent, type Sun } from "./sun.ts";
export { driveSun } from "./sun-entity.ts";
export {
  type Failure,
  isFailure,
  isTruthy,
  saysTrue,
  type Texts,
  toPeriodMs,
  toVariable,
  type Variables,
} from "./texts.ts";
export { isEqual, type Transition, type World } from "./world.ts";
export { isInZone, saysWhere } from "./zone.ts";

/** An event of the bus, as triggers hear it. */
export type HeardEvent = Pick<PastEvent, "type" | "data" | "userId">;

/** By entity. */
type MadeScene = ReadonlyMap<string, Pick<WorldState, "state"> & Partial<WorldState>>;

/** What triggers, conditions and actions are played on. */
export interface Stage {
  readonly world: World;
  readonly house: House;
  readonly days: LocalDays;
  /** Absent when nobody said where the house stands. */
  readonly sun: Sun | undefined;
  readonly texts: Texts;
  readonly timers: Timers;
  /** In which heating says its temperatures. */
  readonly temperatureUnit: string;
  /** By condition with a `for`: since when an entity has been as it wants. */
  readonly metSince: Map<PurposeCondition, (entityId: string) => number | undefined>;
  /** Counts what is done. */
  nextOrder(): number;
  /** Does it once what is being done now has ended. In order. */
  post(act: () => void): void;
  /** Tells those who listen, later, as Home Assistant does. */
  tellLater(transition: Transition): void;
  listenForEvent(type: string, listener: (event: HeardEvent) => void): () => void;
  fireEvent(event: HeardEvent): void;
  /** Scenes that actions made. */
  readonly madeScenes: Map<string, MadeScene>;
  /** The types of events that were recorded. */
  readonly recorded: ReadonlySet<string>;
}

export interface PlayedStage extends Stage {
  /** The last moment at which what was done led to ever more; the rest was left out. */
  readonly endlessAt: number | undefined;
  /** Does everything that was posted, and what follows from it. */
  drain(): void;
  /** Plays until `until`, exclusive: timers and recorded rows in order of time. */
  playUntil(until: number): void;
}

interface Given {
  readonly past: PastWorld;
  readonly columns: PastColumns;
  readonly isStopped?: (() => boolean) | undefined;
}

const ASKS_EVERY = 1024; // turns between two looks at whether to stop
const MOST_AT_ONCE = 10_000; // automations that start each other without end

/** Everything that moves as time goes by, ready at the past's first moment. */
export function createStage({ past, columns, isStopped = () => false }: Given): PlayedStage {
  const world = new World(columns, past.initial, past.start);
  const days = createLocalDays(past.timeZone);
  const house = createHouse(past.house);
  const timers = createTimers();
  const templateWorld = toTemplateWorld(world, house, past.timeZone);
  const texts = createTexts({
    isTemplate,
    read(text) {
      const compiled = compileTemplate(text);
      const { problems, entityIds, usesNow, reads, unsupported } = compiled;
      return {
        ...{ problems, entityIds, usesNow, reads, unsupported },
        render: (variables) => compiled.render(templateWorld, variables),
      };
    },
  });
  const listeners = new Map<string, readonly ((event: HeardEvent) => void)[]>();
  const events = past.events ?? [];
  let queue: (() => void)[] = [];
  let row = 0;
  let order = 0;
  let endlessAt: number | undefined;
  let event = 0;

  function drain(): void {
    for (let n = 0; n < queue.length; n += 1) {
      queue[n]?.();
      if (n < MOST_AT_ONCE) continue;
      endlessAt = world.now;
      break;
    }
    queue = [];
  }

  const fireEvent = (heard: HeardEvent) => {
    for (const listener of listeners.get(heard.type) ?? []) listener(heard);
  };

  /** Plays rows before a moment until one is heard. Answers whether one was. */
  function playRows(border: number): boolean {
    const { at, count } = columns;
    while (row < count && (at[row] as number) < border) {
      world.now = at[row] as number;
      const transition = world.apply(row);
      row += 1;
      if (!transition) continue;
      world.tell(transition);
      return true;
    }
    return false;
  }

  return {
    ...{ world, house, days, timers, texts },
    temperatureUnit: past.temperatureUnit ?? "°C",
    metSince: new Map(),
    madeScenes: new Map(),
    recorded: new Set(events.map(({ type }) => type)),
    sun: past.position && createSun(past.position, days),
    nextOrder() {
      order += 1;
      return order;
    },
    post: (act) => void queue.push(act),
    tellLater: (transition) => void queue.push(() => world.tell(transition)),
    listenForEvent(type, listener) {
      listeners.set(type, [...(listeners.get(type) ?? []), listener]);
      return () => {
        listeners.set(
          type,
          (listeners.get(type) ?? []).filter((one) => one !== listener),
        );
      };
    },
    fireEvent: (heard) => void queue.push(() => fireEvent(heard)),
    get endlessAt() {
      return endlessAt;
    },
    drain,
    playUntil(until) {
      for (let turn = 1; ; turn += 1) {
        if (turn % ASKS_EVERY === 0 && isStopped()) {
          throw new AppError("unavailable", "replay.stopped", "The replay was stopped");
        }
        const timerAt = timers.nextAt;
        const eventAt = events[event]?.at ?? Number.POSITIVE_INFINITY;
        const border = Math.min(timerAt, eventAt, until);
        if (!playRows(border)) {
          if (border >= until) break;
          world.now = border;
          if (timerAt === border) timers.take()();
          else fireEvent(events[event++] as PastEvent);
        }
        if (queue.length > 0) drain();
      }
      world.now = until;
    },
  };
}

function toTemplateWorld(world: World, house: House, timeZone: string): TemplateWorld {
  return {
    get now() {
      return world.now;
    },
    timeZone,
    state: (entityId) => world.state(entityId),
    entityIds: (domain) => world.entityIds(domain),
    areaOf: (entityId) => house.entities.get(entityId)?.areaId,
    areaName: (areaId) => house.areaName(areaId),
    areaEntities: (areaId) => house.ofArea(areaId).map(({ entityId }) => entityId),
    deviceOf: (entityId) => house.entities.get(entityId)?.deviceId,
    deviceEntities: (deviceId) => house.ofDevice(deviceId).map(({ entityId }) => entityId),
    labelEntities: (labelId) => house.ofLabel(labelId).map(({ entityId }) => entityId),
  };
}
