import { randomBytes } from "node:crypto";
import { asc, desc, eq, inArray } from "drizzle-orm";
import { z } from "zod";
import { present } from "#foundation/absent.ts";
import type { Clock } from "#foundation/clock.ts";
import { nextDue } from "#foundation/cron.ts";
import { AppError } from "#foundation/errors.ts";
import { MINUTE_MS } from "#foundation/time.ts";
import type { Db } from "#store/database.ts";
import { inOneTransaction } from "#store/in-one-transaction.ts";
import { SECTIONS, type Section } from "./sections.ts";
import { agentTask, agentTaskRun } from "./tasks.table.ts";

export { SECTIONS, type Section, saySection, type TaskFacts } from "./sections.ts";

export const TEMPLATES = [
  "morning_briefing",
  "night_check",
  "weekly_energy",
  "device_check",
  "custom",
] as const;
export type Template = (typeof TEMPLATES)[number];

/** A task as people write it. */
export const TaskChange = z
  .object({
    name: z.string().trim().min(1).max(80),
    template: z.enum(TEMPLATES),
    /** Of a custom task; those of a template are its own. */
    sections: z.array(z.enum(SECTIONS)).min(1).max(SECTIONS.length).exactOptional(),
    /** Five fields, in the house's time; not more often than every 15 minutes. */
    cron: z.string().trim().min(9).max(100),
    /** It is not told again sooner. */
    cooldownMinutes: z.int().min(0).max(10_080),
    enabled: z.boolean(),
    /** Says nothing when there is nothing to say. */
    onlyIfSomething: z.boolean(),
  })
  .strict();
export type TaskChange = z.infer<typeof TaskChange>;

export interface AgentTask extends Omit<TaskChange, "sections"> {
  readonly id: string;
  readonly sections: readonly Section[];
  readonly nextRunAt?: number;
  readonly lastRun?: TaskRun;
}

export const RUN_OUTCOMES = ["told", "shown", "held", "nothing", "failed"] as const;

export interface TaskRun {
  readonly id: number;
  readonly taskId: string;
  readonly at: number;
  /** `shown`: in the app only, messages are off. `held`: quiet hours or a limit. `nothing`: nothing to say. */
  readonly outcome: (typeof RUN_OUTCOMES)[number];
  readonly title: string;
  readonly text: string;
}

/** What the templates say. */
const OF_TEMPLATE: Readonly<Record<Exclude<Template, "custom">, readonly Section[]>> = {
  morning_briefing: ["weather_today", "calendar_today", "cheap_hours", "noticed", "suggestions"],
  night_check: ["alarms", "open_now", "on_now"],
  weekly_energy: ["energy_week", "cheap_hours"],
  device_check: ["batteries", "unavailable"],
};

/** Off until the household turns them on. Before the usual quiet hours begin, so that they are heard. */
const FIRST: readonly (Pick<TaskChange, "cron"> & { template: Exclude<Template, "custom"> })[] = [
  { template: "morning_briefing", cron: "0 7 * * *" },
  { template: "night_check", cron: "45 21 * * *" },
  { template: "weekly_energy", cron: "0 18 * * 5" },
  { template: "device_check", cron: "0 9 * * 1" },
];
const MIN_EVERY_MS = 15 * MINUTE_MS;
const LOOKED_AHEAD = 50; // runs; a pattern such as "0,5 8 * * *" is too frequent within a day

export interface StoredTasks {
  list(): readonly AgentTask[];
  /** Throws `not_found` `agent.no_task`. */
  get(id: string): AgentTask;
  /** Throws `invalid` `agent.no_cron`, `agent.too_often`, `agent.no_sections`. */
  add(task: TaskChange): AgentTask;
  change(id: string, task: TaskChange): AgentTask;
  remove(id: string): AgentTask;
  /** Enabled ones that became due after the one moment, up to the other. */
  due(after: number, upTo: number): readonly AgentTask[];
  keepRun(run: Omit<TaskRun, "id">): TaskRun;
  runs(id: string, limit: number): readonly TaskRun[];
  /** The usual ones, at the very first start. */
  begin(nameOf: (template: Exclude<Template, "custom">) => string): void;
}

interface Deps {
  readonly db: Db;
  readonly clock: Clock;
  readonly timeZone: () => string;
}

/** What is said at set times, and what was. */
export function createTasks({ db, clock, timeZone }: Deps): StoredTasks {
  const runsOf = (id: string, limit: number) =>
    db
      .select()
      .from(agentTaskRun)
      .where(eq(agentTaskRun.taskId, id))
      .orderBy(desc(agentTaskRun.id))
      .limit(limit)
      .all()
      .map((row) => ({ ...row, outcome: row.outcome as TaskRun["outcome"] })); // written by this file only

  const toTask = (row: typeof agentTask.$inferSelect): AgentTask => ({
    ...row,
    template: row.template as Template, // written by this file only
    ...present("nextRunAt", row.enabled ? nextRun(row.cron, clock.now()) : undefined),
    ...present("lastRun", runsOf(row.id, 1)[0]),
  });
  const nextRun = (cron: string, after: number) => nextDue(cron, { timeZone: timeZone(), after });

  function requireSeldom(cron: string): void {
    let at = nextRun(cron, clock.now());
    if (at === undefined) throw new AppError("invalid", "agent.no_cron", "That is no time");
    for (let n = 0; n < LOOKED_AHEAD; n++) {
      const next = nextRun(cron, at);
      if (next === undefined) return;
      if (next - at < MIN_EVERY_MS) {
        throw new AppError("invalid", "agent.too_often", "At most every 15 minutes");
      }
      at = next;
    }
  }

  function toRow({ sections, template, ...task }: TaskChange) {
    requireSeldom(task.cron);
    const own = template === "custom" ? sections : OF_TEMPLATE[template];
    if (!own) throw new AppError("invalid", "agent.no_sections", "Choose what it says");
    return { ...task, template, sections: own };
  }

  function get(id: string): AgentTask {
    const row = db.select().from(agentTask).where(eq(agentTask.id, id)).get();
    if (!row) throw new AppError("not_found", "agent.no_task", "There is no such task");
    return toTask(row);
  }

  return {
    list: () => db.select().from(agentTask).orderBy(asc(agentTask.name)).all().map(toTask),
    get,
    add(task) {
      const id = randomBytes(6).toString("hex");
      return toTask(
        db
          .insert(agentTask)
          .values({ id, ...toRow(task) })
          .returning()
          .get(),
      );
    },
    change(id, task) {
      get(id);
      const next = toRow(task);
      db.update(agentTask).set(next).where(eq(agentTask.id, id)).run();
      return get(id);
    },
    remove(id) {
      const gone = get(id);
      inOneTransaction(db, (tx) => {
        tx.delete(agentTask).where(eq(agentTask.id, id)).run();
        tx.delete(agentTaskRun)
          .where(inArray(agentTaskRun.taskId, [id]))
          .run();
      });
      return gone;
    },
    due: (after, upTo) =>
      db
        .select()
        .from(agentTask)
        .where(eq(agentTask.enabled, true))
        .all()
        .filter(({ cron }) => (nextRun(cron, after) ?? Number.POSITIVE_INFINITY) <= upTo)
        .map(toTask),
    keepRun: (run) => ({
      ...run,
      id: db.insert(agentTaskRun).values(run).returning({ id: agentTaskRun.id }).get().id,
    }),
    runs: runsOf,
    begin(nameOf) {
      for (const { template, cron } of FIRST) {
        const sections = OF_TEMPLATE[template];
        const usual = { cooldownMinutes: 60, enabled: false, onlyIfSomething: false };
        db.insert(agentTask)
          .values({ id: template, template, cron, sections, name: nameOf(template), ...usual })
          .onConflictDoNothing()
          .run();
      }
    },
  };
}
