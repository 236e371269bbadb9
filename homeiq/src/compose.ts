import { dirname, join } from "node:path";
import { dropAbsent } from "#foundation/absent.ts";
import { startJobs } from "#foundation/jobs.ts";
import { createProcessMetrics } from "#foundation/process-metrics.ts";
import { throttle } from "#foundation/throttle.ts";
import { SECOND_MS } from "#foundation/time.ts";
import { createTopic } from "#foundation/topic.ts";
import { type ConnectionStatus, connectHome } from "#home/connection/connection.ts";
import { describeHouse, type House } from "#home/house/house.ts";
import { createRegistry } from "#home/registry/registry.ts";
import { expandTarget } from "#home/registry/targets.ts";
import { createStates } from "#home/states/states.ts";
import { createBackup } from "#ingest/backup/backup.ts";
import { createEntityFilter } from "#ingest/filter/filter.ts";
import { createGaps } from "#ingest/gaps/gaps.ts";
import { retainJob, sealJob } from "#ingest/history/history.job.ts";
import { createHistory, type RecordedChange } from "#ingest/history/history.ts";
import { toInfluxChoice } from "#ingest/influx/influx.options.ts";
import { createInfluxMirror, planPast } from "#ingest/influx/influx.ts";
import { createIntake, type Intake } from "#ingest/intake/intake.ts";
import { createCauses } from "#ingest/normalize/normalize.ts";
import { openStore } from "#store/database.ts";
import { createApi } from "./api/api.ts";
import { createExporter } from "./api/export/exporter.ts";
import { namesIn } from "./api/export/names.ts";
import { createFilterPreview } from "./api/filter-preview.ts";
import { createInventory } from "./api/inventory.ts";
import { createLive } from "./api/live.ts";
import type { Metrics } from "./api/metrics.ts";
import { listen } from "./api/server.ts";
import { describeThisHouse, modeOf } from "./api/this-house.ts";
import { composeAgent } from "./compose-agent.ts";
import { composeAutomations } from "./compose-automations.ts";
import { composeEnergy } from "./compose-energy.ts";
import { composeEnrichment, isOwn } from "./compose-enrichment.ts";
import { composeEntities } from "./compose-entities.ts";
import { composeNoticing } from "./compose-noticing.ts";
import { composePast } from "./compose-past.ts";
import type { Settings } from "./compose-settings.ts";

const QUEUE_CAPACITY = 50_000; // ten seconds of the worst burst that was measured, about 50 MB
const HOUSE_EVERY_MS = SECOND_MS;
const DRAIN_MS = 3 * SECOND_MS; // the Supervisor allows 30 s; a user who stops the app should not wait

/** Builds the whole program, bottom floor first. Disposing takes it down in the opposite order. */
export async function compose(settings: Settings): Promise<AsyncDisposable & { port: number }> {
  const { clock, log, endpoint, version } = settings;
  await using building = new AsyncDisposableStack();

  // foundation
  const processMetrics = building.use(createProcessMetrics());

  // store
  const store = building.use(openStore(settings.databaseFile));

  // home
  const registryChanged = createTopic<void>({ name: "registry changed", log });
  const connectionChanged = createTopic<ConnectionStatus>({ name: "connection changed", log });
  const houseChanged = createTopic<House>({ name: "house changed", log });
  const registry = createRegistry({
    clock,
    log,
    changed: registryChanged,
    onRename: ({ from, to }) => {
      states.rename(from, to);
      history.entities.rename(from, to);
    },
  });
  const states = createStates({ onRefused: (reason) => intake.count(reason) });
  const entities = composeEntities({ registry, states: states.all() });
  const { nameOfEntity, nameOwn, toFiltered, findUser } = entities;

  // ingest
  const recorded = createTopic<readonly RecordedChange[]>({ name: "state changes", log });
  const filter = createEntityFilter({ db: store.db, clock });
  const gaps = createGaps({ db: store.db, clock });
  const history = await createHistory({
    store,
    clock,
    log,
    capacity: QUEUE_CAPACITY,
    recorded,
    describe: entities.describe,
    alongside: (changes) => influx.alongside(changes),
    onMissed: (missed) => gaps.add(missed),
  });
  building.use(history);
  const influx = building.use(
    await createInfluxMirror({
      clock,
      log,
      store,
      history,
      choice: toInfluxChoice(settings.options ?? {}),
      nameOf: nameOfEntity,
      ...(endpoint?.viaSupervisor ? { supervisorToken: endpoint.token } : {}),
    }),
  );
  const planned = planPast({
    history,
    influx: () => influx.source(),
    onFailure: (error) => log.warn({ err: error }, "InfluxDB could not answer for the past"),
  });
  const lastStates = await history.lastStates();
  states.recall(lastStates.filter(({ entityId }) => !isOwn(entityId)));
  building.defer(
    registryChanged.subscribe(() => void (intake.ready() && history.entities.refresh())),
  );
  const causes = createCauses({
    clock,
    expandTarget: (target) => expandTarget(target, registry),
    findUser,
    nameOf: nameOfEntity,
    onMalformed: () => intake.count("cause_event_invalid"),
  });
  const isKept = (entityId: string) => filter.judge(toFiltered(entityId)).kept;
  const enrichment = building.use(
    composeEnrichment({
      ...{ store, clock, log, registry, registryChanged, history, lastStates, version, endpoint },
      ...dropAbsent({ baseUrls: settings.vendorUrls }),
      options: settings.options ?? {},
      request: (command) => connection.request(command),
      ...{ isKept, nameOwn, states: states.all() },
    }),
  );
  const look = { states: states.all(), registry, clock, nameOf: nameOfEntity };
  const house = () => describeHouse({ ...look, ready: intake.ready() });
  const announceHouse = throttle(clock, HOUSE_EVERY_MS, () => houseChanged.publish(house()));
  const intake: Intake = createIntake({
    clock,
    log,
    states,
    causes,
    filter,
    history,
    gaps,
    toFiltered,
    followRegistry: (session) => registry.follow(session),
    onStates: announceHouse,
    onSnapshot: () => void history.entities.refresh(),
  });
  building.defer(() => history.drain(AbortSignal.timeout(DRAIN_MS)));

  const workshop = building.use(
    composeAutomations({
      ...{ db: store.db, clock, log, endpoint, registry, recorded },
      ...{ connectionChanged, registryChanged },
      ...dropAbsent({ patience: settings.patience, options: settings.options }),
      request: (command, timeoutMs) => connection.request(command, timeoutMs),
      ...{ states: states.all(), history, trace: (contextId: string) => history.trace(contextId) },
    }),
  );

  const energy = building.use(
    composeEnergy({
      ...{ db: store.db, clock, history, registry },
      surroundings: enrichment.surroundings,
      chosenMeter: settings.options?.meter_entity,
      request: (command) => connection.request(command),
    }),
  );

  const noticing = building.use(
    composeNoticing({
      ...{ store, clock, log, registry, states: states.all(), history, gaps },
      isReady: () => intake.ready(),
      automationsChanged: workshop.changed,
      request: (command) => connection.request(command),
      workshop: workshop.parts,
      energy: energy.measured,
      isPastKnown: () => ["done", "paused", "failed"].includes(backfill.status().state),
    }),
  );

  const proactive = building.use(
    composeAgent({
      ...{ db: store.db, clock, log, registry, states: states.all(), history, recorded },
      ...{ nameOf: nameOfEntity, surroundings: enrichment.surroundings },
      isConnected: () => connection.status().status === "connected" && intake.ready(),
      ...{ outsideChanged: enrichment.changed, alsoShow: enrichment.alsoShow },
      request: (command) => connection.request(command),
      ...{ ...energy.faces, ...noticing.faces },
    }),
  );

  // what runs by itself
  const jobs = building.use(
    startJobs({
      jobs: [
        ...[sealJob({ history }), retainJob({ history })],
        ...[...workshop.jobs, ...energy.jobs, ...noticing.jobs, ...proactive.jobs],
      ],
      ...{ clock, log, timeZone: "UTC" },
    }),
  );
  const toHouseTime = () => jobs.useTimeZone(registry.config()?.time_zone ?? "UTC");
  building.defer(registryChanged.subscribe(toHouseTime));
  const connection = building.use(
    connectHome({
      endpoint,
      clock,
      log,
      statusTopic: connectionChanged,
      onSession: async (session) => {
        enrichment.follow(session);
        await intake.onSession(session);
        enrichment.settle();
        await workshop.follow(session);
        await energy.follow();
        await proactive.follow(session);
      },
      onLost: (lost) => intake.onLost(lost),
      onAlive: () => intake.onAlive(),
      onBadFrame: (reason) => intake.count(reason),
    }),
  );

  // the past
  const { backfill, imports } = building.use(
    composePast({
      ...{ db: store.db, clock, log, connection, connectionChanged, gaps, isKept, findUser },
      keeper: influx.copyingPast(history),
      ...{ registry, states: states.all() },
      isReady: () => intake.ready(),
      folder: join(dirname(settings.databaseFile), "imports"),
    }),
  );

  // what answers
  const metrics = async (): Promise<Metrics> => ({
    at: clock.now(),
    process: processMetrics.read(),
    ingest: { ...intake.counters(), ...history.counters() },
    database: { ...store.size(), ...(await history.summary()) },
    live: { connections: live.connections() },
  });
  const live = createLive({
    ...{ clock, log, version, recorded, houseChanged, connectionChanged, house, metrics },
    automationsChanged: workshop.changed,
    connection: () => connection.status(),
  });
  const describeSession = () => describeThisHouse(registry, connection.status());
  const api = createApi({
    clock,
    log,
    version,
    asApp: endpoint?.viaSupervisor ?? false,
    pagesFolder: settings.pagesFolder,
    isAdmin: (userId) => registry.isAdmin(userId),
    history: { ...history, ...planned },
    exporter: createExporter({
      ...{ clock, log, history, house: describeSession, names: namesIn(registry) },
    }),
    timeZone: () => describeSession().timeZone,
    isRecorded: (entityId) => history.entities.find(entityId) !== undefined,
    recordedEntities: () => [...history.entities.all()].map(({ entityId }) => entityId),
    excludeEntity: (entityId) => filter.exclude(toFiltered(entityId)),
    backup: createBackup({ store, history, clock, log }),
    inventory: createInventory({
      registry,
      states: enrichment.withOwn(states.all()),
      isRecorded: isKept,
      renamesOf: (entityId) => history.entities.renamesOf(entityId),
    }),
    filter,
    previewFilter: createFilterPreview({ ...look, toFiltered, history }),
    house,
    session: (user) => ({
      version,
      mode: modeOf(endpoint),
      user,
      house: describeSession(),
      ...workshop.session,
    }),
    connection: () => connection.status(),
    retry: () => connection.retry(),
    gaps: (limit) => gaps.list(limit),
    surroundings: enrichment.surroundings,
    metrics,
    jobs,
    influx,
    live,
    backfill,
    imports,
    ...workshop.faces,
    ...energy.faces,
    ...noticing.faces,
    ...proactive.faces,
  });
  const { hostname, port } = settings;
  const server = await listen({ fetch: api.fetch, hostname, port });
  building.use(server);
  building.use(live);

  const built = building.move();
  return { port: server.port, [Symbol.asyncDispose]: () => built.disposeAsync() };
}
