import { afterEach, beforeEach, expect, test } from "vitest";
import type {
  AgentSettings,
  AgentStatus,
  AgentTask,
  LogPage,
  ProposalView,
  TaskRun,
} from "#src/ai/agent/agent.ts";
import { eventually } from "#support/eventually.ts";
import {
  type FakeHomeAssistant,
  startFakeHomeAssistant,
} from "#support/fake-home-assistant/fake-home-assistant.ts";
import { type HomeIq, startHomeIq } from "#support/home-iq.ts";

const WINDOW = "cover.skylight";
const WEATHER = "weather.of_the_test";
const WAIT_MS = 30_000;

let house: FakeHomeAssistant;
let resident: string;

beforeEach(async () => {
  house = await startFakeHomeAssistant({ preset: "studio", seed: 3 });
  const [first] = house.simulation.house.residents;
  resident = first?.name ?? "";
  for (const { personId } of house.simulation.house.residents) house.setState(personId, "home");
  house.addEntity({
    ...{ entityId: WINDOW, state: "open" },
    attributes: { device_class: "window", friendly_name: "Skylight", supported_features: 15 },
  });
  house.setState(WINDOW, "open", { current_position: 100 });
  house.addEntity({
    ...{ entityId: WEATHER, state: "rainy" },
    attributes: { temperature: 11, temperature_unit: "°C", friendly_name: "Weather" },
  });
});
afterEach(() => house.stop());

const start = (folder?: string) =>
  startHomeIq({
    url: house.url,
    options: { weather_entity: WEATHER },
    ...(folder === undefined ? {} : { folder }),
  });

const send = (homeiq: HomeIq, method: string, path: string, body?: unknown) =>
  homeiq.ask(`/api/v1/agent${path}`, {
    method,
    ...(body === undefined
      ? {}
      : { headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) }),
  });

const settingsOf = async (homeiq: HomeIq) =>
  (await homeiq.get<AgentStatus>("/api/v1/agent")).settings;

async function set(homeiq: HomeIq, change: Partial<AgentSettings> & { noQuiet?: true }) {
  const { quietHours, ...settings } = await settingsOf(homeiq);
  const { noQuiet, ...wanted } = change;
  const quiet = noQuiet || !quietHours ? {} : { quietHours };
  const answer = await send(homeiq, "PUT", "/settings", { ...settings, ...quiet, ...wanted });
  expect(answer.status).toBe(200);
}

const proposals = async (homeiq: HomeIq) =>
  (await homeiq.get<{ proposals: ProposalView[] }>("/api/v1/agent/proposals")).proposals;

const rain = (homeiq: HomeIq) =>
  eventually(
    "the rain is noticed",
    async () => (await proposals(homeiq)).find(({ kind }) => kind === "rain_windows_open"),
    WAIT_MS,
  );

const log = async (homeiq: HomeIq, query = "") =>
  (await homeiq.get<LogPage>(`/api/v1/agent/log?limit=200${query}`)).entries;

const message = () =>
  eventually(
    "the phone shows it",
    () => house.phone(resident).find(({ title }) => /something is open/.test(title ?? "")),
    WAIT_MS,
  );

/** Quiet from an hour ago to in an hour, by the clocks of the house. */
function quietNow() {
  const clock = new Intl.DateTimeFormat("en-GB", {
    ...{ hour: "2-digit", minute: "2-digit", timeZone: "Europe/Berlin" },
  });
  return { from: clock.format(Date.now() - 3_600_000), to: clock.format(Date.now() + 3_600_000) };
}

test("it is quiet at first: what it notices is in the app, and nobody's phone shows anything", async () => {
  await using homeiq = await start();
  const found = await rain(homeiq);
  expect(found).toMatchObject({
    status: "open",
    decision: { outcome: "ask", rule: "level" },
    entityIds: expect.arrayContaining([WINDOW]),
    offer: { actions: [{ service: "cover.close_cover", entityIds: [WINDOW] }] },
  });
  expect(house.phone(resident)).toEqual([]);
  expect(house.state(WINDOW)?.state).toBe("open");
  const said = await log(homeiq, `&proposal=${found.id}&event=message`);
  expect(said).toMatchObject([{ outcome: "shown", rule: "messages_off" }]);
});

test("rain with an open window: a message with buttons, one tap closes it, another brings it back", async () => {
  await using homeiq = await start();
  await set(homeiq, { messages: true, noQuiet: true });
  const told = await message();
  expect(told.actions.map(({ title }) => title)).toEqual(["Close Skylight", "Not now", "Never"]);
  expect(new Set(told.actions.map(({ action }) => action)).size).toBe(3);

  house.tapButton(resident, "Close Skylight");
  await eventually("the window closes", () => house.state(WINDOW)?.state === "closed", WAIT_MS);
  const report = await eventually(
    "it says so",
    () => house.phone(resident).find(({ title }) => title?.startsWith("Done")),
    WAIT_MS,
  );
  expect(report.message).toMatch(/^Closed Skylight\. Undo it with the button until \d\d:\d\d/);

  house.tapButton(resident, "Undo");
  await eventually(
    "the window opens again",
    () => ["opening", "open"].includes(house.state(WINDOW)?.state ?? ""),
    WAIT_MS,
  );
  const after = await eventually(
    "it is undone",
    async () => (await proposals(homeiq)).find(({ status }) => status === "undone"),
    WAIT_MS,
  );
  expect(after).toMatchObject({ answeredBy: resident, actions: [{ undo: "undone" }] });
  const events = (await log(homeiq, `&proposal=${after.id}`)).map(({ event }) => event);
  expect(events).toEqual(
    expect.arrayContaining(["proposal", "decision", "message", "answer", "action", "undo"]),
  );
});

test("quiet hours hold a message back, and the log says so; smoke passes", async () => {
  await using homeiq = await start();
  await set(homeiq, { messages: true, quietHours: quietNow() });
  const found = await rain(homeiq);
  await eventually("it is held", async () =>
    (await log(homeiq, `&proposal=${found.id}`)).some(({ rule }) => rule === "quiet_hours"),
  );
  expect(house.phone(resident)).toEqual([]);

  house.addEntity({
    ...{ entityId: "binary_sensor.smoke_in_the_hall", state: "off" },
    attributes: { device_class: "smoke", friendly_name: "Smoke in the hall" },
  });
  house.setState("binary_sensor.smoke_in_the_hall", "on");
  await eventually(
    "the smoke is told",
    () => house.phone(resident).find(({ title }) => title === "Smoke: Smoke in the hall"),
    WAIT_MS,
  );
  expect(house.phone(resident)).toHaveLength(1);

  await set(homeiq, { noQuiet: true });
  await message();
});

test("after a restart nothing is told a second time, and the log is still there", async () => {
  const first = await start();
  await set(first, { messages: true, noQuiet: true });
  await message();
  const [before] = [await log(first)];
  await first.stop();

  house.tapButton(resident, "Not now");
  expect(house.phone(resident)).toEqual([]);
  await using second = await start(first.folder);
  await eventually("it is connected", async () =>
    (await second.get<AgentStatus>("/api/v1/agent")).recipients.length > 0 ? true : undefined,
  );
  house.setState("binary_sensor.something_else", "on", { device_class: "door" });
  await new Promise((done) => setTimeout(done, 7_000));
  expect(house.phone(resident).filter(({ title }) => /Rain|rain/.test(title ?? ""))).toEqual([]);
  const kept = (await log(second)).map(({ id }) => id);
  expect(kept).toEqual(expect.arrayContaining(before?.map(({ id }) => id) ?? []));
});

test("where the household lets it, it acts by itself and tells; what somebody changed since stays", async () => {
  await using homeiq = await start();
  await set(homeiq, {
    ...{ messages: true, noQuiet: true as const },
    levels: { domains: [{ domain: "cover", level: "notify_after" }], areas: [] },
  });
  const told = await eventually(
    "it says what it did",
    () => house.phone(resident).find(({ title }) => title?.startsWith("Done")),
    WAIT_MS,
  );
  expect(told.actions.map(({ title }) => title)).toEqual(["Undo"]);
  const [done] = (await proposals(homeiq)).filter(({ status }) => status === "done");
  const [action] = done?.actions ?? [];
  expect(done?.decision).toMatchObject({ outcome: "do_with_undo", rule: "level" });
  expect(action).toMatchObject({ outcome: "done", undo: "possible" });

  await eventually("it has closed", () => house.state(WINDOW)?.state === "closed", 60_000);
  house.setState(WINDOW, "open");
  await eventually("HomeIQ knows", async () => {
    const answer = await send(homeiq, "POST", `/actions/${action?.id}/undo`);
    const { error } = (await answer.json()) as { error?: { code: string } };
    return error?.code === "agent.changed_since" || undefined;
  });
  expect((await log(homeiq, "&event=undo"))[0]).toMatchObject({ outcome: "refused" });
}, 120_000);

test("an answer in the app counts as well: never is never, until it is lifted", async () => {
  await using homeiq = await start();
  const { id } = await rain(homeiq);
  const answered = await send(homeiq, "POST", `/proposals/${id}/answer`, { answer: "never" });
  expect(await answered.json()).toMatchObject({ status: "never" });
  const again = await send(homeiq, "POST", `/proposals/${id}/answer`, { answer: "do" });
  expect(again.status).toBe(409);
  expect(house.state(WINDOW)?.state).toBe("open");
  const { silenced, outcomes } = await homeiq.get<AgentStatus>("/api/v1/agent");
  expect(silenced).toMatchObject([{ kind: "rain_windows_open" }]);
  expect(outcomes).toMatchObject({ declined: 1, acceptanceRate: 0 });
  const lifted = await send(homeiq, "DELETE", `/silences/${silenced[0]?.id}`);
  expect(lifted.status).toBe(200);
});

test("a briefing is said from what is known, also by hand, and not twice within its cooldown", async () => {
  await using homeiq = await start();
  await rain(homeiq);
  const { tasks } = await homeiq.get<{ tasks: AgentTask[] }>("/api/v1/agent/tasks");
  expect(tasks.map(({ template }) => template).sort()).toEqual([
    "device_check",
    "morning_briefing",
    "night_check",
    "weekly_energy",
  ]);
  expect(tasks.every(({ enabled }) => !enabled)).toBe(true);
  const added = await send(homeiq, "POST", "/tasks", {
    ...{ name: "Windows", template: "custom", sections: ["open_now", "noticed"] },
    ...{ cron: "0 8 * * 1-5", cooldownMinutes: 30, enabled: true, onlyIfSomething: false },
  });
  expect(added.status).toBe(201);
  const task = (await added.json()) as AgentTask;
  expect(task.nextRunAt).toBeGreaterThan(Date.now());
  const run = (await (await send(homeiq, "POST", `/tasks/${task.id}/run`)).json()) as TaskRun;
  expect(run.outcome).toBe("shown");
  expect(run.text).toMatch(/^Open: .*Skylight/);
  expect(run.text).toMatch(/Noticed: /);
  const twice = await send(homeiq, "POST", `/tasks/${task.id}/run`);
  expect(twice.status).toBe(409);
  const often = await send(homeiq, "POST", "/tasks", {
    ...{ name: "Often", template: "night_check", cron: "* * * * *" },
    ...{ cooldownMinutes: 0, enabled: true, onlyIfSomething: false },
  });
  expect(await often.json()).toMatchObject({ error: { code: "agent.too_often" } });
  const gone = await send(homeiq, "DELETE", `/tasks/${task.id}`);
  expect(gone.status).toBe(200);
});
