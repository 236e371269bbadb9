import { afterEach, beforeEach, expect, test } from "vitest";
import type { AuditEntry, Deployed, Draft } from "#src/ai/automations/automations.ts";
import { eventually } from "#support/eventually.ts";
import {
  type FakeHomeAssistant,
  startFakeHomeAssistant,
} from "#support/fake-home-assistant/fake-home-assistant.ts";
import { type HomeIq, startHomeIq } from "#support/home-iq.ts";

const LIGHT = "light.kitchen_ceiling_light";
const NIGHT_LIGHT = {
  alias: "Night light",
  description: "",
  triggers: [{ trigger: "time", at: "22:00:00" }],
  conditions: [],
  actions: [{ action: "light.turn_on", target: { entity_id: LIGHT } }],
  mode: "single",
};

let house: FakeHomeAssistant;
let homeiq: HomeIq;

beforeEach(async () => {
  house = await startFakeHomeAssistant({ preset: "studio", seed: 3 });
  homeiq = await startHomeIq({ url: house.url });
  await isConnected();
});

afterEach(async () => {
  await homeiq[Symbol.asyncDispose]();
  await house.stop();
});

const isConnected = () =>
  eventually("connected", async () => {
    const { status } = await homeiq.get<{ status: string }>("/api/v1/connection");
    return status === "connected" || undefined;
  });
const send = async <T>(path: string, body: object = {}, method = "POST") => {
  const answer = await homeiq.ask(`/api/v1/automations${path}`, {
    method,
    headers: { "content-type": "application/json" },
    ...(method === "DELETE" ? {} : { body: JSON.stringify(body) }),
  });
  return { status: answer.status, body: (await answer.json()) as T };
};
const draftOf = async (config: object, more: object = {}) =>
  (await send<Draft>("/drafts", { source: JSON.stringify(config), ...more })).body;
const approve = (draft: Draft) =>
  send<Deployed>(`/drafts/${draft.id}/approve`, { hash: draft.hash });
const audit = async () =>
  (await homeiq.get<{ entries: AuditEntry[] }>("/api/v1/automations/audit")).entries;
const inFile = (alias: string) =>
  [...house.simulation.system.automations.file.values()].filter((one) => one.alias === alias);

test("an approved draft stands in Home Assistant as it was shown, with HomeIQ's category and label", async () => {
  const draft = await draftOf(NIGHT_LIGHT, { reason: "It is dark at night" });
  expect(draft).toMatchObject({ status: "draft", valid: true, alias: "Night light" });
  const { status, body } = await approve(draft);
  expect(status).toBe(200);
  expect(body).toMatchObject({ state: "done", entityId: "automation.night_light", version: 1 });
  expect(inFile("Night light")).toEqual([{ ...NIGHT_LIGHT, id: draft.automationId }]);
  const entry = house.simulation.core.registry.entities.get("automation.night_light");
  expect(entry?.labels).toEqual(["homeiq"]);
  expect(Object.keys(entry?.categories ?? {})).toEqual(["automation"]);
  expect((await audit())[0]).toMatchObject({ action: "create", outcome: "done" });
});
