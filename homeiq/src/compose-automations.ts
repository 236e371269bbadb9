import type { z } from "zod";
import type { ValidateConfig } from "#analysis/automation-check/automation-check.ts";
import { dropAbsent } from "#foundation/absent.ts";
import { type Clock, sleep } from "#foundation/clock.ts";
import type { Job } from "#foundation/jobs.ts";
import type { Log } from "#foundation/log.ts";
import { throttle } from "#foundation/throttle.ts";
import { SECOND_MS } from "#foundation/time.ts";
import { createTopic, type Topic } from "#foundation/topic.ts";
import { writeYaml } from "#home/automation/automation.ts";
import {
  createAutomationConfig,
  DOMAINS,
  type Triggered,
} from "#home/automation-config/automation-config.ts";
import type { Command, ConnectionStatus, Endpoint, Session } from "#home/connection/connection.ts";
import { type Registry, readAliases } from "#home/registry/registry.ts";
import { expandTarget } from "#home/registry/targets.ts";
import { type FormerEntity, snapshotOf } from "#home/snapshot/snapshot.ts";
import type { EntityState } from "#home/states/states.ts";
import type { History, RecordedChange, Trace } from "#ingest/history/history.ts";
import type { Db } from "#store/database.ts";
import { lookJob, probationJob } from "./ai/automations/automations.job.ts";
import type { automationsOptions } from "./ai/automations/automations.options.ts";
import {
  type CheckDraft,
  createAutomations,
  type Patience,
  readDraft,
} from "./ai/automations/automations.ts";
import { composeReview } from "./compose-review.ts";

export { automationsOptions } from "./ai/automations/automations.options.ts";
export type { Patience } from "./ai/automations/automations.ts";

interface Parts {
  readonly db: Db;
  readonly clock: Clock;
  readonly log: Log;
  readonly endpoint: Endpoint | undefined;
  readonly states: ReadonlyMap<string, EntityState>;
  readonly registry: Registry;
  readonly recorded: Topic<readonly RecordedChange[]>;
  readonly registryChanged: Topic<void>;
  readonly connectionChanged: Topic<ConnectionStatus>;
  readonly request: (command: Command, timeoutMs?: number) => Promise<unknown>;
  readonly trace: (contextId: string) => Promise<Trace>;
  readonly history: Pick<History, "scan" | "stateAt" | "entities">;
  readonly patience?: Patience;
  readonly options?: z.infer<typeof automationsOptions>;
}

const STATES_WITHIN_MS = 2 * SECOND_MS; // they come right after the connection
const RUN_SEEN_AFTER_MS = 3 * SECOND_MS; // most have ended by then, and their traces are there
const INSPECT_EVERY_MS = 30 * SECOND_MS; // a registry that is tidied up changes again and again
const TELL_EVERY_MS = SECOND_MS; // a page reads again what it shows
const LOOK_EVERY_MS = 5 * SECOND_MS; // who edits in Home Assistant saves again and again

/** The automation workshop: what stands in Home Assistant, and what HomeIQ puts there. */
export function composeAutomations(parts: Parts) {
  const { clock, log } = parts;
  const reloaded = createTopic<void>({ name: "automations reloaded", log });
  const triggered = createTopic<Triggered>({ name: "automation triggered", log });
  const house = createAutomationConfig({ ...parts, reloaded, triggered });
  /** Device actions name entities by what never changes. */
  const toEntityId = (id: string) =>
    [...parts.registry.entities.values()].find((one) => one.id === id)?.entity_id ?? id;
  const { triggers, conditions } = house.platforms;
  const former = rememberedIn(parts.history.entities);
  let aliases: ReadonlyMap<string, readonly string[]> = new Map();
  const home = () =>
    snapshotOf({
      registry: parts.registry,
      states: parts.states,
      ...{ aliases, former },
      ...(triggers.size > 0 ? { triggerKeys: triggers } : {}),
      ...(conditions.size > 0 ? { conditionKeys: conditions } : {}),
    });
  /** With what people call things besides; while Home Assistant is away, what they called them last. */
  const homeWithAliases = async () => {
    aliases = await readAliases(parts.request, parts.registry).catch(() => aliases);
    return home();
  };
  const validateConfig: ValidateConfig = async (config) =>
    // What came from a text or from Home Assistant is what JSON can say.
    house.checks.validate(config as Parameters<typeof house.checks.validate>[0]);
  const check: CheckDraft = (source, { kind, home: looked = home() }) =>
    readDraft(source, { home: looked, validateConfig, blueprintOf: house.blueprintOf, kind });
  const automations = createAutomations({
    ...parts,
    house,
    expand: (target) => expandTarget(target, parts.registry).map(toEntityId),
    home: homeWithAliases,
    ...dropAbsent({
      probationDays: parts.options?.probation_days,
      neverFiredDays: parts.options?.never_fired_days,
    }),
    timeZone: () => parts.registry.config()?.time_zone ?? "UTC",
    check,
    toText: writeYaml,
  });

  const looking = composeReview({
    ...{ clock, house, history: parts.history, registry: parts.registry, states: parts.states },
    ...dropAbsent({ backTestDays: parts.options?.back_test_days }),
  });

  /** Which automations, scripts or scenes changed or ran; none: it is not known which. */
  const changed = createTopic<readonly string[]>({ name: "automations changed", log });
  const toTell = new Set<string | undefined>();
  const tellSoon = throttle(clock, TELL_EVERY_MS, () => {
    changed.publish(toTell.has(undefined) ? [] : [...toTell].filter((id) => id !== undefined));
    toTell.clear();
  });
  const tell = (...entityIds: readonly (string | undefined)[]) => {
    for (const id of entityIds) toTell.add(id);
    tellSoon();
  };
  const inspect = async () => {
    tell(undefined);
    await automations.inspection.findings();
    tell(undefined);
  };
  const quietly = (work: () => Promise<void>) => () => {
    work().catch((error: unknown) => log.info({ err: error }, "Automations are looked at later"));
  };
  const lookSoon = throttle(
    clock,
    LOOK_EVERY_MS,
    quietly(async () => {
      await automations.look();
      await inspect();
    }),
  );
  const inspectSoon = throttle(clock, INSPECT_EVERY_MS, () => {
    if (wasConnected) quietly(inspect)();
  });
  /** Home Assistant is there, and its states are known. */
  const onConnected = quietly(async () => {
    await sleep(clock, STATES_WITHIN_MS);
    await automations.resume();
    await automations.look();
    await inspect();
  });
  let wasConnected = false;
  const onConnection = ({ status }: ConnectionStatus) => {
    const isConnected = status === "connected";
    if (isConnected && !wasConnected) onConnected();
    wasConnected = isConnected;
  };
  const endings = [
    parts.connectionChanged.subscribe(onConnection),
    reloaded.subscribe(lookSoon),
    parts.registryChanged.subscribe(automations.inspection.forget),
    parts.registryChanged.subscribe(inspectSoon),
    reloaded.subscribe(automations.inspection.forget),
    triggered.subscribe(automations.probation.onTriggered),
    triggered.subscribe(({ entityId }) => {
      tell(entityId);
      clock.after(RUN_SEEN_AFTER_MS, () => tell(entityId));
    }),
    parts.recorded.subscribe((changes) => {
      const ids = changes.map(({ entityId }) => entityId).filter(isWorkshops);
      if (ids.length > 0) tell(...ids);
    }),
    parts.recorded.subscribe(automations.probation.onRecorded),
  ];

  const jobs: readonly Job[] = [probationJob(automations.probation), lookJob(automations)];
  return {
    faces: { automations, automationReview: looking.review },
    /** What a page must know before it asks. */
    session: { backTestDays: looking.review.days },
    jobs,
    changed,
    /** What proposes changes of automations needs of it. */
    parts: { automations, review: looking.review, check, home: homeWithAliases, house },
    follow: (session: Session) => house.follow(session),
    async [Symbol.asyncDispose]() {
      for (const end of endings) end();
      await looking[Symbol.asyncDispose]();
    },
  };
}

const isWorkshops = (entityId: string) =>
  DOMAINS.some((domain) => entityId.startsWith(`${domain}.`));

/** What history remembers of an entity that is gone, or has another id now. */
const rememberedIn =
  (entities: Parts["history"]["entities"]) =>
  (entityId: string): FormerEntity | undefined => {
    for (const one of entities.all()) {
      const isIt = entities.renamesOf(one.entityId).some(({ from }) => from === entityId);
      if (isIt) return { entityId, renamedTo: one.entityId };
    }
    const known = entities.find(entityId);
    if (!known) return undefined;
    const { name, areaId, deviceId, deviceClass } = known;
    return { entityId, ...dropAbsent({ name, areaId, deviceId, deviceClass }) };
  };
