import { afterAll, beforeAll, expect, test } from "vitest";
import type { TopicView } from "#src/enrichment/surroundings/surroundings.ts";
import { eventually } from "#support/eventually.ts";
import {
  type FakeHomeAssistant,
  startFakeHomeAssistant,
} from "#support/fake-home-assistant/fake-home-assistant.ts";
import { startFakeVendor } from "#support/fake-vendor.ts";
import { type HomeIq, startHomeIq } from "#support/home-iq.ts";
import { startBroker } from "#support/mqtt-broker.ts";

const HOUR = 3_600_000;
const TEAM = "homeiq.game_salt_city_hares";
const TRACKED = "sensor.team_tracker_otters";

let house: FakeHomeAssistant;

beforeAll(async () => {
  house = await startFakeHomeAssistant({ preset: "studio", seed: 11 });
});
afterAll(() => house.stop());

const ONLY_SPORTS = {
  outside_off: false,
  weather_provider: "off",
  air_provider: "off",
  sports_teams: "nfl:HAR",
} as const;
const START = new Date(Date.now() + 3 * HOUR);

/** A scoreboard with one game of the Hares, and one of nobody that is followed. */
function board(state: "pre" | "in" | "post", home: number, away: number): string {
  const side = (homeAway: string, short: string, name: string, score: number) => ({
    ...{ homeAway, score: String(score), id: short },
    team: { id: short, abbreviation: short, displayName: name },
  });
  const status = { type: { name: `STATUS_${state}`, state } };
  return JSON.stringify({
    leagues: [{ slug: "nfl" }],
    events: [
      {
        ...{ id: "401", date: START.toISOString(), status },
        competitions: [
          {
            competitors: [
              side("home", "HAR", "Salt City Hares", home),
              side("away", "ACE", "Bay Aces", away),
            ],
          },
        ],
      },
    ],
  });
}

interface Event {
  readonly kind: string;
  readonly side?: string;
  readonly game: { readonly home: { readonly name: string } };
}
const lastEvents = async (homeiq: HomeIq) =>
  (await homeiq.get<{ events: Event[] }>("/api/v1/surroundings/sports/events")).events;
const kinds = async (homeiq: HomeIq) => (await lastEvents(homeiq)).map(({ kind }) => kind);
const askAgain = (homeiq: HomeIq) =>
  homeiq.ask("/api/v1/surroundings/espn/test", { method: "POST" });
const changesOf = async (homeiq: HomeIq, entityId: string) =>
  (await homeiq.events(`entity=${entityId}`)).toReversed();

test("a game is an entity in the history and an event in Home Assistant, and a restart tells nothing twice", async () => {
  await using broker = await startBroker();
  await using vendor = await startFakeVendor({ body: board("pre", 0, 0) });
  const options = { ...ONLY_SPORTS, mqtt_url: `mqtt://127.0.0.1:${broker.port}` };
  const settings = { url: house.url, options, vendorUrls: { espn: vendor.url } };
  await using first = await startHomeIq(settings);
  await eventually("the event's entity is there", () =>
    broker.retained.get("homeassistant/event/homeiq/sports_event/config"),
  );
  const before = await eventually("the game is in the history", async () => {
    const found = await changesOf(first, TEAM);
    return found.length > 0 ? found : undefined;
  });
  expect(before).toMatchObject([
    {
      ...{ name: "Salt City Hares", newState: "pre", cause: { kind: "integration", by: "espn" } },
      changedAttributes: { opponent: "Bay Aces", league: "nfl", start: START.toISOString() },
    },
  ]);

  vendor.answer({ body: board("in", 0, 0) });
  await askAgain(first);
  vendor.answer({ body: board("in", 7, 0) });
  await askAgain(first);
  await eventually("both are told", async () => (await kinds(first)).length === 2);
  expect(await lastEvents(first)).toMatchObject([
    { kind: "score_changed", side: "home", game: { home: { name: "Salt City Hares", score: 7 } } },
    { kind: "game_starts" },
  ]);
  await eventually("Home Assistant heard of both", () => broker.said.length >= 2);
  expect(broker.said.map(({ text }) => JSON.parse(text))).toEqual([
    {
      ...{ event_type: "game_starts", home: "Salt City Hares", away: "Bay Aces" },
      ...{ home_score: 0, away_score: 0, league: "nfl", start: START.toISOString() },
      teams: ["Salt City Hares"],
    },
    expect.objectContaining({
      ...{ event_type: "score_changed", home_score: 7, scored_by: "Salt City Hares" },
    }),
  ]);
  expect(broker.retained.has("homeiq/sports_event/state")).toBe(false);
  const changes = await eventually("the score is in the history", async () => {
    const found = await changesOf(first, TEAM);
    return found.length === 3 ? found : undefined;
  });
  expect(changes.map(({ kind, newState }) => `${kind} ${newState}`)).toEqual([
    ...["added pre", "state live", "attributes live"],
  ]);
  expect(changes[2]?.changedAttributes).toEqual({ score: 7 });
  await first.stop();

  await using second = await startHomeIq({ ...settings, folder: first.folder });
  await eventually("it was asked again", async () => {
    const { state, entityIds } = await second.get<TopicView>("/api/v1/surroundings/sports");
    return state === "ok" && entityIds.includes(TEAM);
  });
  await askAgain(second);
  expect(await kinds(second)).toEqual(["score_changed", "game_starts"]);
  vendor.answer({ body: board("post", 7, 0) });
  await askAgain(second);
  await eventually("the end is told", async () => (await kinds(second)).length === 3);
  expect(await kinds(second)).toEqual(["game_over", "score_changed", "game_starts"]);
  const events = await eventually("the end is in the history", async () => {
    const found = await changesOf(second, "homeiq.sports_event");
    return found.length === 3 ? found : undefined;
  });
  expect(events.map(({ changedAttributes }) => changedAttributes?.event_type)).toEqual([
    ...["game_starts", "score_changed", "game_over"],
  ]);
  expect((await changesOf(second, TEAM)).map(({ newState }) => newState)).toEqual([
    ...["pre", "live", "live", "over"],
  ]);
  expect(broker.said).toHaveLength(3);
});

test("Team Tracker's sensors lead to the same events, by themselves and beside another provider", async () => {
  const attributes = {
    ...{ league: "MLB", event_id: "77", date: START.toISOString(), team_homeaway: "away" },
    ...{ team_id: "9", team_abbr: "OTT", team_long_name: "River Otters", team_score: null },
    ...{ opponent_id: "8", opponent_abbr: "GUL", opponent_long_name: "Pier Gulls" },
    opponent_score: null,
  };
  house.addEntity({ entityId: TRACKED, state: "PRE", attributes, platform: "teamtracker" });
  await using alone = await startHomeIq({ url: house.url });
  await eventually("it is found by itself", async () => {
    const view = await alone.get<TopicView>("/api/v1/surroundings/sports");
    return view.provider === "team-tracker" && view.state === "ok" ? view : undefined;
  });
  await alone.stop();

  await using vendor = await startFakeVendor({ body: board("pre", 0, 0) });
  await using beside = await startHomeIq({
    ...{ url: house.url, vendorUrls: { espn: vendor.url } },
    options: ONLY_SPORTS,
  });
  const otters = "homeiq.game_river_otters";
  await eventually("both teams are known", async () => {
    const { entityIds } = await beside.get<TopicView>("/api/v1/surroundings/sports");
    return entityIds.includes(otters) && entityIds.includes(TEAM);
  });
  house.setState(TRACKED, "IN", { ...attributes, team_score: "0", opponent_score: "0" });
  await eventually("the start is told", async () => {
    await askAgain(beside);
    return (await kinds(beside)).length > 0;
  });
  house.setState(TRACKED, "IN", { ...attributes, team_score: "1", opponent_score: "0" });
  await eventually("the score is told", async () => {
    await askAgain(beside);
    return (await kinds(beside)).length > 1;
  });
  expect(await lastEvents(beside)).toMatchObject([
    { kind: "score_changed", side: "away", game: { id: "77", away: { name: "River Otters" } } },
    { kind: "game_starts" },
  ]);
  house.removeEntity(TRACKED);
});
