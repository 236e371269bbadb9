import { z } from "zod";
import {
  ACTION_OUTCOMES,
  type AgentOutcomes,
  AgentSettings,
  type AgentStatus,
  type AgentTask,
  DECISIONS,
  type DoneAction,
  LOG_EVENTS,
  type LogEntry,
  PROPOSAL_KINDS,
  PROPOSAL_STATUSES,
  type ProposalView,
  RUN_OUTCOMES,
  SECTIONS,
  type TaskRun,
  TEMPLATES,
  UNDO_STATES,
} from "#ai/agent/agent.ts";

// What the OpenAPI document says of answers about the agent. Each is held to the type that is really answered.

export const SettingsAnswer = AgentSettings;

const Outcomes = z.object({
  proposed: z.number().int(),
  accepted: z.number().int(),
  declined: z.number().int(),
  acceptanceRate: z.number().exactOptional(),
  done: z.number().int(),
  undone: z.number().int(),
}) satisfies z.ZodType<AgentOutcomes>;

/** What was done in the house. */
export const ActionAnswer = z.object({
  id: z.string(),
  proposalId: z.string(),
  service: z.string(),
  entityIds: z.array(z.string()),
  at: z.number(),
  outcome: z.enum(ACTION_OUTCOMES),
  undoUntil: z.number(),
  undo: z.enum(UNDO_STATES),
}) satisfies z.ZodType<DoneAction>;

const Call = z.object({
  service: z.string(),
  entityIds: z.array(z.string()),
  data: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).exactOptional(),
});

export const ProposalAnswer = z.object({
  id: z.string(),
  kind: z.enum(PROPOSAL_KINDS),
  at: z.number(),
  expiresAt: z.number(),
  title: z.string(),
  text: z.string(),
  entityIds: z.array(z.string()),
  evidence: z.array(
    z.object({
      text: z.string(),
      entityId: z.string().exactOptional(),
      at: z.number().exactOptional(),
    }),
  ),
  benefit: z
    .object({
      value: z.number(),
      unit: z.string(),
      n: z.number().int(),
      low: z.number().exactOptional(),
      high: z.number().exactOptional(),
    })
    .exactOptional(),
  offer: z.object({ label: z.string(), actions: z.array(Call) }).exactOptional(),
  status: z.enum(PROPOSAL_STATUSES),
  decision: z.object({ outcome: z.enum(DECISIONS), rule: z.string(), text: z.string() }),
  answeredAt: z.number().exactOptional(),
  answeredBy: z.string().exactOptional(),
  actions: z.array(ActionAnswer),
}) satisfies z.ZodType<ProposalView>;

export const ProposalsAnswer = z.object({ proposals: z.array(ProposalAnswer) });

export const AgentAnswer = z.object({
  settings: SettingsAnswer,
  open: z.number().int(),
  outcomes: Outcomes,
  recipients: z.array(
    z.object({
      entityId: z.string(),
      name: z.string(),
      phones: z.number().int(),
      isChosen: z.boolean(),
    }),
  ),
  demoted: z.array(z.object({ domain: z.string(), until: z.number() })),
  silenced: z.array(
    z.object({
      id: z.string(),
      kind: z.enum(PROPOSAL_KINDS),
      title: z.string(),
      until: z.number().exactOptional(),
    }),
  ),
}) satisfies z.ZodType<AgentStatus>;

const Entry = z.object({
  id: z.number().int(),
  at: z.number(),
  event: z.enum(LOG_EVENTS),
  by: z.object({ id: z.string().exactOptional(), name: z.string() }),
  outcome: z.string(),
  text: z.string(),
  entityIds: z.array(z.string()),
  kind: z.enum(PROPOSAL_KINDS).exactOptional(),
  proposalId: z.string().exactOptional(),
  actionId: z.string().exactOptional(),
  taskId: z.string().exactOptional(),
  rule: z.string().exactOptional(),
}) satisfies z.ZodType<LogEntry>;

export const AgentLogAnswer = z.object({
  entries: z.array(Entry),
  next: z.number().int().exactOptional(),
});

export const TaskRunAnswer = z.object({
  id: z.number().int(),
  taskId: z.string(),
  at: z.number(),
  outcome: z.enum(RUN_OUTCOMES),
  title: z.string(),
  text: z.string(),
}) satisfies z.ZodType<TaskRun>;

export const TaskAnswer = z.object({
  id: z.string(),
  name: z.string(),
  template: z.enum(TEMPLATES),
  sections: z.array(z.enum(SECTIONS)),
  cron: z.string(),
  cooldownMinutes: z.number().int(),
  enabled: z.boolean(),
  onlyIfSomething: z.boolean(),
  nextRunAt: z.number().exactOptional(),
  lastRun: TaskRunAnswer.exactOptional(),
}) satisfies z.ZodType<AgentTask>;

export const TasksAnswer = z.object({ tasks: z.array(TaskAnswer) });
export const TaskRunsAnswer = z.object({ runs: z.array(TaskRunAnswer) });
export const RemovedAnswer = z.object({ removed: z.literal(true) });
