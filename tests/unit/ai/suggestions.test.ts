import { afterEach, beforeEach, expect, test } from "vitest";
import type { Suggestion } from "#src/ai/suggestions/suggestions.ts";
import { DAY_MS } from "#src/foundation/time.ts";
import { ACTED, habit, known } from "#support/sample-patterns.ts";
import { openSuggestions } from "#support/suggestion-house.ts";
import { templatesHome } from "../analysis/templates-home.ts";

const BY = { id: "ann", name: "Ann" };
const HALL = known(habit("light.hall", "on"), { id: "hall" });

let house: ReturnType<typeof openSuggestions>;
beforeEach(() => {
  house = openSuggestions(templatesHome());
});
afterEach(() => house[Symbol.asyncDispose]());

const all = () =>
  house.suggestions.list({
    statuses: ["open", "waiting", "expired", "dismissed", "snoozed", "undone", "kept"],
  });
const of = (patternId: string) => {
  const found = all().find(({ patternIds }) => patternIds.includes(patternId));
  if (!found) throw new Error(`Nothing is suggested of ${patternId}`);
  return house.suggestions.get(found.id);
};
const history = ({ history: changes }: Suggestion) =>
  changes.map(({ status, reason }) => (reason === undefined ? status : `${status}: ${reason}`));

test("a habit comes before every idea of the list, with its days, its numbers and its draft", async () => {
  house.told.patterns = [HALL];
  await house.refresh();
  const [first] = house.suggestions.list();
  expect(first).toMatchObject({
    ...{ source: "pattern", kind: "time_of_day", status: "open", patternIds: ["hall"] },
    title: "Turn Hall on at 06:45 on workdays",
    areaId: "hall",
    backTest: { state: "pending" },
    draft: { kind: "automation", yaml: expect.stringContaining("light.turn_on"), problems: [] },
  });
  expect(first?.chart.filter(({ is }) => is === "seen").length).toBe(25);
  const missed = first?.chart.filter(({ is }) => is === "missed") ?? [];
  expect(missed.map(({ minute }) => minute)).toEqual([405, 405]);
});

test("the same look twice changes nothing", async () => {
  house.told.patterns = [HALL];
  await house.refresh();
  const before = all().map(({ id, status, score }) => ({ id, status, score }));
  expect(await house.refresh()).toMatchObject({ opened: 0, expired: 0 });
  expect(all().map(({ id, status, score }) => ({ id, status, score }))).toEqual(before);
});

test("what is no longer a habit expires, and comes back when it is one again", async () => {
  house.told.patterns = [HALL];
  await house.refresh();
  house.told.patterns = [];
  await house.refresh();
  expect(history(of("hall"))).toEqual(["waiting", "open", "expired: evidence_gone"]);
  house.told.patterns = [HALL];
  await house.refresh();
  expect(of("hall").status).toBe("open");
});

test("a source that cannot be looked at takes nothing away", async () => {
  house.told.patterns = [HALL];
  await house.refresh();
  house.told.failing = true;
  expect(await house.refresh()).toMatchObject({ expired: 0 });
  expect(of("hall").status).toBe("open");
});

test("a no holds until the habit is surer by 0.15, and says why it is back", async () => {
  house.told.patterns = [known(habit("light.hall", "on", { confidence: 0.7 }), { id: "hall" })];
  await house.refresh();
  house.suggestions.dismiss(of("hall").id, { reason: "not_useful", by: BY });
  house.told.patterns = [known(habit("light.hall", "on", { confidence: 0.8 }), { id: "hall" })];
  await house.refresh();
  expect(of("hall")).toMatchObject({ status: "dismissed", dismissReason: "not_useful" });
  house.told.patterns = [known(habit("light.hall", "on", { confidence: 0.9 }), { id: "hall" })];
  await house.refresh();
  expect(of("hall").status).toBe("open");
  expect(history(of("hall"))).toContain("waiting: evidence_changed");
});

test("what was refused does not come again as something else that does the same", async () => {
  house.told.patterns = [HALL];
  await house.refresh();
  house.suggestions.dismiss(of("hall").id, { reason: "wrong", by: BY });
  house.told.patterns = [known(habit("light.hall", "on", { minute: 180 }), { id: "twin" })];
  await house.refresh();
  expect(() => of("twin")).toThrow("Nothing");
});

test("one that stood for thirty days is kept, and counted", async () => {
  house.told.patterns = [HALL];
  await house.refresh();
  const { id } = of("hall");
  const { draftId = "" } = await house.suggestions.accept(id, { by: BY });
  expect(house.suggestions.get(id).status).toBe("accepted");
  const deployed = { status: "deployed", entityId: "automation.hall" } as const;
  house.told.drafts.set(draftId, { ...house.told.drafts.get(draftId), ...deployed });
  const watch = { automationId: draftId, runs: 9, overrides: 1 };
  house.told.watches = [{ ...watch, state: "watching" }];
  expect(house.suggestions.get(id)).toMatchObject({
    ...{ status: "probation", automationId: "automation.hall" },
  });
  house.told.watches = [{ ...watch, state: "passed" }];
  house.clock.advance(14 * DAY_MS);
  expect(house.suggestions.get(id).status).toBe("deployed");
  house.clock.advance(17 * DAY_MS);
  expect(house.suggestions.get(id).status).toBe("kept");
  expect(house.suggestions.outcomes().bySource).toContainEqual(
    expect.objectContaining({
      ...{ source: "pattern", accepted: 1, deployed: 1, due: 1, kept: 1, overrides: 1, runs: 9 },
      acceptance: expect.objectContaining({ value: 1 }),
    }),
  );
});

test("one that the workshop turned off, or that was removed there, is undone", async () => {
  house.told.patterns = [HALL];
  await house.refresh();
  const { id } = of("hall");
  const { draftId = "" } = await house.suggestions.accept(id, { by: BY });
  house.told.drafts.set(draftId, { ...house.told.drafts.get(draftId), status: "deployed" });
  house.told.watches = [{ automationId: draftId, state: "demoted", runs: 5, overrides: 4 }];
  expect(history(house.suggestions.get(id)).at(-1)).toBe("undone: demoted");
  await house.refresh();
  expect(of("hall").status).toBe("undone");
});

test("what would have been in the way more than it helped goes, and does not come back", async () => {
  house.told.patterns = [HALL];
  await house.refresh();
  house.told.played = { matched: 2, annoying: 6 };
  await house.backTest();
  expect(history(of("hall")).at(-1)).toBe("expired: annoying");
  await house.refresh();
  expect(of("hall").status).toBe("expired");
});

test("what played over the past did as people did says so in its score", async () => {
  house.told.patterns = [HALL];
  await house.refresh();
  house.told.played = { matched: 20, unasked: 2 };
  await house.backTest();
  const { score, backTest } = of("hall");
  expect(backTest).toMatchObject({ state: "done", runs: 22, matched: 20 });
  const confidence = score.factors.find(({ name }) => name === "confidence");
  expect(confidence?.why).toContain("22 times: 20 times as you did, 0 times against you");
});

test("what was played says over which days: no more than are recorded, and again when more are fetched", async () => {
  house.told.patterns = [HALL];
  await house.refresh();
  const now = house.clock.now();
  const playedDays = () => {
    const { backTest } = of("hall");
    if (backTest?.state !== "done") throw new Error("It was not played");
    return Math.round((backTest.to - backTest.from) / DAY_MS);
  };
  house.told.oldestAt = now - 4 * DAY_MS;
  await house.backTest();
  expect(playedDays()).toBe(4);
  house.told.oldestAt = now - 14 * DAY_MS;
  await house.backTest();
  expect(playedDays()).toBe(14);
  house.told.oldestAt = now - 90 * DAY_MS;
  await house.backTest();
  expect(playedDays()).toBe(30);
});

test("an automation that people undo at night is suggested to leave the night out", async () => {
  const entityId = "automation.hall_light";
  const proposal = { from: "22:00", to: "06:00", keptAway: 5, keptAwayUnminded: 1, condition: {} };
  const lastTriggeredAt = house.clock.now() - DAY_MS;
  house.told.automations = [{ entityId, state: "on", lastTriggeredAt, editable: true, proposal }];
  await house.refresh();
  const found = all().find(({ source }) => source === "override");
  expect(found).toMatchObject({ action: "change", automationIds: [entityId] });
  expect(found?.title).toContain("not between 22:00 and 06:00");
  const mends = { name: "novelty", value: 1, why: "It mends what is there and adds nothing." };
  expect(found?.score.factors).toContainEqual(mends);
  expect(await house.suggestions.accept(found?.id ?? "", { by: BY })).toMatchObject({
    status: "accepted",
  });
});

test("of two automations that do the same one goes, and comes back when that is undone", async () => {
  const [first, second] = ["automation.one", "automation.two"];
  const finding = { code: "lint.duplicate", severity: "warning", path: [], message: "The same." };
  house.told.findings = [
    { ...finding, severity: "warning", about: [first as string, second as string] },
  ];
  await house.refresh();
  const found = all().find(({ action }) => action === "merge");
  expect(found?.automationIds).toEqual([second]);
  const { id = "" } = found ?? {};
  expect((await house.suggestions.accept(id, { by: BY })).status).toBe("deployed");
  expect((await house.suggestions.undo(id, BY)).status).toBe("undone");
  expect(house.told.done).toEqual([`remove ${second}`, `undo ${second}`]);
});

test("before the house is known nothing is looked for, and nothing expires", async () => {
  house.told.ready = false;
  await expect(house.refresh()).rejects.toMatchObject({ code: "suggestions.not_ready" });
});

test("each kind of habit that becomes something is suggested once", async () => {
  house.told.patterns = Object.entries(ACTED).map(([id, pattern]) => known(pattern, { id }));
  await house.refresh();
  const patterns = all().flatMap(({ patternIds }) => patternIds);
  expect(patterns.length).toBeGreaterThan(15);
  expect(new Set(patterns).size).toBe(patterns.length);
});

test("who taps yes twice gets one draft", async () => {
  house.told.patterns = [HALL];
  await house.refresh();
  const { id } = of("hall");
  const [one, other] = await Promise.all([
    house.suggestions.accept(id, { by: BY }),
    house.suggestions.accept(id, { by: BY }),
  ]);
  expect(other.draftId).toBe(one.draftId);
  expect(house.told.drafts.size).toBe(1);
});

test("a no that is said while it is looked stands", async () => {
  house.told.patterns = [HALL];
  await house.refresh();
  const { id } = of("hall");
  const looking = house.refresh();
  house.suggestions.dismiss(id, { reason: "wrong", by: BY });
  await looking;
  expect(house.suggestions.get(id).status).toBe("dismissed");
});
