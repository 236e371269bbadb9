import { afterEach, beforeEach, expect, test } from "vitest";
import type { Draft } from "#src/ai/automations/automations.ts";
import { NIGHT_LIGHT, openWorkshop, type Workshop } from "#support/automations/workshop.ts";
import { eventually } from "#support/eventually.ts";

const PEOPLE = 20;
const CHANGES_PER_SECOND = 500;

let workshop: Workshop;
beforeEach(async () => {
  workshop = await openWorkshop();
});
afterEach(() => workshop[Symbol.asyncDispose]());

const isRecording = () =>
  eventually("history is written", async () => {
    const { ingest } = await workshop
      .homeiq()
      .get<{ ingest: { stored: number } }>("/api/v1/real-time-metrics");
    return ingest.stored > CHANGES_PER_SECOND || undefined;
  });

const outcomesOf = async (action: string) =>
  (await workshop.audit()).filter((one) => one.action === action).map(({ outcome }) => outcome);

test("twenty people who say yes to one draft while much is recorded get one automation, and each an entry", async () => {
  const blast = workshop.house.blast({ changesPerSecond: CHANGES_PER_SECOND, seconds: 4 });
  await isRecording();
  const draft = await workshop.draft(NIGHT_LIGHT);
  const answers = await Promise.all(Array.from({ length: PEOPLE }, () => workshop.approve(draft)));
  expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: PEOPLE }, () => 200));
  expect(answers.filter(({ body }) => !body.already)).toHaveLength(1);
  expect(workshop.inFile("Night light")).toHaveLength(1);
  const outcomes = await outcomesOf("create");
  expect(outcomes.filter((one) => one === "done")).toHaveLength(1);
  expect(outcomes.filter((one) => one === "already_done")).toHaveLength(PEOPLE - 1);
  await blast;
});

test("twenty drafts that are approved at once while much is recorded all stand, or say whose name they have", async () => {
  const blast = workshop.house.blast({ changesPerSecond: CHANGES_PER_SECOND, seconds: 8 });
  await isRecording();
  const drafts: Draft[] = [];
  for (let n = 0; n < PEOPLE; n += 1) {
    drafts.push(await workshop.draft({ ...NIGHT_LIGHT, alias: `Light ${n % (PEOPLE / 2)}` }));
  }
  const answers = await Promise.all(drafts.map((draft) => workshop.approve(draft)));
  const statuses = Map.groupBy(answers, ({ status }) => status);
  expect([...statuses].map(([status, all]) => [status, all.length]).sort()).toEqual([
    [200, PEOPLE / 2],
    [409, PEOPLE / 2],
  ]);
  for (let n = 0; n < PEOPLE / 2; n += 1) expect(workshop.inFile(`Light ${n}`)).toHaveLength(1);
  expect((await outcomesOf("create")).sort()).toEqual([
    ...Array.from({ length: PEOPLE / 2 }, () => "done"),
    ...Array.from({ length: PEOPLE / 2 }, () => "refused"),
  ]);
  await blast;
});
