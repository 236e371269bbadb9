import type { Person } from "#ai/automations/automations.ts";
import { HOMEIQ } from "#ai/automations/automations.ts";
import type { Clock } from "#foundation/clock.ts";
import { AppError, toAppError } from "#foundation/errors.ts";
import type { Log } from "#foundation/log.ts";
import { HOUR_MS, MINUTE_MS } from "#foundation/time.ts";
import type { Agent } from "./agent-view.ts";
import type { Gathering } from "./gathering.ts";
import type { AgentLog } from "./log/log.ts";
import type { Proposals } from "./proposals/proposals.ts";
import type { Say } from "./say.ts";
import { type AgentTask, type StoredTasks, saySection, type TaskRun } from "./tasks/tasks.ts";
import type { Teller } from "./telling.ts";

interface Deps {
  readonly clock: Clock;
  readonly log: Log;
  readonly agentLog: AgentLog;
  readonly tasks: StoredTasks;
  readonly teller: Pick<Teller, "tell">;
  readonly gathering: Pick<Gathering, "taskFacts">;
  readonly proposals: Pick<Proposals, "list">;
  readonly say: () => Say;
}

const OUTCOMES = { told: "told", held: "held", app_only: "shown" } as const;
const MOST_NOTICED = 5;
const RUNS_COOL = 20;

/** Runs tasks when they are due, or by hand. */
export function createScheduling(deps: Deps) {
  const { clock, log, agentLog, tasks, teller } = deps;
  let lookedUpTo = clock.now();

  async function compose({ sections }: AgentTask) {
    const noticed = deps.proposals.list({ statuses: ["open"], limit: MOST_NOTICED });
    const facts = await deps.gathering.taskFacts(noticed.map(({ title }) => title));
    const said = sections.flatMap((section) => saySection(section, facts, deps.say()) ?? []);
    return {
      text: said.map(({ text }) => text).join("\n"),
      isNews: said.some((one) => one.isNews),
    };
  }

  async function carryOut(task: AgentTask, isAsked: boolean): Promise<Omit<TaskRun, "id">> {
    const run = { taskId: task.id, at: clock.now(), title: task.name };
    try {
      const { text, isNews } = await compose(task);
      if (text === "" || (task.onlyIfSomething && !isNews)) {
        return {
          ...run,
          outcome: "nothing",
          text: text || deps.say().say("agent.section.nothing"),
        };
      }
      const told = await teller.tell({
        ...{ about: `task-${task.id}-${run.at}`, title: task.name, text, buttons: [] },
        ...{ expiresAt: run.at + HOUR_MS, isSafety: false, isAsked, ids: { taskId: task.id } },
      });
      return { ...run, outcome: OUTCOMES[told], text };
    } catch (error) {
      log.warn({ err: toAppError(error), task: task.id }, "A task failed");
      return { ...run, outcome: "failed", text: toAppError(error).message };
    }
  }

  async function runNow(task: AgentTask, by: Person): Promise<TaskRun> {
    const run = tasks.keepRun(await carryOut(task, by !== HOMEIQ));
    const { outcome, title } = run;
    agentLog.note({ event: "task", by, outcome, text: `${title}: ${run.text}`, taskId: task.id });
    return run;
  }

  /** Told less than its cooldown ago. */
  const isCooling = ({ id, cooldownMinutes }: AgentTask) =>
    tasks
      .runs(id, RUNS_COOL)
      .some(
        ({ outcome, at }) =>
          (outcome === "told" || outcome === "shown") &&
          clock.now() - at < cooldownMinutes * MINUTE_MS,
      );

  const noted = (what: "added" | "changed" | "removed", { id, name }: AgentTask, by: Person) =>
    agentLog.note({
      ...{ event: "settings", by, outcome: "done", taskId: id },
      text: deps.say().say(`agent.task.${what}`, { name }),
    });

  const face: Agent["tasks"] = {
    list: tasks.list,
    add(task, by) {
      const added = tasks.add(task);
      noted("added", added, by);
      return added;
    },
    change(id, task, by) {
      const changed = tasks.change(id, task);
      noted("changed", changed, by);
      return changed;
    },
    remove(id, by) {
      noted("removed", tasks.remove(id), by);
    },
    async run(id, by) {
      const task = tasks.get(id);
      if (isCooling(task)) {
        throw new AppError("conflict", "agent.task_cooling", "It was told a short while ago");
      }
      return runNow(task, by);
    },
    runs(id, limit) {
      tasks.get(id);
      return tasks.runs(id, limit);
    },
  };

  return {
    tasks: face,
    /** What became due since the last look; what was missed while HomeIQ was off is not told late. */
    async runDue(): Promise<void> {
      const [after, upTo] = [lookedUpTo, clock.now()];
      lookedUpTo = upTo;
      for (const task of tasks.due(after, upTo)) {
        if (!isCooling(task)) await runNow(task, HOMEIQ);
      }
    },
  };
}
