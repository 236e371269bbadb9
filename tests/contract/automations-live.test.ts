import { afterAll, beforeAll, expect, test } from "vitest";
import { WebSocket } from "ws";
import type { Deployed, Health } from "#src/ai/automations/automations.ts";
import type { LiveMessage } from "#src/api/api.ts";
import { NIGHT_LIGHT, openWorkshop, type Workshop } from "#support/automations/workshop.ts";
import { eventually } from "#support/eventually.ts";

let workshop: Workshop;
let socket: WebSocket;
let told: (readonly string[])[] = [];

beforeAll(async () => {
  workshop = await openWorkshop();
  socket = new WebSocket(`${workshop.homeiq().url.replace("http", "ws")}/api/v1/live`);
  socket.on("message", (data) => {
    const message = JSON.parse(String(data)) as LiveMessage;
    if (message.type === "automations") told.push(message.entityIds);
  });
  await new Promise((resolve) => socket.once("open", resolve));
});
afterAll(async () => {
  socket.close();
  await workshop[Symbol.asyncDispose]();
});

const isTold = (entityId: string) =>
  eventually("pages are told", () =>
    Promise.resolve(told.some((ids) => ids.length === 0 || ids.includes(entityId)) || undefined),
  );
const listed = async () => (await workshop.get<{ automations: Health[] }>("")).automations;

test("open pages are told what was deployed, what ran and what was removed", async () => {
  const { body } = await workshop.approve(await workshop.draft(NIGHT_LIGHT));
  const { entityId = "" } = body as Deployed;
  await isTold(entityId);
  await eventually("nothing more is told", async () => {
    const before = told.length;
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    return told.length === before || undefined;
  });

  told = [];
  expect((await workshop.ask(`/${entityId}/trigger`)).status).toBe(200);
  await eventually("the run is told by its name", () =>
    Promise.resolve(told.some((ids) => ids.includes(entityId)) || undefined),
  );

  told = [];
  expect((await workshop.ask(`/${entityId}`, {}, "DELETE")).status).toBe(200);
  await isTold(entityId);
});

test("what is wrong is in the list without anybody asking for the findings", async () => {
  const one = await eventually("all are inspected", async () => {
    const all = await listed();
    return all.length > 0 && all.every(({ inspected }) => inspected) ? all[0] : undefined;
  });
  expect(one.inspected?.cost).toMatch(/^(safety|comfort|none)$/);
});
