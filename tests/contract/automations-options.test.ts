import { afterAll, beforeAll, expect, test } from "vitest";
import type { AutomationDetail } from "#src/ai/automations/automations.ts";
import { NIGHT_LIGHT, openWorkshop, type Workshop } from "#support/automations/workshop.ts";

const DAY_MS = 86_400_000;
const ENTITY = "automation.night_light";

let workshop: Workshop;
beforeAll(async () => {
  const options = { probation_days: 3, never_fired_days: 20, back_test_days: 100 };
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

test("an automation is played back over as many days as the option says, and no more", async () => {
  const session = await workshop.homeiq().get<{ backTestDays: number }>("/api/v1/session");
  expect(session.backTestDays).toBe(100);
  const play = (span: object) =>
    workshop.ask<{ from: number; to: number }>("/back-test", { entityId: ENTITY, ...span });
  const { status, body } = await play({});
  expect(status).toBe(200);
  expect(body.to - body.from).toBe(100 * DAY_MS);
  expect((await play({ from: body.from - 1, to: body.to })).status).toBe(400);
});
