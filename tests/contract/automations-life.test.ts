import { afterAll, beforeAll, expect, test } from "vitest";
import type { AutomationDetail } from "#src/ai/automations/automations.ts";
import {
  CEILING_LIGHT,
  NIGHT_LIGHT,
  openWorkshop,
  type Workshop,
} from "#support/automations/workshop.ts";
import { eventually } from "#support/eventually.ts";

const DAY_MS = 86_400_000;
const SWITCH = "input_boolean.life_test";
const SLOW = "automation.slow";
const QUICK = "automation.quick";
const CLOSED = "automation.closed";
const OPEN = "automation.open";
const FORGOTTEN = "automation.forgotten";
const LATELY = "automation.lately";
const LONG_AGO = "automation.long_ago";

let workshop: Workshop;
beforeAll(async () => {
  workshop = await openWorkshop();
  workshop.house.addEntity({ entityId: SWITCH, state: "off" });
  await deploy({ alias: "Slow", actions: [...LIGHT_ON, { delay: 30 }] });
  await deploy({ alias: "Quick", actions: LIGHT_ON });
  await deploy({ alias: "Closed", conditions: [is("on")], actions: LIGHT_ON });
  await deploy({ alias: "Open", conditions: [is("off")], actions: LIGHT_ON });
  await deploy({ alias: "Forgotten" });
  await deploy({ alias: "Lately" });
  await deploy({ alias: "Long ago" });
});
afterAll(() => workshop[Symbol.asyncDispose]());

const LIGHT_ON = NIGHT_LIGHT.actions;
const is = (state: string) => ({ condition: "state", entity_id: SWITCH, state });
const deploy = async (config: object) => {
  const draft = await workshop.draft({ ...NIGHT_LIGHT, ...config });
  expect((await workshop.approve(draft)).status).toBe(200);
};
const keepTraces = () =>
  workshop.homeiq().ask("/api/v1/jobs/automations.look/run", { method: "POST" });

interface Findings {
  readonly findings: { code: string; about: string[]; facts?: Record<string, unknown> }[];
}
const foundBy = async (code: string) => {
  const { findings } = await workshop.get<Findings>("/findings");
  return findings
    .filter((one) => one.code === code)
    .map(({ about, facts }) => ({ entityId: about[0], facts }));
};

/** As its trigger would, in the real time of the house, with its conditions. */
const fire = (entityId: string, skipCondition = false) =>
  workshop.house.simulation.system.automations.trigger(entityId, { skipCondition });
const tellCreated = async (entityId: string, daysAgo: number) => {
  const { registry } = workshop.house.simulation.core;
  const entry = registry.entities.get(entityId);
  if (!entry) throw new Error(`there is no ${entityId}`);
  entry.created_at = (Date.now() - daysAgo * DAY_MS) / 1_000;
  registry.announce("entity", { action: "update", entity_id: entityId, changes: {} });
};

test("what the life of automations says is found: Home Assistant, its traces, history and versions together", async () => {
  for (let n = 0; n < 12; n += 1) {
    workshop.house.pressPhysical(CEILING_LIGHT, "off");
    fire(SLOW);
    fire(QUICK);
    fire(CLOSED);
    fire(OPEN);
    if (n % 3 === 2) await keepTraces(); // Home Assistant keeps five
  }
  await tellCreated(FORGOTTEN, 80);
  await tellCreated(LATELY, 10);
  workshop.house.setState(LONG_AGO, "on", {
    last_triggered: new Date(Date.now() - 70 * DAY_MS).toISOString(),
  });
  workshop.house.simulation.system.automations.reload(); // something was loaded: it is looked at again
  await workshop.restartHomeIq();

  const neverFired = await eventually("the old one is found", async () => {
    const found = await foundBy("lint.never_fired");
    return found.length > 1 ? found : undefined;
  });
  expect(neverFired).toEqual(
    expect.arrayContaining([
      { entityId: FORGOTTEN, facts: { days: 80 } },
      { entityId: LONG_AGO, facts: { days: 70 } },
    ]),
  );
  expect(neverFired.map(({ entityId }) => entityId)).not.toContain(LATELY);

  const cutOff = await foundBy("lint.cut_off_by_mode");
  expect(cutOff).toMatchObject([{ entityId: SLOW, facts: { cutOff: 11, runs: 1 } }]);

  const closed = await foundBy("lint.conditions_never_pass");
  expect(closed).toMatchObject([{ entityId: CLOSED, facts: { conditionsFailed: 12 } }]);
});

test("what people changed back is told of an automation that is not on probation", async () => {
  const { house } = workshop;
  const entityId = "automation.old_hand";
  const target = { entity_id: SWITCH }; // of no interest to those who live there
  house.simulation.system.automations.file.set("old_hand", {
    ...NIGHT_LIGHT,
    ...{ alias: "Old hand", actions: [{ action: "input_boolean.turn_on", target }] },
  });
  house.simulation.system.automations.reload();
  for (let n = 0; n < 4; n += 1) {
    house.pressPhysical(SWITCH, "off");
    house.runAutomation(entityId);
    if (n < 3) house.pressPhysical(SWITCH, "off");
  }
  await eventually("all of it is recorded", async () => {
    const changes = await workshop.homeiq().events(`entity=${SWITCH}&cause=automation`);
    return changes.filter(({ cause }) => cause.by === entityId).length === 4 || undefined;
  });
  await workshop.restartHomeIq(); // the last 30 days are read once an hour
  const detail = await eventually("it is there", () =>
    workshop.get<AutomationDetail>(`/${entityId}`).catch(() => undefined),
  );
  expect(detail.probation).toBeUndefined();
  expect(detail.undone).toMatchObject({
    times: 3,
    runs: 4,
    mostly: { from: expect.stringMatching(/^\d\d:(00|15|30|45)$/) },
  });
  const untouched = await workshop.get<AutomationDetail>(`/${LATELY}`);
  expect(untouched.undone).toBeUndefined();
});
