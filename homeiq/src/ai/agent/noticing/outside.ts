import type { Game } from "#enrichment/provider.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "#foundation/time.ts";
import { wallAt } from "#foundation/wall-time.ts";
import type { Noticed } from "../proposals/proposals.ts";
import type { Say } from "../say.ts";
import type { Facts } from "./facts.ts";
import { all, classOf, domainOf, nobodySince } from "./house.ts";

const BEFORE_GAME_MS = 60 * MINUTE_MS;

/** A team that the household follows plays within the hour. */
export function gameStarts(facts: Facts, say: Say): Noticed[] {
  const { now, sports, isService } = facts;
  const soon = (sports?.games ?? []).filter(
    ({ status, start, followed }) =>
      status === "scheduled" &&
      start > now &&
      start <= now + BEFORE_GAME_MS &&
      (followed?.length ?? 0) > 0,
  );
  const [screen, ...more] = all(
    facts,
    (one) =>
      domainOf(one.entityId) === "media_player" && classOf(one) === "tv" && one.state === "off",
  );
  const canOffer = screen && more.length === 0 && isService("media_player.turn_on");
  const entityIds = canOffer && nobodySince(facts) === undefined ? [screen.entityId] : [];
  return soon.map((game) => {
    const team = (game.followed?.[0] === "away" ? game.away : game.home).name;
    const time = say.time(game.start, now);
    return {
      ...{ kind: "game_starts", isSafety: false, entityIds },
      key: `game_starts:${game.league}:${game.id}:${Math.floor(game.start / DAY_MS)}`,
      subject: `game_starts:${teamId(game)}`,
      expiresAt: game.start + 15 * MINUTE_MS,
      title: say.say("agent.game.title", { team, time }),
      text: say.say("agent.game", {
        ...{ home: game.home.name, away: game.away.name },
        n: Math.max(1, Math.round((game.start - now) / MINUTE_MS)),
      }),
      evidence: [
        { text: say.say("agent.game.evidence", { league: game.league, time }), at: game.start },
      ],
      ...(entityIds.length > 0
        ? {
            offer: {
              label: say.say("agent.game.do", { name: say.names(entityIds) }),
              actions: [{ service: "media_player.turn_on", entityIds }],
            },
          }
        : {}),
    };
  });
}

const teamId = ({ league, followed, home, away }: Game) =>
  `${league}:${followed?.[0] === "away" ? away.id : home.id}`;

const MIN_SHARE = 0.2; // of what a start now costs
/** In the house's currency, or grams of CO2; for less nobody waits. */
const MIN_SAVED = { price: 0.1, carbon: 100 };
const SOONEST_MS = 30 * MINUTE_MS;
const LATEST_MS = 12 * HOUR_MS;

/** An appliance would run for clearly less, money or CO2, later today, or power costs nothing soon. */
export function cheapHours(facts: Facts, say: Say): Noticed[] {
  const { now, price, carbon, bestRuns } = facts;
  if (!price && !carbon) return [];
  const worth = bestRuns
    .filter(({ by }) => by === (price ? "price" : "carbon"))
    .filter(({ start }) => start >= now + SOONEST_MS && start <= now + LATEST_MS)
    .map((run) => ({ ...run, saved: run.costNow - run.cost }))
    .filter(({ by, saved, costNow }) => saved >= MIN_SAVED[by] && saved >= MIN_SHARE * costNow)
    .sort((one, other) => other.saved - one.saved);
  const [best] = worth;
  return [...(best ? [oneRun(best)] : []), ...free()];

  function oneRun(run: (typeof worth)[number]): Noticed {
    const { by, entityId, start, runs, kwh, saved } = run;
    const currency = price?.currency ?? "";
    const until = (by === "price" ? price : carbon)?.slots.at(-1)?.end ?? start;
    const amount = (value: number) =>
      by === "price"
        ? say.price(value, currency)
        : say.say("agent.grams", { n: Math.round(value) });
    return {
      ...{ kind: "cheap_hours", subject: `cheap_hours:${entityId}`, isSafety: false },
      key: `cheap_hours:${entityId}:${localDay(facts)}`,
      entityIds: [entityId],
      expiresAt: start,
      title: say.say(by === "price" ? "agent.cheap.title" : "agent.clean.title", {
        name: say.names([entityId]),
        time: say.time(start, now),
      }),
      text: say.say(by === "price" ? "agent.cheap" : "agent.clean", {
        ...{ cost: amount(run.cost), costNow: amount(run.costNow) },
      }),
      evidence: [
        {
          entityId,
          text: say.say(by === "price" ? "agent.cheap.evidence" : "agent.clean.evidence", {
            ...{ time: say.time(until, now), kwh },
          }),
        },
      ],
      benefit: { value: saved, unit: by === "price" ? currency : "g CO2", n: runs },
    };
  }

  function free(): Noticed[] {
    const { currency, slots } = price ?? { currency: "EUR", slots: [] };
    const first = slots.find(
      (slot) => slot.price <= 0 && slot.start > now && slot.start <= now + 2 * HOUR_MS,
    );
    if (!first) return [];
    const after = slots.filter(({ start }) => start >= first.start);
    const above = after.find((slot) => slot.price > 0);
    const end = above?.start ?? after.at(-1)?.end ?? first.end;
    const [time, until] = [say.time(first.start, now), say.time(end, now)];
    return [
      {
        ...{ kind: "cheap_hours", subject: "cheap_hours:free", isSafety: false, entityIds: [] },
        key: `cheap_hours:free:${Math.floor(first.start / DAY_MS)}`,
        oncePerMs: 12 * HOUR_MS,
        expiresAt: end,
        title: say.say("agent.negative.title", { time }),
        text: say.say("agent.negative", {
          ...{ time, end: until, price: say.price(first.price, currency) },
        }),
        evidence: [{ text: say.price(first.price, currency), at: first.start }],
      },
    ];
  }
}

/** The day by the house's clock, in days since 1970. */
export const localDay = ({ timeZone, now }: Pick<Facts, "timeZone" | "now">) =>
  Math.floor(wallAt(timeZone, now) / DAY_MS);
