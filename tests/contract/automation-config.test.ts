import { afterAll, beforeAll, expect, test } from "vitest";
import { systemClock } from "#src/foundation/clock.ts";
import { createLog } from "#src/foundation/log.ts";
import { createTopic } from "#src/foundation/topic.ts";
import {
  type AutomationConfig,
  createAutomationConfig,
} from "#src/home/automation-config/automation-config.ts";
import { directEndpoint, type Endpoint } from "#src/home/connection/connection.ts";
import { type OpenConfig, openAutomationConfig } from "#support/automation-config.ts";
import { NIGHT_LIGHT } from "#support/automations/workshop.ts";
import { eventually } from "#support/eventually.ts";
import {
  type FakeHomeAssistant,
  startFakeHomeAssistant,
} from "#support/fake-home-assistant/fake-home-assistant.ts";
import { type FakeSupervisor, startFakeSupervisor } from "#support/fake-supervisor.ts";

let house: FakeHomeAssistant;
let supervisor: FakeSupervisor;
const connections: OpenConfig[] = [];

beforeAll(async () => {
  house = await startFakeHomeAssistant({ preset: "studio", seed: 3 });
  supervisor = await startFakeSupervisor({ homeAssistant: house });
});
afterAll(async () => {
  for (const connection of connections) await connection[Symbol.asyncDispose]();
  await supervisor.close();
  await house.stop();
});

/** What an app gets, with the address of a test. */
const asApp = (): Endpoint => ({
  webSocketUrl: `${supervisor.url.replace("http", "ws")}/core/websocket`,
  displayUrl: `${supervisor.url}/core`,
  token: supervisor.token,
  viaSupervisor: true,
});

async function open(endpoint: Endpoint): Promise<AutomationConfig> {
  const opened = await openAutomationConfig(endpoint);
  connections.push(opened);
  return opened.config;
}

const KEY = { domain: "automation", id: "night" } as const;

test.each([
  ["directly", () => directEndpoint(house.url, house.token)],
  ["as an app, through the Supervisor", asApp],
])("an automation is written, loaded, read and removed %s", async (_how, endpoint) => {
  const config = await open(endpoint());
  expect(await config.read(KEY)).toBeUndefined();
  const since = config.reloads();
  await config.write(KEY, NIGHT_LIGHT);
  const standing = await config.loaded(KEY, { since, timeoutMs: 5_000 });
  expect(standing).toMatchObject({ entityId: "automation.night_light", id: "night", state: "on" });
  expect(await config.read(KEY)).toEqual({ ...NIGHT_LIGHT, id: "night" });
  expect(await config.remove(KEY)).toBe(true);
  expect(await config.remove(KEY)).toBe(false);
});

test("the reason of a refusal is Home Assistant's own", async () => {
  const config = await open(directEndpoint(house.url, house.token));
  const { actions: _actions, ...incomplete } = NIGHT_LIGHT;
  await expect(config.write(KEY, incomplete)).rejects.toMatchObject({
    kind: "invalid",
    code: "automation_config.refused",
    facts: { reason: "required key not provided @ data['actions']" },
  });
});

test("a token that is not an administrator's is told apart from a Home Assistant that is away", async () => {
  const config = createAutomationConfig({
    endpoint: directEndpoint(house.url, `${house.token}:ben`),
    registry: { entities: new Map() },
    clock: systemClock,
    states: new Map(),
    request: () => Promise.reject(new Error("not asked")),
    reloaded: createTopic({ name: "reloaded", log: createLog("silent") }),
    triggered: createTopic({ name: "triggered", log: createLog("silent") }),
  });
  await expect(config.read(KEY)).rejects.toMatchObject({ kind: "forbidden" });
  supervisor.setCoreDown(true);
  const away = createAutomationConfig({
    endpoint: asApp(),
    registry: { entities: new Map() },
    clock: systemClock,
    states: new Map(),
    request: () => Promise.reject(new Error("not asked")),
    reloaded: createTopic({ name: "reloaded", log: createLog("silent") }),
    triggered: createTopic({ name: "triggered", log: createLog("silent") }),
  });
  await expect(away.read(KEY)).rejects.toMatchObject({
    kind: "unavailable",
    code: "automation_config.away",
  });
  supervisor.setCoreDown(false);
});

test("an automation of a package can be read, and is known as one that cannot be edited", async () => {
  const config = await open(directEndpoint(house.url, house.token));
  const entityId = config.list("automation")[0]?.entityId ?? "";
  expect(await config.configOf(entityId)).toMatchObject({ editable: true });
  const { file } = house.simulation.system.automations;
  const [id = "", stored] = [...file][0] ?? [];
  file.delete(id); // loaded, but not from the file
  expect(await config.configOf(entityId)).toMatchObject({
    editable: false,
    config: { alias: expect.any(String) },
  });
  if (stored) file.set(id, stored);
  expect(await config.configOf("automation.nowhere")).toBeUndefined();
});

test("scripts and scenes are listed and read like automations", async () => {
  const config = await open(directEndpoint(house.url, house.token));
  const script = config.list("script")[0];
  expect(script).toMatchObject({ entityId: "script.good_night", id: "good_night" });
  expect(await config.configOf("script.good_night")).toMatchObject({
    editable: true,
    config: { sequence: expect.any(Array) },
  });
  expect(await config.configOf("scene.movie_night")).toMatchObject({
    editable: true,
    config: { entities: expect.any(Object) },
  });
});

test("Home Assistant judges parts, tests a condition, runs actions and tells its traces", async () => {
  const config = await open(directEndpoint(house.url, house.token));
  expect(
    await config.checks.validate({ triggers: [{ trigger: "time" }], actions: NIGHT_LIGHT.actions }),
  ).toMatchObject({
    triggers: { valid: false, error: expect.any(String) },
    actions: { valid: true },
  });
  const condition = { condition: "state", entity_id: "switch.coffee_machine", state: "nonsense" };
  expect(await config.checks.testCondition(condition)).toBe(false);
  await config.checks.runActions(NIGHT_LIGHT.actions, { timeoutMs: 5_000 });
  const [first] = config.list("automation");
  house.runAutomation(first?.entityId ?? "");
  const traces = await config.traces.list("automation", first?.id);
  const trace = traces.at(-1);
  expect(trace).toMatchObject({ domain: "automation", itemId: first?.id });
  const whole = await config.traces.get({
    domain: "automation",
    itemId: first?.id ?? "",
    runId: trace?.runId ?? "",
  });
  expect(whole.steps[0]).toMatchObject({ path: "trigger" });
  expect((await config.traces.contexts()).get(whole.contextId ?? "")).toMatchObject({
    runId: trace?.runId,
  });
});

test("a Home Assistant without purpose-specific triggers or blueprints has none, and that is no error", async () => {
  const config = await open(directEndpoint(house.url, house.token));
  await eventually(
    "it announced",
    () => config.platforms.triggers.has("light.turned_on") || undefined,
  );
  for (const prefix of ["trigger_platforms/", "condition_platforms/", "blueprint/"]) {
    house.unknownCommand(prefix);
  }
  const older = await open(directEndpoint(house.url, house.token));
  expect(older.platforms.triggers.size).toBe(0);
  expect(older.platforms.conditions.size).toBe(0);
  expect(await older.blueprints.list("automation")).toEqual([]);
  for (const prefix of ["trigger_platforms/", "condition_platforms/", "blueprint/"]) {
    house.unknownCommand(prefix, { unknown: false });
  }
});

test("a blueprint is found at its address, saved once, and filled in by Home Assistant", async () => {
  const { blueprints } = await open(directEndpoint(house.url, house.token));
  expect(await blueprints.list("automation")).toMatchObject([
    { path: "homeassistant/motion_light.yaml", metadata: { name: "Motion light" } },
  ]);
  const url = "https://github.com/somebody/blueprints/blob/main/motion.yaml";
  const { suggestedPath, yaml } = await blueprints.fetch(url);
  expect(suggestedPath).toBe("somebody/motion");
  const saved = { domain: "automation", path: suggestedPath, yaml, sourceUrl: url } as const;
  expect(await blueprints.save(saved)).toEqual({ replaced: false });
  await expect(blueprints.save(saved)).rejects.toMatchObject({ kind: "conflict" });
  expect(await blueprints.save({ ...saved, replace: true })).toEqual({ replaced: true });
  const use = { domain: "automation", path: "homeassistant/motion_light.yaml" } as const;
  const input = { motion: "binary_sensor.hall", light: "light.hall" };
  expect(await blueprints.substitute({ ...use, input })).toMatchObject({
    actions: [{}, { delay: 120 }],
  });
  await expect(blueprints.substitute({ ...use, input: {} })).rejects.toMatchObject({
    kind: "invalid",
    facts: { reason: "Missing input motion" },
  });
});
