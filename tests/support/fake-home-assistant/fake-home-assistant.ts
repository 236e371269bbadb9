import { runOrder } from "./control.ts";
import { type BlastOptions, type BlastResult, blast } from "./faults/blast.ts";
import { type Garbage, sendGarbage } from "./faults/garbage.ts";
import { restart } from "./faults/restart.ts";
import { createHandles, type Handles } from "./handles.ts";
import type { Preset } from "./household/presets.ts";
import { createSimulation, type Simulation } from "./household/simulation.ts";
import type { UserEntry } from "./model/registry-entries.ts";
import { allCommands } from "./protocol/all-commands.ts";
import { startServer } from "./protocol/server.ts";
import { noTroubles } from "./protocol/troubles.ts";
import { keepRate, startRealTime } from "./real-time.ts";
import { answerRest } from "./rest/rest.ts";

export type { BlastResult, Garbage, Preset };

/** The token that the fake takes unless told otherwise. */
export const FAKE_TOKEN = "fake-token";

export interface FakeOptions {
  readonly preset?: Preset;
  readonly seed?: number;
  /** Simulated seconds per real second. */
  readonly speed?: number;
  /** 0 takes any free one. */
  readonly port?: number;
  readonly token?: string;
  readonly haVersion?: string;
  /** Days of history before the start. */
  readonly days?: number;
  /** The simulated time at the start; milliseconds since the epoch. Absent: now. */
  readonly startAt?: number;
  /** False: time moves only by `advance`. */
  readonly live?: boolean;
  /** Makes sensors report out of turn until so many states change each simulated second. */
  readonly changesPerSecond?: number;
}

/** A running fake. Tokens of persons are `<token>:<username>`. */
export interface FakeHomeAssistant extends Handles, AsyncDisposable {
  readonly url: string;
  readonly token: string;
  /** The household behind it, for tests that look deeper. */
  readonly simulation: Simulation;
  status(): Readonly<Record<string, unknown>>;
  /** Moves the simulated time. */
  advance(ms: number): void;
  now(): number;
  dropConnections(): void;
  /** Answers nothing for so long; then answers what came in meanwhile. */
  stall(ms: number): void;
  /** Refuses new logins and cuts those that are in. */
  refuseToken(refuse: boolean): void;
  /** Resolves when everything is live again, `settleMs` after connections are taken. */
  restart(options?: { downMs?: number; settleMs?: number }): Promise<void>;
  sendGarbage(kind: Garbage): void;
  /** New connections are greeted so much later. */
  slowAccept(ms: number): void;
  /** Forgets a command, or all that start with `prefix/`. */
  unknownCommand(command: string, options?: { unknown?: boolean }): void;
  /** The next `count` requests to the configuration API get 502; `late`: after they were carried out. */
  badGateway(count: number, options?: { late?: boolean }): void;
  /** `lost`: what is stored is loaded only when asked for; `never`: the file is not included at all. */
  reloads(how: "normal" | "lost" | "never"): void;
  /** Refuses every write of a configuration with these words; without words no longer. */
  refuseWrites(reason?: string): void;
  blast(options: BlastOptions): Promise<BlastResult>;
  stop(): Promise<void>;
}

/** Starts a Home Assistant with a simulated household on a port of this machine. */
export async function startFakeHomeAssistant({
  preset = "flat",
  seed = 1,
  speed = 1,
  port = 0,
  token = FAKE_TOKEN,
  haVersion = "2026.9.1",
  days = 0,
  startAt,
  live = true,
  changesPerSecond,
}: FakeOptions = {}): Promise<FakeHomeAssistant> {
  const begin = startAt ?? Date.now();
  const simulation = createSimulation({ preset, seed, startAt: begin, days, version: haVersion });
  const { core, life, supervisor } = simulation;
  // making the past took seconds; who did not name a start means now
  if (live && startAt === undefined) core.clock.advanceTo(Date.now());
  if (live) life.beLively();
  if (changesPerSecond !== undefined) keepRate(simulation, changesPerSecond);
  const realTime = live ? startRealTime(simulation, speed) : undefined;
  const catchUp = () => realTime?.catchUp();
  const troubles = noTroubles();
  let stalled: NodeJS.Timeout | undefined;

  function findUser(given: unknown, proxied: boolean): UserEntry | undefined {
    const users = [...core.registry.users.values()];
    if (given === token) return proxied ? supervisor : users.find(({ is_owner }) => is_owner);
    if (proxied) return undefined;
    return users.find(({ username }) => username !== null && given === `${token}:${username}`);
  }

  const server = await startServer({
    ...{ core, troubles, port, findUser, catchUp },
    commands: allCommands(simulation),
    rest: (request) => answerRest(request, simulation, troubles),
    control: (name, body) => runOrder(fake, name, body),
  });

  const fake: FakeHomeAssistant = {
    ...createHandles(simulation, catchUp),
    url: server.url,
    token,
    simulation,
    now: core.clock.now,
    advance: (ms) => core.clock.advanceTo(core.clock.now() + ms),
    status: () => ({
      preset,
      seed,
      speed,
      haVersion,
      now: core.clock.now(),
      entities: core.states.size,
      connections: server.clients.size,
      running: core.running,
      rssBytes: process.memoryUsage.rss(),
    }),
    dropConnections: () => server.dropConnections(),
    stall(ms) {
      clearTimeout(stalled);
      server.stall(true);
      stalled = setTimeout(() => server.stall(false), ms);
    },
    refuseToken(refuse) {
      troubles.refuseToken = refuse;
      if (refuse) server.dropConnections(1000);
    },
    restart: ({ downMs = 2000, ...rest } = {}) =>
      restart(simulation, { server, troubles, downMs, ...rest }),
    sendGarbage(kind) {
      const reading = simulation.house.readings.find(
        ({ entityId }) => core.states.get(entityId) !== undefined,
      );
      sendGarbage(server, kind, reading?.entityId ?? "sun.sun");
    },
    slowAccept(ms) {
      troubles.slowAcceptMs = ms;
    },
    unknownCommand(command, { unknown = true } = {}) {
      if (unknown) troubles.unknownCommands.add(command);
      else troubles.unknownCommands.delete(command);
    },
    badGateway(count, { late = false } = {}) {
      troubles.badGateway = { left: count, late };
    },
    reloads(how) {
      troubles.losesReloads = how === "lost";
      simulation.system.automations.isIncluded = how !== "never";
    },
    refuseWrites(reason) {
      troubles.refusesWrites = reason;
    },
    blast: (options) => blast(simulation, server, options),
    async stop() {
      clearTimeout(stalled);
      realTime?.stop();
      await server.close();
    },
    [Symbol.asyncDispose]() {
      return this.stop();
    },
  };
  return fake;
}
