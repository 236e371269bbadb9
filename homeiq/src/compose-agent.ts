import { agentJob } from "#ai/agent/agent.job.ts";
import { type Agent, createAgent, type Sources } from "#ai/agent/agent.ts";
import type { Suggestions } from "#ai/suggestions/suggestions.ts";
import type { EnergyAnalysis } from "#analysis/energy/energy.ts";
import type { Patterns } from "#analysis/patterns/patterns.ts";
import type { OutsideTopic } from "#enrichment/provider.ts";
import type { PublishedValues } from "#enrichment/publish/publish.ts";
import type { Surroundings } from "#enrichment/surroundings/surroundings.ts";
import { dropAbsent } from "#foundation/absent.ts";
import type { Clock } from "#foundation/clock.ts";
import { AppError } from "#foundation/errors.ts";
import type { Job } from "#foundation/jobs.ts";
import type { Log } from "#foundation/log.ts";
import { DAY_MS, MINUTE_MS } from "#foundation/time.ts";
import type { Topic } from "#foundation/topic.ts";
import type { Command, Session } from "#home/connection/connection.ts";
import type { Registry } from "#home/registry/registry.ts";
import type { EntityState } from "#home/states/states.ts";
import type { History, RecordedChange } from "#ingest/history/history.ts";
import type { Db } from "#store/database.ts";

interface Parts {
  readonly db: Db;
  readonly clock: Clock;
  readonly log: Log;
  readonly registry: Registry;
  readonly states: ReadonlyMap<string, EntityState>;
  readonly isConnected: () => boolean;
  readonly nameOf: (entityId: string) => string;
  readonly request: (command: Command) => Promise<unknown>;
  readonly history: Pick<History, "series" | "statistics" | "entities">;
  readonly recorded: Topic<readonly RecordedChange[]>;
  readonly surroundings: Pick<Surroundings, "latest" | "occupancy">;
  readonly outsideChanged: Topic<OutsideTopic>;
  readonly energy: Pick<EnergyAnalysis, "bestStart" | "report">;
  readonly patterns: Pick<Patterns, "list">;
  readonly suggestions: Pick<Suggestions, "list" | "outcomes">;
  /** Shows values in Home Assistant, where there is a broker. */
  readonly alsoShow: (read: () => PublishedValues) => void;
}

const OUTCOMES_EVERY_MS = 10 * MINUTE_MS; // they change by a hand's doing, a few times a day

/** What may be worth a word at once; the rest is looked at each minute. */
const URGENT = /^(binary_sensor|cover|lock|person|alarm_control_panel|valve)\./;
const REPORT_WITHIN_MS = 60_000;
const OUTSIDE: ReadonlySet<OutsideTopic> = new Set([
  "weather",
  "price",
  "carbon",
  "sports",
  "calendar",
]);

/** The proactive agent. */
export function composeAgent(parts: Parts) {
  const { db, clock, log, registry, states, nameOf, isConnected } = parts;
  const agent = createAgent({
    ...{ db, clock, log, states, nameOf, isConnected },
    sources: sourcesOf(parts),
    areaOf: (entityId) => registry.areaOf(entityId),
    house: () => {
      const config = registry.config();
      return {
        timeZone: config?.time_zone ?? "UTC",
        language: config?.language ?? "en",
        temperatureUnit: config?.unit_system.temperature ?? "°C",
        services: registry.services,
      };
    },
    phoneOf: (entityId) => {
      if (registry.entities.get(entityId)?.platform !== "mobile_app") return undefined;
      const name = registry.deviceOf(entityId)?.name; // its action is named after this, whatever people call it
      return name ? { deviceName: name } : undefined;
    },
    async call(action, { data, entityIds }) {
      const [domain = "", service = ""] = action.split(".");
      await parts.request({
        ...{ type: "call_service", domain, service, service_data: data ?? {} },
        ...(entityIds ? { target: { entity_id: entityIds } } : {}),
      });
    },
  });
  const endings = [
    parts.recorded.subscribe((changes) => {
      if (changes.some(({ entityId }) => URGENT.test(entityId))) agent.noticeSoon();
    }),
    parts.outsideChanged.subscribe((topic) => {
      if (OUTSIDE.has(topic)) agent.noticeSoon();
    }),
  ];
  parts.alsoShow(outcomesFor(parts, agent));
  const jobs: readonly Job[] = [agentJob(agent)];
  return {
    faces: { agent },
    jobs,
    async follow(session: Session): Promise<void> {
      const event = { type: "subscribe_events", event_type: "mobile_app_notification_action" };
      await session.subscribe(event, agent.onPressed);
      agent.noticeSoon();
    },
    async [Symbol.asyncDispose]() {
      for (const end of endings) end();
      await agent[Symbol.asyncDispose]();
    },
  };
}

/** What became of what was suggested and done; a share is absent while nothing is known of it. */
function outcomesFor({ clock, suggestions }: Parts, agent: Pick<Agent, "status">) {
  let known: { readonly at: number; readonly values: PublishedValues } | undefined;
  return (): PublishedValues => {
    const now = clock.now();
    if (known && now - known.at < OUTCOMES_EVERY_MS) return known.values;
    const { acceptance, kept, due } = suggestions.outcomes().all;
    const values = {
      suggestions_open: { value: suggestions.list({ statuses: ["open"] }).length },
      agent_undone: { value: agent.status().outcomes.undone },
      ...(acceptance ? { suggestions_accepted: { value: acceptance.value * 100 } } : {}),
      ...(due > 0 ? { suggestions_kept: { value: (kept / due) * 100 } } : {}),
    };
    known = { at: now, values };
    return values;
  };
}

function sourcesOf(parts: Parts): Sources {
  const { clock, registry, states, history, surroundings, energy, suggestions } = parts;
  const recorded = (entityIds: readonly string[]) =>
    entityIds.filter((entityId) => history.entities.find(entityId));
  const open = () => suggestions.list({ statuses: ["open"], sort: "newest" });

  return {
    states,
    latest: surroundings.latest,
    async trips() {
      const { hints } = await surroundings.occupancy();
      return hints
        .filter(({ meaning, start, end }) => meaning === "vacation" && end - start >= DAY_MS)
        .map(({ start, end, event }) => ({ start, end, summary: event.summary }));
    },
    async bestRun(entityId, by) {
      const deadline = clock.now() + DAY_MS;
      const found = await optional(() => energy.bestStart({ entityId, deadline, by }));
      if (found?.verdict !== "found" || found.best.costNow === undefined) return undefined;
      const { start, cost, costNow } = found.best;
      return { start, cost, costNow, kwh: found.kwh, runs: found.runs };
    },
    async dailyLevels(entityIds, from) {
      const known = recorded(entityIds);
      if (known.length === 0) return new Map();
      const timeZone = registry.config()?.time_zone ?? "UTC";
      const to = clock.now();
      const days = await history.statistics({
        entityIds: known,
        from,
        to,
        period: "day",
        timeZone,
      });
      return new Map(
        days.map(({ entityId, rows }) => [
          entityId,
          rows.flatMap(({ start, last, timeWeightedMean, mean }) => {
            const percent = timeWeightedMean ?? mean ?? last;
            return percent === undefined ? [] : [{ at: start, percent }];
          }),
        ]),
      );
    },
    async power(entityIds, from) {
      const known = recorded(entityIds);
      if (known.length === 0) return new Map();
      const found = await history.series({ entityIds: known, from, to: clock.now() });
      return new Map(
        found.map(({ entityId, at, value }) => {
          const factor = states.get(entityId)?.attributes.unit_of_measurement === "kW" ? 1000 : 1;
          return [entityId, { at: [...at], value: Array.from(value, (one) => one * factor) }];
        }),
      );
    },
    async whereabouts(from) {
      const entityIds = recorded([...states.keys()].filter((id) => id.startsWith("person.")));
      if (entityIds.length === 0) return [];
      const found = await history.series({ entityIds, from, to: clock.now() });
      return found.map(({ before, at, state, states: named }) => [
        ...(before ? [{ at: from, state: before.state }] : []),
        ...Array.from(at, (moment, n) => ({
          at: moment,
          state: named[state[n] ?? -1] ?? "unknown",
        })),
      ]);
    },
    openedAt(powerSensor) {
      const deviceId = registry.entities.get(powerSensor)?.device_id;
      if (!deviceId) return undefined;
      const doors = registry.entitiesOfDevice(deviceId).flatMap((id) => states.get(id) ?? []);
      const times = doors
        .filter(({ attributes }) => attributes.device_class === "door")
        .map(({ lastChangedAt }) => lastChangedAt);
      return times.length > 0 ? Math.max(...times) : undefined;
    },
    forgotten: () =>
      new Set(
        parts.patterns.list({ kinds: ["left_on"] }).flatMap(({ pattern }) => pattern.entityIds),
      ),
    newSuggestions: (since) =>
      open()
        .filter(({ firstFoundAt }) => firstFoundAt > since)
        .map(({ title }) => title),
    openSuggestions: () => open().length,
    async energyWeek() {
      const report = await optional(() =>
        energy.report({ days: 7 }, AbortSignal.timeout(REPORT_WITHIN_MS)),
      );
      if (!report?.flow) return undefined;
      const { importKwh, exportKwh, solarKwh } = report.flow;
      return { importKwh, exportKwh, ...dropAbsent({ solarKwh }) };
    },
  };
}

/** Without prices, or a meter, there is no answer, and that is no failure. */
async function optional<T>(ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof AppError && error.kind !== "internal") return undefined;
    throw error;
  }
}
