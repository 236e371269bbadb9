import { createHash } from "node:crypto";
import type { Done } from "#ai/texts/texts.ts";
import type { Automation, Problem, Scene } from "#home/automation/automation.ts";
import type {
  ChartTime,
  Choice,
  Factor,
  Saving,
  SuggestionAction,
  SuggestionSource,
} from "./suggestion.ts";

/** When it would begin: at a minute of the day, or by what happens to an entity. */
export type Moment = { readonly minute: number } | { readonly by: string };

/** How strongly something speaks for it: what a dismissal is measured against later. */
export interface Strength {
  /** 0 to 1. */
  readonly confidence: number;
  /** How often it was seen. */
  readonly times: number;
}

/** Something that one of the sources would suggest, before it is known what the household said to it. */
export interface Candidate {
  readonly id: string;
  readonly source: SuggestionSource;
  readonly action: SuggestionAction;
  readonly kind: string;
  readonly title: string;
  readonly text: string;
  readonly explanation: readonly string[];
  readonly entityIds: readonly string[];
  readonly areaId?: string;
  readonly automationIds: readonly string[];
  readonly patternIds: readonly string[];
  readonly synergyId?: string;
  readonly templateId?: string;
  /** Of a template: which match, so that it can be filled anew. */
  readonly matchKey?: string;
  readonly whyNow?: string;
  readonly caution?: string;
  readonly saving?: Saving;
  readonly chart: readonly ChartTime[];
  /** Absent: something must be chosen first, or nothing is written. */
  readonly make?: Automation | Scene;
  /** What the validator says of it: no errors. */
  readonly problems?: readonly Problem[];
  readonly choices: readonly Choice[];
  readonly factors: readonly Factor[];
  readonly strength: Strength;
  /** What it does, and when: to see that two are the same. */
  readonly does: readonly Done[];
  readonly moments: readonly Moment[];
}

/** The same for the same thing in every run. */
export const idOf = (...about: readonly string[]): string =>
  createHash("sha256").update(about.join("|")).digest("hex").slice(0, 12);

/** The first automation entities of what would be written. */
export function momentsIn(make: Automation | Scene | undefined): Moment[] {
  if (make?.kind !== "automation") return [];
  return make.triggers.flatMap((trigger): Moment[] => {
    switch (trigger.kind) {
      case "time":
        return trigger.at.flatMap((at) => ("ms" in at ? [{ minute: at.ms / 60_000 }] : []));
      case "state":
      case "numeric_state":
        return trigger.entityIds.map((by) => ({ by }));
      case "sun":
        return [{ by: trigger.event }];
      case "zone":
        return [{ by: trigger.zone }];
      case "calendar":
        return [{ by: trigger.entityId }];
      default:
        return [{ by: trigger.kind }];
    }
  });
}

const DAY_MINUTES = 1_440;
const NEAR_MINUTES = 45; // nearer than that it is the same hour of the day to a person

function isSameMoment(one: Moment, other: Moment): boolean {
  if ("by" in one) return "by" in other && one.by === other.by;
  if ("by" in other) return false;
  const apart = Math.abs(one.minute - other.minute) % DAY_MINUTES;
  return Math.min(apart, DAY_MINUTES - apart) <= NEAR_MINUTES;
}

export type Overlapping = Pick<Candidate, "action" | "does" | "moments" | "automationIds">;

/** Whether two would do the same to the same at the same moment, or change the same automation in the same way. */
export function isSame(one: Overlapping, other: Overlapping): boolean {
  if (one.automationIds.length > 0 || other.automationIds.length > 0) {
    return (
      one.action === other.action &&
      one.automationIds.some((entityId) => other.automationIds.includes(entityId))
    );
  }
  const deeds = new Set(other.does.map(({ entityId, to }) => `${entityId} ${to}`));
  const shared = one.does.filter(({ entityId, to }) => deeds.has(`${entityId} ${to}`)).length;
  if (shared === 0 || shared * 2 < Math.min(one.does.length, other.does.length)) return false;
  if (one.action === "scene" || other.action === "scene") return one.action === other.action;
  return one.moments.some((moment) => other.moments.some((two) => isSameMoment(moment, two)));
}
