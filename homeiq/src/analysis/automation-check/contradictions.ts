import type { Condition, TimeTrigger } from "#home/automation/automation.ts";
import type { Found, Subject } from "./subject.ts";

type StateCondition = Extract<Condition, { kind: "state" }>;
type NumericCondition = Extract<Condition, { kind: "numeric_state" }>;
type TimeCondition = Extract<Condition, { kind: "time" }>;

/** Conditions that exclude each other, or what triggers. */
export function findContradictions(subject: Subject): Found[] {
  const lists = subject.nodes.conjunctions;
  return [...lists.flatMap((list) => amongAll(list, subject)), ...withTriggers(subject)];
}

function amongAll(list: readonly Condition[], subject: Subject): Found[] {
  const found: Found[] = [];
  for (const [index, one] of list.entries()) {
    for (const other of list.slice(index + 1)) {
      const message = whyNever(one, other);
      if (!message) continue;
      const path = subject.pathOf(other) ?? [];
      found.push({ code: "contradiction", severity: "error", path, message });
    }
  }
  return found;
}

/** Why two conditions never hold together; `undefined`: they may. */
export function whyNever(one: Condition, other: Condition): string | undefined {
  if (one.kind === "state" && other.kind === "state") return statesApart(one, other);
  if (one.kind === "numeric_state" && other.kind === "numeric_state")
    return rangesApart(one, other);
  if (one.kind === "time" && other.kind === "time") return timesApart(one, other);
  if (one.kind === "sun" && other.kind === "sun") {
    const pair = [one, other];
    const evening = pair.some((sun) => sun.after === "sunset" && !sun.before && !sun.afterOffset);
    const morning = pair.some((sun) => sun.before === "sunrise" && !sun.after && !sun.beforeOffset);
    // Both are of the same calendar day: the night is one condition with both keys, or an `or`.
    if (evening && morning) {
      return "After sunset and before sunrise of the same day is never. Put both keys into one condition, or join the two by `or`.";
    }
  }
  const [negation, rest] = one.kind === "not" ? [one, other] : [other, one];
  if (negation.kind === "not" && negation.conditions.some((inner) => sameCondition(inner, rest))) {
    return "One condition demands what the other excludes.";
  }
  return undefined;
}

const sameCondition = (one: Condition, other: Condition) =>
  JSON.stringify({ ...one, alias: "" }) === JSON.stringify({ ...other, alias: "" });

function statesApart(one: StateCondition, other: StateCondition): string | undefined {
  const isPlain = (node: StateCondition) =>
    node.match !== "any" &&
    node.states.every((state) => typeof state === "string" && !/[{.]/.test(state));
  const shared = one.entityIds.find((id) => other.entityIds.includes(id));
  if (!shared || one.attribute !== other.attribute || !isPlain(one) || !isPlain(other))
    return undefined;
  if (one.states.some((state) => other.states.includes(state))) return undefined;
  return `\`${shared}\` cannot be ${listed(one.states)} and ${listed(other.states)} at once. Is \`or\` meant?`;
}

const listed = (states: readonly unknown[]) => states.map((state) => `"${state}"`).join(" or ");

function rangesApart(one: NumericCondition, other: NumericCondition): string | undefined {
  const shared = one.entityIds.find((id) => other.entityIds.includes(id));
  const same =
    one.attribute === other.attribute && one.valueTemplate === other.valueTemplate && shared;
  if (!same) return undefined;
  const bounds = (key: "above" | "below") =>
    [one[key], other[key]].filter((bound) => typeof bound === "number");
  const [above, below] = [Math.max(...bounds("above")), Math.min(...bounds("below"))];
  if (above < below) return undefined;
  return `\`${shared}\` cannot be above ${above} and below ${below} at once. Is \`or\` meant?`;
}

const DAY_MS = 86_400_000;

/** Half-open stretches of a day; after later than before spans midnight. */
function stretches({ after, before }: TimeCondition): [number, number][] | undefined {
  const start = after === undefined ? 0 : plain(after);
  const end = before === undefined ? DAY_MS : plain(before);
  if (start === undefined || end === undefined) return undefined;
  if (start < end) return [[start, end]];
  return [
    [start, DAY_MS],
    [0, end],
  ];
}

const plain = (time: object): number | undefined =>
  "ms" in time && typeof time.ms === "number" ? time.ms : undefined;

function timesApart(one: TimeCondition, other: TimeCondition): string | undefined {
  if (
    one.weekdays &&
    other.weekdays &&
    !one.weekdays.some((day) => other.weekdays?.includes(day))
  ) {
    return "The two conditions share no day of the week.";
  }
  const [left, right] = [stretches(one), stretches(other)];
  if (!left || !right) return undefined;
  const meet = left.some(([from, to]) => right.some(([start, end]) => from < end && start < to));
  return meet ? undefined : "The two conditions share no time of the day.";
}

/** All that triggers is excluded by a condition at the top. */
function withTriggers(subject: Subject): Found[] {
  const { configuration, nodes } = subject;
  if (configuration.kind === "script" || nodes.triggers.length === 0) return [];
  return configuration.conditions.flatMap((condition): Found[] => {
    if (condition.enabled === false) return [];
    const why = timeNever(condition, subject) ?? stateNever(condition, subject);
    if (!why) return [];
    const path = subject.pathOf(condition) ?? [];
    return [{ code: "condition_excludes_trigger", severity: "error", path, message: why }];
  });
}

function timeNever(condition: Condition, { nodes }: Subject): string | undefined {
  if (condition.kind !== "time") return undefined;
  const times = nodes.triggers.filter((one): one is TimeTrigger => one.kind === "time");
  if (times.length < nodes.triggers.length) return undefined;
  const inside = stretches(condition);
  const moments = times.flatMap((one) => one.at.map((at) => plain(at)));
  if (inside && !moments.includes(undefined)) {
    const fits = moments.some((at = -1) => inside.some(([start, end]) => at >= start && at < end));
    if (!fits) return "It is triggered at times that this condition excludes: it never runs.";
  }
  const days = condition.weekdays;
  const never =
    days && times.every((one) => one.weekdays && !one.weekdays.some((day) => days.includes(day)));
  return never ? "It is triggered on days that this condition excludes: it never runs." : undefined;
}

/** The entity has just become something else. With `for` or another attribute it is another question. */
function stateNever(condition: Condition, { nodes }: Subject): string | undefined {
  if (condition.kind !== "state" || condition.attribute !== undefined) return undefined;
  const [entityId] = condition.entityIds;
  if (condition.entityIds.length !== 1 || entityId === undefined) return undefined;
  const excluded = nodes.triggers.every(
    (trigger) =>
      trigger.kind === "state" &&
      trigger.attribute === undefined &&
      trigger.entityIds.length === 1 &&
      trigger.entityIds[0] === entityId &&
      trigger.to != null &&
      trigger.to.length > 0 &&
      !trigger.to.some((state) => condition.states.includes(state)),
  );
  if (
    !excluded ||
    condition.states.some((state) => typeof state !== "string" || /[{.]/.test(state))
  ) {
    return undefined;
  }
  return `When it is triggered, \`${entityId}\` has just changed to another state than this condition demands: it never runs. Use \`from\` in the trigger for the state before.`;
}
