import { afterEach, beforeEach, expect, test } from "vitest";
import { type AgentHouse, ANNA, openAgentHouse } from "#support/agent-house.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

let home: AgentHouse;
beforeEach(() => {
  home = openAgentHouse();
});
afterEach(() => home.close());

const BOLD = {
  levels: { domains: [{ domain: "cover", level: "notify_after" as const }], areas: [] },
};

test("a button that nobody was sent does nothing, and one of somebody else's app is none of ours", async () => {
  home.set({});
  home.rains();
  await home.minute();
  expect(home.buttonsOf(home.shown()[0])).toHaveLength(3);
  for (const { action } of home.buttonsOf(home.shown()[0]))
    expect(action).toMatch(/^HOMEIQ_[\w-]{24}$/);
  home.agent().onPressed({ data: { action: "HOMEIQ_AAAAAAAAAAAAAAAAAAAAAAAA" } });
  home.agent().onPressed({ data: { action: "OPEN_GARAGE" } });
  home.agent().onPressed({ nothing: true });
  await home.minute(0);
  expect(home.done()).toEqual([]);
});

test("a tap that comes too late is answered kindly, and nothing is done", async () => {
  home.set({});
  home.rains();
  await home.minute();
  const [asked] = home.shown();
  home.isDry();
  await home.minute(3 * HOUR);
  await home.tap("Close Skylight", asked);
  expect(home.done()).toEqual([]);
  expect(home.shown().at(-1)?.data.message).toMatch(/too late for it now/);
  expect(home.agent().proposals({ limit: 5 })[0]?.status).toBe("expired");
});

test("a second tap is told that it was answered, and does nothing again", async () => {
  home.set({});
  home.rains();
  await home.minute();
  const [asked] = home.shown();
  await home.tap("Close Skylight", asked);
  await home.tap("Close Skylight", asked);
  expect(home.done()).toHaveLength(1);
  expect(home.shown().at(-1)?.data.message).toBe("That was answered already.");
});

test("what fails is told with its reason, and counts as failed", async () => {
  home.set({});
  home.rains();
  await home.minute();
  home.refuse("The motor is stuck");
  await home.tap("Close Skylight");
  expect(home.shown().at(-1)?.data).toMatchObject({
    title: "That did not work",
    message: expect.stringContaining("The motor is stuck"),
  });
  expect(home.agent().proposals({ limit: 1 })[0]).toMatchObject({
    status: "failed",
    actions: [{ outcome: "failed", undo: "impossible" }],
  });
});

test("what is taken back twice in two weeks is asked again, until they have passed", async () => {
  home.set(BOLD);
  for (const n of [0, 1]) {
    home.rains();
    await home.minute();
    expect(home.state("cover.skylight")).toBe("closed");
    expect(home.agent().status().demoted).toEqual([]);
    await home.tap("Undo");
    expect(home.state("cover.skylight")).toBe("open");
    home.isDry();
    await home.minute(n === 0 ? 7 * HOUR : 8 * HOUR);
  }
  expect(home.agent().status().demoted).toMatchObject([{ domain: "cover" }]);
  home.rains();
  await home.minute();
  expect(home.state("cover.skylight")).toBe("open");
  expect(home.agent().proposals({ limit: 1 })[0]?.decision).toMatchObject({
    ...{ outcome: "ask", rule: "demoted" },
  });
  await home.startAgain(home.now() + 15 * DAY);
  expect(home.agent().status().demoted).toEqual([]);
});

test("the button of an undo works for a quarter of an hour, the app's for longer", async () => {
  home.set(BOLD);
  home.rains();
  await home.minute();
  const report = home.shown().at(-1);
  const [done] = home.agent().proposals({ limit: 1 });
  home.isDry();
  await home.minute(20 * MINUTE);
  await home.tap("Undo", report);
  expect(home.state("cover.skylight")).toBe("closed");
  const undone = await home.agent().undo(done?.actions[0]?.id ?? "", ANNA);
  expect(undone.undo).toBe("undone");
  expect(home.state("cover.skylight")).toBe("open");
  await expect(home.agent().undo(undone.id, ANNA)).rejects.toMatchObject({
    code: "agent.already_undone",
  });
});

test("not now is quiet for a day, and no more than so many messages come in an hour", async () => {
  home.set({ limits: { messagesPerHour: 1, messagesPerDay: 9, actionsPerHour: 4 } });
  home.rains();
  await home.minute();
  await home.tap("Not now");
  expect(home.agent().status().silenced).toMatchObject([{ until: home.now() + DAY }]);
  home.put("binary_sensor.door", "on", { device_class: "door" });
  home.put("light.kitchen", "on");
  home.put("person.anna", "not_home");
  await home.minute(11 * MINUTE);
  expect(home.agent().proposals({ limit: 1 })[0]?.kind).toBe("left_on_nobody_home");
  expect(home.shown()).toHaveLength(1);
  expect(home.agent().log({ limit: 1, events: ["message"] }).entries[0]).toMatchObject({
    ...{ outcome: "held", rule: "messages_per_hour" },
  });
  await home.minute(HOUR);
  expect(home.shown()).toHaveLength(2);
});

test("a house without a phone gets it on Home Assistant's bell", async () => {
  await home.startAgain(home.now(), false);
  home.set({});
  home.rains();
  await home.minute();
  expect(home.calls()).toMatchObject([
    {
      service: "persistent_notification.create",
      data: { title: "It rains, and something is open", message: "It rains. Open: Skylight." },
    },
  ]);
});

test("who is not chosen is not told", async () => {
  home.set({ recipients: ["person.ben"] });
  home.rains();
  await home.minute();
  expect(home.onPhone()).toEqual([]);
});

test("each occurrence once, over a restart as well", async () => {
  home.set({});
  home.rains();
  await home.minute();
  await home.startAgain();
  await home.minute();
  await home.minute(30 * MINUTE);
  expect(home.shown()).toHaveLength(1);
  expect(home.agent().proposals({ limit: 9 })).toHaveLength(1);
});

test("suggestions are told in the morning, in one message", async () => {
  home.agent().saveSettings({ ...home.agent().status().settings, messages: true }, ANNA);
  await home.minute(16.5 * HOUR); // 04:30 in Berlin
  await home.agent().nightly(new AbortController().signal);
  expect(home.shown()).toEqual([]);
  await home.minute(2.5 * HOUR + MINUTE);
  expect(home.shown().map(({ data }) => data.message)).toEqual([
    "One new suggestion: A light for the hall.",
  ]);
});

test("a task is said by the clocks of the house, also on the day they change", async () => {
  await home.startAgain(Date.parse("2026-10-24T20:00:00Z"));
  home.set({});
  const task = home.agent().tasks.add(
    {
      ...{ name: "Windows", template: "custom", sections: ["open_now"], cron: "0 7 * * *" },
      ...{ cooldownMinutes: 60, enabled: true, onlyIfSomething: true },
    },
    ANNA,
  );
  expect(task.nextRunAt).toBe(Date.parse("2026-10-25T06:00:00Z")); // 07:00 of winter
  await home.minute(Date.parse("2026-10-25T05:58:00Z") - home.now());
  expect(home.agent().tasks.runs(task.id, 5)).toEqual([]);
  await home.minute(2 * MINUTE);
  expect(home.agent().tasks.runs(task.id, 5)).toMatchObject([
    { outcome: "told", text: "Open: Skylight." },
  ]);
  expect(home.shown().at(-1)?.data).toMatchObject({ title: "Windows", message: "Open: Skylight." });
  home.put("cover.skylight", "closed");
  await home.minute(DAY);
  expect(home.agent().tasks.runs(task.id, 1)[0]).toMatchObject({ outcome: "nothing" });
  home.agent().tasks.remove(task.id, ANNA);
  expect(() => home.agent().tasks.runs(task.id, 1)).toThrow("no such task");
});

test("every change of the settings has a line with who made it", () => {
  home.set({});
  expect(home.agent().log({ limit: 1 }).entries[0]).toMatchObject({ event: "settings", by: ANNA });
});
