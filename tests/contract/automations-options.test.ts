import { afterAll, beforeAll, expect, test } from "vitest";
import type { AutomationDetail } from "#src/ai/automations/automations.ts";
import { NIGHT_LIGHT, openWorkshop, type Workshop } from "#support/automations/workshop.ts";

const DAY_MS = 86_400_000;
const ENTITY = "automation.night_light";

let workshop: Workshop;
beforeAll(async () => {
  const options = { probation_days: 3, never_fired_days: 20 };
  workshop = await openWorkshop(undefined, { options });
  expect((await workshop.approve(await workshop.draft(NIGHT_LIGHT))).status).toBe(200);
});
afterAll(() => workshop[Symbol.asyncDispose]());

test("a new automation is watched for as long as the option says", async () => {
  const { probation } = await workshop.get<AutomationDetail>(`/${ENTITY}`);
  expect((probation?.until ?? 0) - (probation?.startedAt ?? 0)).toBe(3 * DAY_MS);
});

test("an automation that has not run for as long as the option says is pointed out", async () => {
  const lastRun = (days: number) =>
    workshop.house.setState(ENTITY, "on", {
      last_triggered: new Date(Date.now() - days * DAY_MS).toISOString(),
    });
  const neverFired = async () => {
    await workshop.restartHomeIq(); // looks again
    const { findings } = await workshop.get<{ findings: { code: string; about: string[] }[] }>(
      "/findings",
    );
    return findings.filter(
      ({ code, about }) => code === "lint.never_fired" && about.includes(ENTITY),
    );
  };
  lastRun(19);
  expect(await neverFired()).toEqual([]);
  lastRun(21);
  expect(await neverFired()).toHaveLength(1);
});
