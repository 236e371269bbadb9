import { DAY_MS, HOUR_MS, MINUTE_MS } from "#foundation/time.ts";
import type { EntityState } from "#home/states/states.ts";
import type { ProposedAction } from "../proposal.ts";
import type { Noticed } from "../proposals/proposals.ts";
import type { Say } from "../say.ts";
import type { Facts, Trip } from "./facts.ts";
import { all, domainOf, isLeftOn, nobodySince, turnOff } from "./house.ts";
import { localDay } from "./outside.ts";
import { type Expected, expectedReturn } from "./usual-return.ts";

const GONE_MS = 10 * MINUTE_MS; // who forgot the keys is back by then
const LONG_MS = 24 * HOUR_MS;
const ONCE_MS = 3 * HOUR_MS;
const BACK_SOON_MS = 20 * MINUTE_MS; // who is on the way home turns it off there

/** Everybody has left, and something burns or plays; not when somebody is about to be back. */
export function leftOnNobodyHome(facts: Facts, say: Say): Noticed[] {
  const { now, trips } = facts;
  const since = nobodySince(facts);
  if (since === undefined || now - since < GONE_MS || now - since >= LONG_MS) return [];
  const on = all(facts, isLeftOn(facts));
  // What was turned on since is somebody's, or something's, doing.
  const left = on.filter(({ lastChangedAt }) => lastChangedAt <= since);
  if (left.length === 0) return [];
  const isTrip = trips.some(({ start, end }) => start <= now && now < end);
  const back = isTrip ? undefined : expectedReturn(facts.usualReturns, { ...facts, since });
  if (back && back.at - now <= BACK_SOON_MS) return [];
  const entityIds = left.map(({ entityId }) => entityId);
  return [
    {
      ...{
        kind: "left_on_nobody_home",
        subject: "left_on_nobody_home",
        isSafety: false,
        entityIds,
      },
      key: `left_on_nobody_home:${Math.floor(since / MINUTE_MS)}`,
      oncePerMs: ONCE_MS,
      expiresAt: now + 6 * HOUR_MS,
      title: say.say("agent.left_on.title"),
      text: say.say("agent.left_on", { names: say.names(entityIds) }),
      evidence: [
        nobody(since, { now, say }),
        ...(back ? [isBackAt(back, { now, say })] : []),
        ...left.map((one) => isOnSince(one, { now, say })),
      ],
      offer: offerOff(turnOff(entityIds), entityIds, say),
    },
  ];
}

/** A trip has begun, or nobody was home for a day, and something is still on or heats for nobody. */
export function awayLeftOn(facts: Facts, say: Say): Noticed[] {
  const { now, trips } = facts;
  const since = nobodySince(facts);
  if (since === undefined || now - since < GONE_MS) return [];
  const trip = trips.find(({ start, end }) => start <= now && now < end && end - start >= DAY_MS);
  if (!trip && now - since < LONG_MS) return [];
  const on = all(facts, isLeftOn(facts));
  const heats = all(facts, isHeatingForNobody);
  const touched = [...on, ...heats];
  if (touched.length === 0) return [];
  const entityIds = touched.map(({ entityId }) => entityId);
  const actions = [...turnOff(on.map(({ entityId }) => entityId)), ...toAway(heats)];
  return [
    {
      ...{ kind: "away_left_on", subject: "away_left_on", isSafety: false, entityIds },
      key: trip ? `away_left_on:trip:${trip.start}` : `away_left_on:${localDay(facts)}`,
      oncePerMs: 3 * DAY_MS,
      expiresAt: now + DAY_MS,
      title: say.say("agent.away.title"),
      text: say.say("agent.away", { names: say.names(entityIds), reason: reasonOf(trip) }),
      evidence: [nobody(since, { now, say }), ...on.map((one) => isOnSince(one, { now, say }))],
      offer: offerOff(actions, entityIds, say),
    },
  ];

  function reasonOf(known: Trip | undefined): string {
    if (known) return say.say("agent.away.trip", { summary: known.summary });
    return say.say("agent.away.long", { n: Math.floor((now - (since ?? now)) / HOUR_MS) });
  }
}

/** Its own "away" is what a thermostat's maker made for it. */
const isHeatingForNobody = ({ entityId, state, attributes }: EntityState) =>
  domainOf(entityId) === "climate" &&
  ["heat", "heat_cool", "auto", "cool"].includes(state) &&
  Array.isArray(attributes.preset_modes) &&
  attributes.preset_modes.includes("away") &&
  attributes.preset_mode !== "away";

const toAway = (heats: readonly EntityState[]): ProposedAction[] =>
  heats.length === 0
    ? []
    : [
        {
          service: "climate.set_preset_mode",
          entityIds: heats.map(({ entityId }) => entityId),
          data: { preset_mode: "away" },
        },
      ];

const MANY = 3;

const offerOff = (actions: readonly ProposedAction[], entityIds: readonly string[], say: Say) => ({
  label:
    entityIds.length > MANY
      ? say.say("agent.off.do.many", { n: entityIds.length })
      : say.say("agent.off.do", { names: say.names(entityIds) }),
  actions,
});

interface Saying {
  readonly now: number;
  readonly say: Say;
}

const nobody = (since: number, { now, say }: Saying) => ({
  text: say.say("agent.nobody.evidence", { time: say.time(since, now) }),
  at: since,
});

const isBackAt = ({ at, days, spreadMinutes }: Expected, { now, say }: Saying) => ({
  text: say.say("agent.back.evidence", {
    ...{ time: say.time(at, now), n: days, minutes: Math.max(1, spreadMinutes) },
  }),
});

const isOnSince = ({ entityId, lastChangedAt }: EntityState, { now, say }: Saying) => ({
  ...{ entityId, at: lastChangedAt },
  text: say.say("agent.left_on.evidence", {
    name: say.names([entityId]),
    time: say.time(lastChangedAt, now),
  }),
});
