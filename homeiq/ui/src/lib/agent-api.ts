import type { InferRequestType, InferResponseType } from "hono/client";
import { api, read } from "./api.ts";

const at = api.agent;

export type AgentStatus = InferResponseType<typeof at.$get>;
export type AgentSettings = InferRequestType<typeof at.settings.$put>["json"];
export type Level = AgentSettings["levels"]["domains"][number]["level"];
export type Proposal = InferResponseType<typeof at.proposals.$get>["proposals"][number];
export type ProposalKind = Proposal["kind"];
export type DoneAction = Proposal["actions"][number];
export type LogPage = InferResponseType<typeof at.log.$get>;
export type LogEntry = LogPage["entries"][number];
export type LogEvent = LogEntry["event"];
export type AgentTask = InferResponseType<typeof at.tasks.$get>["tasks"][number];
export type TaskChange = InferRequestType<typeof at.tasks.$post>["json"];
export type Section = AgentTask["sections"][number];

export const LEVELS = ["observe", "suggest", "ask", "notify_after"] as const satisfies Level[];
export const PROPOSAL_KINDS = [
  "game_starts",
  "cheap_hours",
  "rain_windows_open",
  "away_left_on",
  "left_on_nobody_home",
  "battery_before_trip",
  "battery_low",
  "freezing_night",
  "laundry_done",
  "open_at_night",
  "safety_alarm",
  "suggestions_ready",
] as const satisfies ProposalKind[];
export const LOG_EVENTS = [
  "proposal",
  "decision",
  "message",
  "answer",
  "action",
  "undo",
  "expired",
  "task",
  "settings",
] as const satisfies LogEvent[];
export const TEMPLATES = [
  "morning_briefing",
  "night_check",
  "weekly_energy",
  "device_check",
  "custom",
] as const satisfies AgentTask["template"][];
export const SECTIONS = [
  "weather_today",
  "calendar_today",
  "cheap_hours",
  "noticed",
  "suggestions",
  "open_now",
  "on_now",
  "alarms",
  "energy_week",
  "batteries",
  "unavailable",
] as const satisfies Section[];

const MOST_PROPOSALS = "200";

export const readAgent = () => read(at.$get());
export const saveSettings = (json: AgentSettings) => read(at.settings.$put({ json }));
/** Of every state, newest first. */
export const readProposals = () => read(at.proposals.$get({ query: { limit: MOST_PROPOSALS } }));
export const answerProposal = (id: string, answer: "do" | "not_now" | "never") =>
  read(at.proposals[":id"].answer.$post({ param: { id }, json: { answer } }));
export const undoAction = (id: string) => read(at.actions[":id"].undo.$post({ param: { id } }));
/** Lets it speak of this again. */
export const unsilence = (id: string) => read(at.silences[":id"].$delete({ param: { id } }));
export const readLog = ({ event, before }: { event: LogEvent | ""; before?: number }) =>
  read(
    at.log.$get({
      query: {
        ...(event === "" ? {} : { event }),
        ...(before === undefined ? {} : { before: String(before) }),
      },
    }),
  );
export const readTasks = () => read(at.tasks.$get());
export const addTask = (json: TaskChange) => read(at.tasks.$post({ json }));
export const changeTask = (id: string, json: TaskChange) =>
  read(at.tasks[":id"].$put({ param: { id }, json }));
export const removeTask = (id: string) => read(at.tasks[":id"].$delete({ param: { id } }));
export const runTask = (id: string) => read(at.tasks[":id"].run.$post({ param: { id } }));
