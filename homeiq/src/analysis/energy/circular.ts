import type { Switching } from "./devices.ts";
import { quantileOf } from "./series.ts";
import type { Step } from "./steps.ts";

const MOSTLY = 0.9;
const LEAD_MS = 2_500; // an automation cannot move the meter before it acted
const MOST_LEADS = 0.15; // with ten seconds between two values most that lead do not show it
const LEAST_STRONG = 5;
const LEAST_STRONG_SHARE = 0.3; // fewer are other loads that started by chance
const LEAST_RISING = 0.4;
const THRESHOLD_SHARE = 0.7;
const STRONG = 8; // times the noise

/**
 * Devices that follow the meter, where the meter should follow them: a lamp that an automation lights at a high load.
 *
 * Only what automations switch can be one. A fine meter tells which came first; with a coarse one a device is
 * suspected when the power of the house crosses the same threshold each time.
 */
export function findCircular(steps: readonly Step[]): Set<string> {
  const found = new Map<string, { step: Step; part: Switching }[]>();
  for (const step of steps) {
    for (const part of step.parts) {
      const known = found.get(part.entityId);
      if (known) known.push({ step, part });
      else found.set(part.entityId, [{ step, part }]);
    }
  }
  const circular = [...found].filter(([, own]) => isByAutomations(own) && follows(own));
  return new Set(circular.map(([entityId]) => entityId));
}

type Own = readonly { readonly step: Step; readonly part: Switching }[];

const isByAutomations = (own: Own) =>
  own.filter(({ part }) => part.cause === "automation").length >= MOSTLY * own.length;

function follows(own: Own): boolean {
  const strong = own.filter(({ step }) => Math.abs(step.stepW) > STRONG * step.noiseW);
  if (strong.length < Math.max(LEAST_STRONG, LEAST_STRONG_SHARE * own.length)) return false;
  const leads = strong.flatMap(({ step, part }) =>
    step.leadMs === undefined ? [] : [step.leadMs + part.at - step.at],
  );
  const leading = leads.filter((lead) => lead > LEAD_MS).length;
  return leads.length * 2 < strong.length
    ? crossesOneThreshold(strong)
    : leading > MOST_LEADS * leads.length;
}

function crossesOneThreshold(strong: Own): boolean {
  const rising = strong.filter(({ step, part }) => step.stepW * part.turned > 0);
  if (rising.length < LEAST_RISING * strong.length) return false;
  const low = rising.map(({ step }) => Math.min(step.beforeW, step.afterW));
  const high = rising.map(({ step }) => Math.max(step.beforeW, step.afterW));
  // A large device may cross one by chance. No number is better than one that may be another device's.
  return quantileOf(low, THRESHOLD_SHARE) < quantileOf(high, 1 - THRESHOLD_SHARE);
}
