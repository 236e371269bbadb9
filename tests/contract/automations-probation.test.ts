import { afterEach, beforeEach, expect, test } from "vitest";
import type { AutomationDetail } from "#src/ai/automations/automations.ts";
import {
  CEILING_LIGHT,
  NIGHT_LIGHT,
  openWorkshop,
  type Workshop,
} from "#support/automations/workshop.ts";
import { eventually } from "#support/eventually.ts";

const ENTITY = "automation.night_light";

let workshop: Workshop;
beforeEach(async () => {
  workshop = await openWorkshop();
});
afterEach(() => workshop[Symbol.asyncDispose]());

const health = () => workshop.get<AutomationDetail>(`/${ENTITY}`);
const judge = () =>
  workshop.homeiq().ask("/api/v1/jobs/automations.probation/run", { method: "POST" });
const deploy = async (config: object) => {
  expect((await workshop.approve(await workshop.draft(config))).status).toBe(200);
};
const runs = async (n: number) =>
  eventually(
    `${n} runs are counted`,
    async () => ((await health()).probation?.runs ?? 0) >= n || undefined,
  );

test("a new automation is watched for two weeks", async () => {
  await deploy(NIGHT_LIGHT);
  const { probation } = await health();
  expect(probation).toMatchObject({ state: "watching", runs: 0, overrides: 0, failures: 0 });
  expect((probation?.until ?? 0) - (probation?.startedAt ?? 0)).toBe(14 * 24 * 3_600_000);
});

test("an automation that people undo again and again is turned off, and it is told why", async () => {
  await deploy(NIGHT_LIGHT);
  for (let n = 1; n <= 3; n += 1) {
    workshop.house.pressPhysical(CEILING_LIGHT, "off");
    workshop.house.runAutomation(ENTITY);
    await runs(n);
    workshop.house.pressPhysical(CEILING_LIGHT, "off");
    await eventually(
      "it is seen as undone",
      async () => (await health()).probation?.overrides === n || undefined,
    );
  }
  await judge();
  expect(workshop.house.state(ENTITY)?.state).toBe("off");
  const { probation } = await health();
  expect(probation).toMatchObject({
    state: "demoted",
    note: expect.stringContaining("3 of 3 runs"),
  });
  expect((await workshop.audit())[0]).toMatchObject({ action: "demote", by: { name: "HomeIQ" } });
});

test("an automation that fails three times in a row is turned off, with the reason", async () => {
  await deploy({
    ...NIGHT_LIGHT,
    actions: [{ stop: "It is too bright", error: true }],
  });
  for (let n = 1; n <= 3; n += 1) {
    workshop.house.runAutomation(ENTITY);
    await runs(n);
  }
  await judge();
  expect((await health()).probation).toMatchObject({
    state: "demoted",
    note: expect.stringContaining("3 times in a row"),
  });
});

test("an automation that nobody minds stays on", async () => {
  await deploy(NIGHT_LIGHT);
  workshop.house.runAutomation(ENTITY);
  await runs(1);
  await judge();
  expect((await health()).probation).toMatchObject({ state: "watching", overrides: 0 });
  expect(workshop.house.state(ENTITY)?.state).toBe("on");
});

test("who turns a demoted automation on again gives it a second chance", async () => {
  await deploy({
    ...NIGHT_LIGHT,
    actions: [{ stop: "It is too bright", error: true }],
  });
  for (let n = 1; n <= 3; n += 1) {
    workshop.house.runAutomation(ENTITY);
    await runs(n);
  }
  await judge();
  await workshop.ask(`/${ENTITY}/enable`);
  expect((await health()).probation).toMatchObject({ state: "watching", runs: 0 });
});
