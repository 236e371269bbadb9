import { type Clock, sleep } from "#foundation/clock.ts";
import { AppError } from "#foundation/errors.ts";
import { SECOND_MS } from "#foundation/time.ts";
import type { Topic } from "#foundation/topic.ts";
import type { JsonMap } from "#home/automation/automation.ts";
import type { Command, Endpoint, Session } from "#home/connection/connection.ts";
import type { Registry } from "#home/registry/registry.ts";
import type { EntityState } from "#home/states/states.ts";
import { createAsk } from "./ask.ts";
import { AutomationTriggered, WireLoaded } from "./automation-config.schema.ts";
import { type BlueprintOf, createBlueprintOf } from "./blueprint-use.ts";
import { type Blueprints, createBlueprints } from "./blueprints.ts";
import { type Checks, createChecks } from "./checks.ts";
import { createMark } from "./mark.ts";
import { createPlatforms, type Platforms } from "./platforms.ts";
import { type ConfigFiles, createConfigFiles, type Domain, type Key } from "./rest.ts";
import { createStandings, type Standing } from "./standing.ts";
import { createTraces, type Traces } from "./traces.ts";

export type { BlueprintOf, UsedBlueprint, UsedInput } from "./blueprint-use.ts";
export type { Blueprints, FoundBlueprint, InstalledBlueprint } from "./blueprints.ts";
export type { ActionCall, Called, Checks, Verdict, Verdicts } from "./checks.ts";
export type { Platforms } from "./platforms.ts";
export { DOMAINS, type Domain, type Key } from "./rest.ts";
export type { Standing } from "./standing.ts";
export type { RunOfContext, RunTrace, ShortTrace, TraceStep, Traces } from "./traces.ts";

/** An automation began its actions. */
export interface Triggered {
  readonly entityId: string;
  readonly contextId: string;
  readonly at: number;
}

/** A configuration and whether it can be changed: those of packages and split files can only be read. */
export interface FoundConfig {
  readonly config: JsonMap;
  readonly editable: boolean;
}

export interface AutomationConfig extends ConfigFiles {
  /** What stands in Home Assistant now, from its entities. */
  list(domain: Domain): readonly Standing[];
  find(entityId: string): Standing | undefined;
  /** The entity that a configuration became. */
  findById(key: Key): Standing | undefined;
  /** From its file, else as it was loaded; `undefined` when Home Assistant tells neither. */
  configOf(entityId: string): Promise<FoundConfig | undefined>;
  /**
   * Waits until what was written is loaded: the entity is there, and Home Assistant said that it reloaded.
   *
   * After half the time it asks Home Assistant to reload. Throws `unconfigured` when nothing appears,
   * `invalid` when it was loaded but cannot work, `unavailable` while Home Assistant is away.
   */
  loaded(
    key: Key,
    options: { readonly since: number; readonly timeoutMs: number },
  ): Promise<Standing>;
  /** Counts the reloads that Home Assistant told; the mark to wait from. */
  reloads(): number;
  /** Puts the category and the label `HomeIQ` on it. */
  mark(entityId: string): Promise<void>;
  readonly traces: Traces;
  readonly checks: Checks;
  readonly blueprints: Blueprints;
  readonly blueprintOf: BlueprintOf;
  readonly platforms: Platforms;
  /** Listens until the session ends. */
  follow(session: Session): Promise<void>;
}

const LOOK_EVERY_MS = 100;
const RELOAD_WITHIN_MS = 30 * SECOND_MS;

interface Deps {
  readonly endpoint: Endpoint | undefined;
  readonly clock: Clock;
  readonly states: ReadonlyMap<string, EntityState>;
  readonly registry: Pick<Registry, "entities">;
  readonly request: (command: Command, timeoutMs?: number) => Promise<unknown>;
  /** Something about automations, scripts or scenes was loaded again. */
  readonly reloaded: Topic<void>;
  readonly triggered: Topic<Triggered>;
}

/** What Home Assistant stores and tells of its automations, scripts and scenes. */
export function createAutomationConfig(deps: Deps): AutomationConfig {
  const { clock, registry } = deps;
  const ask = createAsk(deps.request);
  const files = createConfigFiles(deps.endpoint);
  const standings = createStandings(deps);
  const checks = createChecks(ask);
  const blueprints = createBlueprints(ask);
  const platforms = createPlatforms();
  let reloads = 0;

  async function readLoaded(entityId: string): Promise<JsonMap | undefined> {
    const domain = entityId.slice(0, entityId.indexOf("."));
    if (domain === "scene") return undefined; // there is no such command for scenes
    try {
      const { config } = await ask({ type: `${domain}/config`, entity_id: entityId }, WireLoaded);
      return config ?? undefined;
    } catch (error) {
      if (error instanceof AppError && error.kind === "not_found") return undefined;
      throw error;
    }
  }

  /** Told by the event, or seen: after a restart everything is loaded and nobody says so. */
  async function isLoaded(key: Key, since: number): Promise<Standing | undefined> {
    const standing = standings.findById(key);
    if (!standing || standing.state === "unavailable") return undefined;
    if (reloads > since) return standing;
    const [loaded, stored] = await Promise.all([readLoaded(standing.entityId), files.read(key)]);
    if (!loaded || !stored) return undefined;
    return canonical(loaded) === canonical(stored) ? standing : undefined;
  }

  async function waitFor<T>(
    look: () => Promise<T | undefined>,
    timeoutMs: number,
  ): Promise<T | undefined> {
    const end = clock.now() + timeoutMs;
    for (;;) {
      const found = await look();
      if (found !== undefined) return found;
      if (clock.now() >= end) return undefined;
      await sleep(clock, LOOK_EVERY_MS);
    }
  }

  return {
    ...files,
    list: (domain) => standings.list(domain),
    find: (entityId) => standings.find(entityId),
    findById: (key) => standings.findById(key),
    async configOf(entityId) {
      const standing = standings.find(entityId);
      if (!standing) return undefined;
      const { domain, id } = standing;
      const stored = id === undefined ? undefined : await files.read({ domain, id });
      if (stored) return { config: stored, editable: true };
      const loaded = await readLoaded(entityId);
      return loaded && { config: loaded, editable: false };
    },
    reloads: () => reloads,
    async loaded(key, { since, timeoutMs }) {
      const look = () => isLoaded(key, since);
      const first = await waitFor(look, timeoutMs / 2);
      if (first) return first;
      await checks.call({ action: `${key.domain}.reload` }, RELOAD_WITHIN_MS);
      const second = await waitFor(look, timeoutMs / 2);
      if (second) return second;
      throw standings.findById(key) ? unusable(key) : neverLoaded(key);
    },
    mark: createMark(ask, registry),
    traces: createTraces(ask),
    checks,
    blueprints,
    blueprintOf: createBlueprintOf({ clock, blueprints }),
    platforms: platforms.announced,
    async follow(session) {
      const onReload = () => {
        reloads += 1;
        deps.reloaded.publish();
      };
      const onTriggered = (event: unknown) => {
        const { data } = AutomationTriggered.safeParse(event);
        if (!data) return;
        const { entity_id: entityId } = data.data;
        deps.triggered.publish({ entityId, contextId: data.context.id, at: clock.now() });
      };
      const listen = (event_type: string, listener: (event: unknown) => void) =>
        session.subscribe({ type: "subscribe_events", event_type }, listener);
      await Promise.all([
        listen("automation_reloaded", onReload),
        listen("scene_reloaded", onReload),
        listen("automation_triggered", onTriggered),
        platforms.follow(session),
      ]);
    },
  };
}

const neverLoaded = ({ domain, id }: Key) =>
  new AppError(
    "unconfigured",
    "automation_config.not_loaded",
    `Home Assistant stored it but never loaded it. Its configuration.yaml needs the line "${domain}: !include ${domain}s.yaml".`,
    { facts: { domain, id, line: `${domain}: !include ${domain}s.yaml` } },
  );

const unusable = ({ domain, id }: Key) =>
  new AppError(
    "invalid",
    "automation_config.unusable",
    "Home Assistant loaded it but cannot use it; its repairs say why",
    { facts: { domain, id } },
  );

/** The same text for the same configuration, whatever the order of its keys; the id is not part of it. */
export function canonical(config: JsonMap): string {
  const { id: _id, ...rest } = config;
  return JSON.stringify(sorted(rest));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, sorted(inner)]));
}
