import type { Decision, ProposedAction } from "../proposal.ts";
import type { AgentSettings, Level, ProposalKind } from "../settings/settings.ts";
import { type Caution, cautionOf, type Subject } from "./limits.ts";
import { quietUntil } from "./quiet.ts";

export { mayBringBack } from "./limits.ts";
export { quietUntil } from "./quiet.ts";

/** Who came up with it. It never makes more possible. */
export type ProposalSource = "rule" | "person" | "model";

/** What shall be done, or told where there are no actions. */
export interface Question {
  readonly kind: ProposalKind;
  readonly source: ProposalSource;
  readonly actions: readonly (ProposedAction & {
    /** What the proposer says it is; only compared with what it really is. */
    readonly domain?: string;
  })[];
  /** What it is about, where there is nothing to do. */
  readonly entityIds: readonly string[];
  /** Water, smoke, gas: told at any hour. */
  readonly isSafety: boolean;
  /** People do not want to hear of it now, or ever. */
  readonly isSilenced: boolean;
}

/** The house and the household at this moment. */
export interface Circumstances {
  readonly now: number;
  readonly timeZone: string;
  readonly settings: AgentSettings;
  readonly isAnybodyHome: boolean;
  /** What the agent did by itself in the last hour. */
  readonly actionsLastHour: number;
  /** Domains in which people took back what was done. */
  readonly demoted: ReadonlySet<string>;
  /** Absent: there is no such entity. */
  readonly find: (entityId: string) => (Subject & { readonly areaId?: string }) | undefined;
  readonly isService: (service: string) => boolean;
}

export const REFUSAL_RULES = [
  "service_unknown",
  "no_entity",
  "too_many_entities",
  "entity_unknown",
  "domain_differs",
  "never_allowed",
] as const;
export const RULES = [
  ...REFUSAL_RULES,
  "agent_off",
  "kind_off",
  "silenced",
  "level",
  "nothing_to_do",
  "safety_is_told",
  "never_by_itself",
  "demoted",
  "action_limit",
  "quiet_hours_at_home",
] as const;
export type RuleName = (typeof RULES)[number];

export interface Verdict {
  readonly outcome: Decision;
  /** That decided. */
  readonly rule: RuleName;
}

const MOST_ENTITIES = 20; // more is not something that a person oversees on a phone

export const domainOf = (id: string) => id.slice(0, Math.max(0, id.indexOf(".")));

/**
 * What may become of a proposal. Pure: the same question in the same circumstances has the same verdict, and nothing
 * that the proposer says can make it milder.
 */
export function decide(question: Question, here: Circumstances): Verdict {
  const refusal = findRefusal(question, here);
  if (refusal) return { outcome: "refuse", rule: refusal };
  const { settings } = here;
  if (!settings.enabled) return { outcome: "observe", rule: "agent_off" };
  if (settings.rulesOff.includes(question.kind)) return { outcome: "observe", rule: "kind_off" };
  if (question.isSilenced) return { outcome: "observe", rule: "silenced" };
  const level = levelOf(question, here);
  if (question.actions.length === 0) return toldOnly(question, level);
  if (level === "observe" && !question.isSafety) return { outcome: "observe", rule: "level" };
  if (level === "notify_after") return byItself(question, here);
  if (question.isSafety) return { outcome: "ask", rule: "safety_is_told" };
  return { outcome: level === "suggest" ? "suggest" : "ask", rule: "level" };
}

/** The hard limits. No setting, no person and no model lifts them. */
export function findRefusal(
  { actions }: Pick<Question, "actions">,
  here: Pick<Circumstances, "find" | "isService">,
): (typeof REFUSAL_RULES)[number] | undefined {
  if (actions.reduce((total, { entityIds }) => total + entityIds.length, 0) > MOST_ENTITIES) {
    return "too_many_entities";
  }
  for (const { service, entityIds, domain } of actions) {
    if (!here.isService(service)) return "service_unknown";
    if (entityIds.length === 0) return "no_entity";
    for (const entityId of entityIds) {
      const found = here.find(entityId);
      if (!found) return "entity_unknown";
      const own = domainOf(entityId);
      if (own !== domainOf(service) || (domain ?? own) !== own) return "domain_differs";
      if (cautionOf(service, found) === "refused") return "never_allowed";
    }
  }
  return undefined;
}

/** Of everything that it touches, the most careful level. */
function levelOf({ actions, entityIds }: Question, { settings, find }: Circumstances): Level {
  const touched = actions.length > 0 ? actions.flatMap((one) => one.entityIds) : entityIds;
  const levels = touched.flatMap((entityId): Level[] => {
    const { areaId } = find(entityId) ?? {};
    const ofDomain = settings.levels.domains.find(({ domain }) => domain === domainOf(entityId));
    const ofArea = settings.levels.areas.find((one) => one.areaId === areaId);
    const own = [ofDomain, ofArea].flatMap((one) => (one ? [one.level] : []));
    return own.length > 0 ? own : [settings.defaultLevel];
  });
  const [first = settings.defaultLevel, ...rest] = levels;
  return rest.reduce((least, one) => (rank(one) < rank(least) ? one : least), first);
}

const RANKS: Readonly<Record<Level, number>> = { observe: 0, suggest: 1, ask: 2, notify_after: 3 };
const rank = (level: Level) => RANKS[level];

/** Nothing to do but to know. */
function toldOnly({ isSafety }: Question, level: Level): Verdict {
  if (isSafety) return { outcome: "notify", rule: "safety_is_told" };
  if (level === "observe" || level === "suggest") return { outcome: level, rule: "level" };
  return { outcome: "notify", rule: "nothing_to_do" };
}

/** The household lets it act here: unless something speaks for asking after all. */
function byItself(question: Question, here: Circumstances): Verdict {
  const { actions } = question;
  const cautions: Caution[] = actions.flatMap(({ service, entityIds }) =>
    entityIds.map((entityId) => {
      const found = here.find(entityId);
      return found ? cautionOf(service, found) : "refused";
    }),
  );
  const ask = (rule: RuleName): Verdict => ({ outcome: "ask", rule });
  if (cautions.some((caution) => caution !== "by_itself")) return ask("never_by_itself");
  const domains = actions.flatMap(({ entityIds }) => entityIds.map(domainOf));
  if (domains.some((domain) => here.demoted.has(domain))) return ask("demoted");
  if (here.actionsLastHour + actions.length > here.settings.limits.actionsPerHour) {
    return ask("action_limit");
  }
  const { now: at, timeZone } = here;
  const isQuiet = quietUntil(here.settings.quietHours, { at, timeZone }) !== undefined;
  if (isQuiet && here.isAnybodyHome && !question.isSafety) return ask("quiet_hours_at_home");
  return { outcome: "do_with_undo", rule: "level" };
}

export const MESSAGE_RULES = [
  "messages_off",
  "safety_passes",
  "quiet_hours",
  "messages_per_hour",
  "messages_per_day",
  "free",
] as const;

/** Whether a person may be told now. `hold`: later, while it still matters. */
export interface MayTell {
  readonly outcome: "send" | "hold" | "app_only";
  readonly rule: (typeof MESSAGE_RULES)[number];
}

/** Whether a message may go to one person, who got so many before. */
export function mayTell(
  { isSafety }: { readonly isSafety: boolean },
  {
    settings,
    now: at,
    timeZone,
    sentLastHour,
    sentLastDay,
  }: Pick<Circumstances, "settings" | "now" | "timeZone"> & {
    readonly sentLastHour: number;
    readonly sentLastDay: number;
  },
): MayTell {
  if (!settings.messages) return { outcome: "app_only", rule: "messages_off" };
  if (isSafety) return { outcome: "send", rule: "safety_passes" };
  const hold = (rule: MayTell["rule"]): MayTell => ({ outcome: "hold", rule });
  if (quietUntil(settings.quietHours, { at, timeZone }) !== undefined) return hold("quiet_hours");
  if (sentLastHour >= settings.limits.messagesPerHour) return hold("messages_per_hour");
  if (sentLastDay >= settings.limits.messagesPerDay) return hold("messages_per_day");
  return { outcome: "send", rule: "free" };
}
