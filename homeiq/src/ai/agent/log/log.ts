import type { Person } from "#ai/automations/automations.ts";
import type { ProposalKind } from "../settings/settings.ts";

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
] as const;
export type LogEvent = (typeof LOG_EVENTS)[number];

/** One line of what the agent noticed, decided, said, heard and did. Only ever added to. */
export interface LogEntry {
  readonly id: number;
  readonly at: number;
  readonly event: LogEvent;
  readonly by: Person;
  /** `done`, `failed`, `refused`, `held`, `told`, `do`, `not_now`, `never`, … by what happened. */
  readonly outcome: string;
  readonly text: string;
  readonly entityIds: readonly string[];
  readonly kind?: ProposalKind;
  readonly proposalId?: string;
  readonly actionId?: string;
  readonly taskId?: string;
  /** The policy's rule that decided. */
  readonly rule?: string;
}

export interface LogQuery {
  readonly limit: number;
  /** Older than the entry with this id. */
  readonly before?: number;
  readonly events?: readonly LogEvent[];
  readonly kind?: ProposalKind;
  readonly proposalId?: string;
}

export interface LogPage {
  readonly entries: readonly LogEntry[];
  /** What `before` of the next page is; absent on the last. */
  readonly next?: number;
}
