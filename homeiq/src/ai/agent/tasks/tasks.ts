import { z } from "zod";

/** What a task can say, each from facts that are known; what is not known is left out. */
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
] as const;
export type Section = (typeof SECTIONS)[number];

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
