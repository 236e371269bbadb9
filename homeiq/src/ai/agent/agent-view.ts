import type { Person } from "#ai/automations/automations.ts";
import type { Answer } from "./acting.ts";
import type { DoneAction } from "./doing/doing.ts";
import type { LogPage, LogQuery } from "./log/log.ts";
import type { Proposal, ProposalStatus } from "./proposal.ts";
import type { Silence } from "./proposals/proposals.ts";
import type { AgentSettings } from "./settings/settings.ts";
import type { AgentTask, TaskChange, TaskRun } from "./tasks/tasks.ts";

/** Of the last 30 days; a rate is absent while nothing was answered. */
export interface AgentOutcomes {
  readonly proposed: number;
  readonly accepted: number;
  readonly declined: number;
  /** 0 to 1. */
  readonly acceptanceRate?: number;
  readonly done: number;
  readonly undone: number;
}

export interface AgentStatus {
  readonly settings: AgentSettings;
  /** Open now. */
  readonly open: number;
  readonly outcomes: AgentOutcomes;
  /** Persons, and whether a phone of theirs can be reached. */
  readonly recipients: readonly {
    readonly entityId: string;
    readonly name: string;
    /** How many phones with Home Assistant's app. */
    readonly phones: number;
    /** Of the settings. */
    readonly isChosen: boolean;
  }[];
  /** Domains and areas that fell back to asking, because what was done there was undone. */
  readonly demoted: readonly { readonly domain: string; readonly until: number }[];
  /** Kinds that people do not want to hear of again, or not now. */
  readonly silenced: readonly Silence[];
}

export interface ProposalView extends Proposal {
  readonly actions: readonly DoneAction[];
}

export interface ProposalQuery {
  readonly statuses?: readonly ProposalStatus[];
  readonly limit: number;
}

/** It notices, asks or does what it may, says what it did, and takes it back. */
export interface Agent {
  status(): AgentStatus;
  saveSettings(settings: AgentSettings, by: Person): AgentSettings;
  /** Newest first. */
  proposals(query: ProposalQuery): readonly ProposalView[];
  /** Newest first. */
  log(query: LogQuery): LogPage;
  /** Throws `not_found` `agent.no_proposal`, `conflict` `agent.expired` or `agent.already_answered`. */
  answer(id: string, answer: Answer, by: Person): Promise<ProposalView>;
  /** People want to hear of it again. Throws `not_found` `agent.no_silence`. */
  unsilence(id: string, by: Person): void;
  /** Throws `not_found` `agent.no_action`, `conflict` `agent.already_undone`, `agent.changed_since`, `agent.no_undo`. */
  undo(actionId: string, by: Person): Promise<DoneAction>;
  readonly tasks: {
    list(): readonly AgentTask[];
    add(task: TaskChange, by: Person): AgentTask;
    /** Throws `not_found` `agent.no_task`. */
    change(id: string, task: TaskChange, by: Person): AgentTask;
    remove(id: string, by: Person): void;
    /** Throws `conflict` `agent.task_cooling` within its cooldown. */
    run(id: string, by: Person): Promise<TaskRun>;
    /** Newest first. */
    runs(id: string, limit: number): readonly TaskRun[];
  };
}
