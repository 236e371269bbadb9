import { excludes, isOn, msOf } from "#analysis/automation-check/automation-check.ts";
import type {
  Automation,
  Condition,
  StateMatch,
  StateTrigger,
  TimeTrigger,
  Trigger,
} from "#home/automation/automation.ts";
import type { HomeSnapshot } from "#home/snapshot/snapshot.ts";
import type { Effect } from "./effects.ts";
import { plainTriggers } from "./plain-triggers.ts";

/** The state triggers that an effect may set off; attributes and numbers are not followed. */
export function heard(
  effect: Effect,
  { automation, home }: { automation: Automation; home: HomeSnapshot },
): StateTrigger | undefined {
  return plainTriggers(automation, home).find((trigger): trigger is StateTrigger => {
    if (trigger.kind !== "state" || !trigger.entityIds.includes(effect.entityId)) return false;
    if (trigger.attribute !== undefined) return false;
    const { to } = effect;
    if (to === undefined) return effect.toggles;
    if (trigger.to != null && trigger.to.length > 0 && !trigger.to.includes(to)) return false;
    if (trigger.notTo?.includes(to)) return false;
    return !(trigger.from?.length === 1 && trigger.from[0] === to);
  });
}

/** Its conditions demand another state than the effect leaves. */
export function isBlocked({ entityId, to }: Effect, { conditions }: Automation): boolean {
  return conditions.some(
    (condition) =>
      condition.kind === "state" &&
      condition.attribute === undefined &&
      condition.entityIds.includes(entityId) &&
      to !== undefined &&
      condition.match !== "any" &&
      !condition.states.includes(to),
  );
}

const AT_ONCE_MS = 60_000; // sunset plus half a minute is sunset to a household

/** What sets off both, in words; `undefined`: nothing that we can tell. */
export function commonTrigger(
  [one, other]: readonly [Automation, Automation],
  home: HomeSnapshot,
): string | undefined {
  if (excludeEachOther(one.conditions, other.conditions)) return undefined;
  for (const left of plainTriggers(one, home)) {
    for (const right of plainTriggers(other, home)) {
      const words = sameMoment(left, right);
      if (words) return words;
    }
  }
  return undefined;
}

/** How two automations come to act at one time: when each is set off, counted from the same moment. */
export interface Meeting {
  /** What that moment is, in words; absent: midnight, and the clock says it. */
  readonly when?: string;
  readonly leftMs: number;
  readonly rightMs: number;
}

/** All ways in which their triggers are tied to one moment, also some time apart: those set off at once come first. */
export function meetingsOf(
  [one, other]: readonly [Automation, Automation],
  home: HomeSnapshot,
): Meeting[] {
  if (excludeEachOther(one.conditions, other.conditions)) return [];
  const together = commonTrigger([one, other], home);
  return [
    ...(together ? [{ when: together, leftMs: 0, rightMs: 0 }] : []),
    ...plainTriggers(one, home).flatMap((left) =>
      plainTriggers(other, home).flatMap((right) => apart(left, right)),
    ),
  ];
}

function apart(left: Trigger, right: Trigger): Meeting[] {
  if (left.kind === "time" && right.kind === "time") {
    if (haveNoDayInCommon(left, right)) return [];
    const ofRight = right.at.flatMap((at) => ("ms" in at ? at.ms : []));
    return left.at.flatMap((at) =>
      "ms" in at ? ofRight.map((rightMs) => ({ leftMs: at.ms, rightMs })) : [],
    );
  }
  if (left.kind === "sun" && right.kind === "sun" && left.event === right.event) {
    const when = `it is ${left.event}`;
    return [{ when, leftMs: offsetOf(left), rightMs: offsetOf(right) }];
  }
  if (left.kind !== "state" || right.kind !== "state") return [];
  const [leftMs, rightMs] = [msOf(left.for) ?? 0, msOf(right.for) ?? 0];
  const when = sameState({ ...left, for: { ms: 0 } }, { ...right, for: { ms: 0 } });
  return when && isPlain(left) && isPlain(right) ? [{ when, leftMs, rightMs }] : [];
}

const isPlain = ({ for: lasting }: StateTrigger) =>
  lasting === undefined || msOf(lasting) !== undefined;

const haveNoDayInCommon = (left: TimeTrigger, right: TimeTrigger): boolean =>
  left.weekdays !== undefined &&
  right.weekdays !== undefined &&
  !left.weekdays.some((day) => right.weekdays?.includes(day));

export const excludeEachOther = (one: readonly Condition[], other: readonly Condition[]): boolean =>
  one
    .filter(isOn)
    .some((left) => other.filter(isOn).some((right) => excludes(left, right) !== undefined));

function sameMoment(left: Trigger, right: Trigger): string | undefined {
  if (left.kind === "state" && right.kind === "state") return sameState(left, right);
  if (left.kind === "time" && right.kind === "time") {
    if (haveNoDayInCommon(left, right)) return undefined;
    const times = new Set(left.at.flatMap((at) => ("ms" in at ? at.ms : [])));
    const shared = right.at.flatMap((at) => ("ms" in at && times.has(at.ms) ? at.ms : []))[0];
    return shared === undefined ? undefined : `it is ${clock(shared)}`;
  }
  if (left.kind === "sun" && right.kind === "sun" && left.event === right.event) {
    const apart = Math.abs(offsetOf(left) - offsetOf(right));
    return apart < AT_ONCE_MS ? `it is ${left.event}` : undefined;
  }
  if (left.kind === "homeassistant" && right.kind === "homeassistant") {
    return left.event === right.event ? "Home Assistant starts or stops" : undefined;
  }
  if (left.kind === "event" && right.kind === "event") {
    const shared = left.eventTypes.find((type) => right.eventTypes.includes(type));
    const same = JSON.stringify(left.data) === JSON.stringify(right.data);
    return shared && same ? `\`${shared}\` is sent` : undefined;
  }
  if (left.kind === "zone" && right.kind === "zone") {
    const person = left.entityIds.find((id) => right.entityIds.includes(id));
    const same = left.zone === right.zone && left.event === right.event;
    return person && same ? `\`${person}\` ${left.event}s \`${left.zone}\`` : undefined;
  }
  return undefined;
}

function sameState(left: StateTrigger, right: StateTrigger): string | undefined {
  const entityId = left.entityIds.find((id) => right.entityIds.includes(id));
  const sameFor = JSON.stringify(left.for) === JSON.stringify(right.for);
  if (!entityId || !sameFor || left.attribute !== right.attribute) return undefined;
  const shared = meet(left.to, right.to);
  const from = meet(left.from, right.from);
  if (shared === undefined || from === undefined) return undefined;
  return `\`${entityId}\` becomes ${shared === "" ? "something else" : `"${shared}"`}`;
}

/** A state that both lists take; an empty text: any. */
function meet(left: StateMatch | undefined, right: StateMatch | undefined): string | undefined {
  if (left == null || left.length === 0) return String(right?.[0] ?? "");
  if (right == null || right.length === 0) return String(left[0]);
  const shared = left.find((state) => right.includes(state));
  return shared === undefined ? undefined : String(shared);
}

const offsetOf = ({ offset }: { readonly offset?: object }) =>
  offset && "ms" in offset && typeof offset.ms === "number" ? offset.ms : 0;

export function clock(ms: number): string {
  const minutes = Math.floor(ms / 60_000);
  const two = (value: number) => String(value).padStart(2, "0");
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}
