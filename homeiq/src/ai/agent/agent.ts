import { HOMEIQ } from "#ai/automations/automations.ts";
import { type Clock, onEachMinute } from "#foundation/clock.ts";
import { AppError, toAppError } from "#foundation/errors.ts";
import type { Log } from "#foundation/log.ts";
import { throttle } from "#foundation/throttle.ts";
import { DAY_MS, HOUR_MS, SECOND_MS } from "#foundation/time.ts";
import type { EntityState } from "#home/states/states.ts";
import type { Db } from "#store/database.ts";
import { createActing } from "./acting.ts";
import type { Agent, ProposalView } from "./agent-view.ts";
import { createDoing } from "./doing/doing.ts";
import { createGathering, type Sources } from "./gathering.ts";
import { createAgentLog } from "./log/log.ts";
import { createLooking } from "./looking.ts";
import { createNotify, findRecipients } from "./notify/notify.ts";
import { type Circumstances, mayBringBack } from "./policy/policy.ts";
import type { ProposedAction } from "./proposal.ts";
import { createProposals, type KeptProposal } from "./proposals/proposals.ts";
import { createSayHere } from "./say.ts";
import { createScheduling } from "./scheduling.ts";
import { createStoredSettings, USUAL_SETTINGS } from "./settings/settings.ts";
import { createSpeaking } from "./speaking.ts";
import { createTasks } from "./tasks/tasks.ts";
import { createTeller } from "./telling.ts";

export { ANSWERS, type Answer } from "./acting.ts";
export type {
  Agent,
  AgentOutcomes,
  AgentStatus,
  ProposalQuery,
  ProposalView,
} from "./agent-view.ts";
export { ACTION_OUTCOMES, type DoneAction, UNDO_STATES } from "./doing/doing.ts";
export type { Sources } from "./gathering.ts";
export { LOG_EVENTS, type LogEntry, type LogPage, type LogQuery } from "./log/log.ts";
export {
  DECISIONS,
  type Decision,
  PROPOSAL_STATUSES,
  type Proposal,
  type ProposalStatus,
  type ProposedAction,
} from "./proposal.ts";
export {
  AgentSettings,
  LEVELS,
  type Level,
  PROPOSAL_KINDS,
  type ProposalKind,
} from "./settings/settings.ts";
export {
  type AgentTask,
  RUN_OUTCOMES,
  SECTIONS,
  TaskChange,
  type TaskRun,
  TEMPLATES,
} from "./tasks/tasks.ts";

interface Deps {
  readonly db: Db;
  readonly clock: Clock;
  readonly log: Log;
  readonly sources: Sources;
  readonly states: ReadonlyMap<string, EntityState>;
  readonly house: () => {
    readonly timeZone: string;
    readonly language: string;
    readonly temperatureUnit: string;
    /** What Home Assistant can be asked to do, by domain. */
    readonly services: Readonly<Record<string, unknown>>;
  };
  /** Home Assistant is there, and its states are known. */
  readonly isConnected: () => boolean;
  readonly nameOf: (entityId: string) => string;
  readonly areaOf: (entityId: string) => string | undefined;
  /** The name that a phone gave its device; absent for what is no phone's. */
  readonly phoneOf: (entityId: string) => { readonly deviceName: string } | undefined;
  readonly call: (
    service: string,
    call: { readonly data?: object; readonly entityIds?: readonly string[] },
  ) => Promise<void>;
  /** How long states may take to follow a call. */
  readonly settleMs?: number;
}

/** The agent at work. */
export interface RunningAgent extends Agent, AsyncDisposable {
  /** Something happened that may be worth a word. */
  noticeSoon(): void;
  /** An event `mobile_app_notification_action` of Home Assistant. */
  onPressed(event: unknown): void;
  /** Works out what takes longer, and what came to suggest. */
  nightly(signal: AbortSignal): Promise<void>;
}

const LOOK_EVERY_MS = 3 * SECOND_MS; // a house that wakes up changes a hundred states at once
const OUTCOMES_MS = 30 * DAY_MS;
const KEPT_MS = 400 * DAY_MS;

/** Puts what it notices to people, does what it may, and keeps a record of all of it. */
export function createAgent(deps: Deps): RunningAgent {
  const { db, clock, log, states } = deps;
  const stored = createStoredSettings(db);
  const settings = stored.read;
  const timeZone = () => deps.house().timeZone;
  const say = createSayHere(deps);
  const isService = (service: string) => {
    const [domain = "", name = ""] = service.split(".");
    const listed = deps.house().services[domain];
    return typeof listed === "object" && listed !== null && Object.hasOwn(listed, name);
  };
  const findEntity: Circumstances["find"] = (entityId) => {
    const state = states.get(entityId);
    if (!state) return undefined;
    const { device_class: deviceClass } = state.attributes;
    const areaId = deps.areaOf(entityId);
    return {
      ...{ entityId, name: deps.nameOf(entityId) },
      ...(typeof deviceClass === "string" ? { deviceClass } : {}),
      ...(areaId ? { areaId } : {}),
    };
  };
  const agentLog = createAgentLog({ db, clock });
  const proposals = createProposals({ db, clock });
  const doing = createDoing({
    ...{ db, clock, states },
    ...(deps.settleMs === undefined ? {} : { settleMs: deps.settleMs }),
    call: ({ service, entityIds, data }: ProposedAction) =>
      deps.call(service, { entityIds, ...(data ? { data } : {}) }),
    mayBringBack: (service, entityId) =>
      mayBringBack(service, findEntity(entityId) ?? { entityId, name: "" }),
  });
  const notify = createNotify({
    ...{ db, clock },
    call: (service, data) => deps.call(service, { data }),
  });
  const recipients = () =>
    findRecipients({ states, services: deps.house().services, phoneOf: deps.phoneOf });
  const circumstances = (): Circumstances => ({
    ...{
      now: clock.now(),
      timeZone: timeZone(),
      settings: settings(),
      find: findEntity,
      isService,
    },
    isAnybodyHome: [...states.values()].some(
      ({ entityId, state }) => entityId.startsWith("person.") && state === "home",
    ),
    actionsLastHour: doing.countSince(clock.now() - HOUR_MS, HOMEIQ.name),
    demoted: new Set(doing.demoted().map(({ domain }) => domain)),
  });
  const gathering = createGathering({
    ...{ clock, log, settings, timeZone, isService },
    sources: deps.sources,
  });
  const acting = createActing({
    ...{ clock, log: agentLog, proposals, doing, settings, circumstances, say },
  });
  const teller = createTeller({
    ...{ clock, notify, log: agentLog, settings, timeZone, recipients, say },
  });
  const speaking = createSpeaking({
    ...{ clock, log, agentLog, proposals, doing, acting, teller, notify, say },
  });
  const looking = createLooking({
    ...{ agentLog, proposals, acting, gathering, circumstances, settings, say },
  });
  const tasks = createTasks({ db, clock, timeZone });
  const scheduling = createScheduling({
    ...{ clock, log, agentLog, tasks, teller, gathering, proposals, say },
  });

  if (stored.isFirst()) {
    tasks.begin((template) => say().say(`agent.task.${template}`));
    stored.keep(USUAL_SETTINGS);
  }
  doing.resume();
  for (const { id } of proposals.list({ statuses: ["doing"], limit: 100 })) {
    proposals.become(id, { status: "failed" }); // a crash cut it in two: what came of it is in its actions
  }

  /** One after the other: two looks at once would put the same thing to people twice. */
  let last: Promise<void> = Promise.resolve();
  const inTurn = (work: () => Promise<void>): Promise<void> => {
    last = last.then(work).catch((error: unknown) => {
      log.error({ err: toAppError(error) }, "The agent could not do its work");
    });
    return last;
  };
  const isReady = () => deps.isConnected() && Object.keys(deps.house().services).length > 0;
  const look = async () => {
    if (!isReady()) return;
    await gathering.refresh();
    await looking.look();
    await speaking.tellOpen();
  };
  const lookSoon = throttle(clock, LOOK_EVERY_MS, () => void inTurn(look)); // it never rejects
  const cancel = onEachMinute(clock, () => {
    void inTurn(async () => {
      await look();
      if (isReady()) await scheduling.runDue();
    });
  });

  const toView = ({
    outcome,
    rule,
    subject: _,
    isSafety: __,
    ...kept
  }: KeptProposal): ProposalView => ({
    ...kept,
    decision: { outcome, rule, text: say().say(`agent.rule.${rule as "level"}`) }, // one of the policy's
    actions: doing.of([kept.id]),
  });

  return {
    status() {
      const since = clock.now() - OUTCOMES_MS;
      const accepted = proposals.countSince(since, ["done", "undone", "failed"]);
      const declined = proposals.countSince(since, ["not_now", "never"]);
      const chosen = settings().recipients;
      return {
        settings: settings(),
        open: proposals.countOpen(),
        outcomes: {
          ...{ proposed: proposals.countSince(since), accepted, declined },
          ...(accepted + declined > 0 ? { acceptanceRate: accepted / (accepted + declined) } : {}),
          ...doing.outcomesSince(since),
        },
        recipients: recipients().map(({ id, name, phones }) => ({
          ...{ entityId: id, name, phones: phones.length },
          isChosen: chosen?.includes(id) ?? true,
        })),
        demoted: doing.demoted(),
        silenced: proposals.silences(),
      };
    },
    saveSettings(next, by) {
      stored.keep(next);
      agentLog.note({ event: "settings", by, outcome: "done", text: say().say("agent.settings") });
      lookSoon();
      return settings();
    },
    proposals: (query) => proposals.list(query).map(toView),
    log: agentLog.list,
    async answer(id, answer, by) {
      const answered = await acting.answer(id, answer, by);
      void teller.clear(id); // never rejects
      return toView(answered);
    },
    unsilence(id, by) {
      const found = proposals.silences().find((one) => one.id === id);
      if (!found || !proposals.unsilence(id)) {
        throw new AppError("not_found", "agent.no_silence", "That is not silenced");
      }
      const text = say().say("agent.unsilenced", { title: found.title });
      agentLog.note({ event: "settings", by, outcome: "done", text, kind: found.kind });
    },
    undo: acting.undo,
    tasks: scheduling.tasks,
    noticeSoon: lookSoon,
    onPressed: (event) => void inTurn(() => speaking.onPressed(event)),
    async nightly(signal) {
      const since = proposals.lastAt("suggestions_ready") ?? clock.now() - DAY_MS;
      await gathering.refreshNightly(since, signal);
      await inTurn(look);
      gathering.digested();
      const before = clock.now() - KEPT_MS;
      proposals.forget(before);
      notify.forget(clock.now() - OUTCOMES_MS);
    },
    async [Symbol.asyncDispose]() {
      cancel();
      await last;
    },
  };
}
