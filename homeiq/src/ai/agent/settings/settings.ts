import { z } from "zod";
import type { Db } from "#store/database.ts";
import { agentSettings } from "./settings.table.ts";

/**
 * How much the agent may do by itself with what it noticed, from the least to the most.
 *
 * `observe`: it only goes into the log. `suggest`: it is shown in the app. `ask`: people get a message with buttons.
 * `notify_after`: it is done, and people are told, with a button that undoes it.
 */
export const LEVELS = ["observe", "suggest", "ask", "notify_after"] as const;
export type Level = (typeof LEVELS)[number];

/** What the agent notices. */
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
] as const;
export type ProposalKind = (typeof PROPOSAL_KINDS)[number];

const TimeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, { message: "is no time: 22:00" });
const Domain = z.string().regex(/^[a-z0-9_]+$/, { message: "is no domain" });

/** What the household decides about the agent. */
export const AgentSettings = z
  .object({
    /** Off: nothing is noticed at all. */
    enabled: z.boolean(),
    /** Off: what is noticed is shown in the app only. */
    messages: z.boolean(),
    /** In the house's time; from the first minute to before the last, over midnight when `from` is later. */
    quietHours: z.object({ from: TimeOfDay, to: TimeOfDay }).strict().exactOptional(),
    /** Where neither domain nor area has a level of its own. By itself it never acts. */
    defaultLevel: z.enum(["observe", "suggest", "ask"]),
    /** Where several fit, the most careful one counts. */
    levels: z
      .object({
        domains: z.array(z.object({ domain: Domain, level: z.enum(LEVELS) }).strict()).max(50),
        areas: z
          .array(z.object({ areaId: z.string().max(255), level: z.enum(LEVELS) }).strict())
          .max(200),
      })
      .strict(),
    /** Persons, by entity id, who get messages; absent: all. */
    recipients: z
      .array(z.string().regex(/^person\.[a-z0-9_]+$/, { message: "is no person" }))
      .max(50)
      .exactOptional(),
    limits: z
      .object({
        /** Of each person. */
        messagesPerHour: z.int().min(1).max(30),
        messagesPerDay: z.int().min(1).max(100),
        actionsPerHour: z.int().min(1).max(30),
      })
      .strict(),
    /** For how long a message's button undoes; later it is undone in the app. */
    undoMinutes: z.int().min(10).max(15),
    /** What is not looked for. */
    rulesOff: z.array(z.enum(PROPOSAL_KINDS)).max(PROPOSAL_KINDS.length),
  })
  .strict();
export type AgentSettings = z.infer<typeof AgentSettings>;

/** Quiet: it notices and shows in the app, but sends nothing and does nothing until the household says so. */
export const USUAL_SETTINGS: AgentSettings = {
  enabled: true,
  messages: false,
  quietHours: { from: "22:00", to: "07:00" },
  defaultLevel: "ask",
  levels: { domains: [], areas: [] },
  limits: { messagesPerHour: 3, messagesPerDay: 10, actionsPerHour: 4 },
  undoMinutes: 15,
  rulesOff: [],
};

export interface StoredSettings {
  /** Nothing was ever kept. */
  isFirst(): boolean;
  read(): AgentSettings;
  keep(settings: AgentSettings): void;
}

/** The household's, or the usual ones; also where an older version kept what is no longer allowed. */
export function createStoredSettings(db: Db): StoredSettings {
  let known: AgentSettings | undefined;
  return {
    isFirst: () => db.select().from(agentSettings).get() === undefined,
    read() {
      if (known) return known;
      const row = db.select().from(agentSettings).get();
      known = AgentSettings.safeParse(row?.settings).data ?? USUAL_SETTINGS;
      return known;
    },
    keep(settings) {
      db.insert(agentSettings)
        .values({ id: 1, settings })
        .onConflictDoUpdate({ target: agentSettings.id, set: { settings } })
        .run();
      known = settings;
    },
  };
}
