import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { AgentStatus, LogPage, ProposalView } from "#src/ai/agent/agent.ts";
import { eventually } from "#support/eventually.ts";
import type { RawClient } from "#support/fake-home-assistant/raw-client.ts";
import { type HomeIq, startHomeIq } from "#support/home-iq.ts";
import { type RealHomeAssistant, startRealHomeAssistant } from "./home-assistant.ts";
import { missing } from "./needed.ts";

/** What Home Assistant hands to the service that reaches phones. */
interface Push {
  readonly title?: string;
  readonly message: string;
  readonly data?: { readonly actions?: readonly { action: string; title: string }[] };
}

const WITHIN_MS = 60_000;

describe.skipIf(missing !== undefined)("the agent, in a real Home Assistant", () => {
  let house: RealHomeAssistant;
  let homeiq: HomeIq;
  let client: RawClient;
  let pushService: Server;
  const pushed: Push[] = [];

  beforeAll(async () => {
    pushService = createServer((request, response) => {
      const parts: Buffer[] = [];
      request.on("data", (part) => parts.push(part));
      request.on("end", () => {
        pushed.push(JSON.parse(Buffer.concat(parts).toString()));
        response.writeHead(201, { "Content-Type": "application/json" }).end("{}");
      });
    });
    await new Promise<void>((done) => pushService.listen(0, "127.0.0.1", done));
    house = await startRealHomeAssistant({ more: "mobile_app:\n" });
    client = await house.client();
    homeiq = await startHomeIq({ url: house.url, token: house.owner.token });
    await eventually(
      "it is connected",
      async () =>
        (await homeiq.get<AgentStatus>("/api/v1/agent")).recipients.length > 0 || undefined,
      WITHIN_MS,
    );
    const { quietHours: _, ...settings } = (await homeiq.get<AgentStatus>("/api/v1/agent"))
      .settings;
    await homeiq.ask("/api/v1/agent/settings", {
      method: "PUT",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ ...settings, messages: true, rulesOff: ["open_at_night"] }),
    });
  });

  afterAll(async () => {
    client?.[Symbol.dispose]();
    await homeiq?.stop();
    await house?.[Symbol.asyncDispose]();
    pushService?.close();
  });

  const leak = (name: string) =>
    house.rest(`/api/states/binary_sensor.${name}`, {
      state: "on",
      attributes: { device_class: "moisture", friendly_name: name },
    });
  const proposals = async () =>
    (await homeiq.get<{ proposals: ProposalView[] }>("/api/v1/agent/proposals")).proposals;

  test("without a phone, a leak is on Home Assistant's bell", async () => {
    await leak("cellar");
    const shown = await eventually(
      "the bell has it",
      async () => {
        const { result } = await client.ask("persistent_notification/get");
        return (result as { title: string; message: string }[]).find(
          ({ title }) => title === "Water: cellar",
        );
      },
      WITHIN_MS,
    );
    expect(shown.message).toMatch(/^cellar warns since \d\d:\d\d\.$/);
  });

  test("with Home Assistant's app it is on the phone, and the button comes back", async () => {
    const { port } = pushService.address() as AddressInfo;
    const registered = await house.rest("/api/mobile_app/registrations", {
      ...{ device_id: "test-phone", app_id: "test", app_name: "Test", app_version: "1" },
      ...{ device_name: "Owner's Phone", manufacturer: "Test", model: "Test" },
      ...{ os_name: "test", os_version: "1", supports_encryption: false },
      app_data: { push_token: "t", push_url: `http://127.0.0.1:${port}/push` },
    });
    expect(registered.status).toBe(201);
    await eventually(
      "the phone is known",
      async () => {
        const { recipients } = await homeiq.get<AgentStatus>("/api/v1/agent");
        return recipients.some(({ phones }) => phones > 0) || undefined;
      },
      WITHIN_MS,
    );

    await leak("bath");
    const told = await eventually(
      "the phone shows it",
      () => pushed.find(({ title }) => title === "Water: bath"),
      WITHIN_MS,
    );
    expect(told.data?.actions?.map(({ title }) => title)).toEqual(["Never"]);
    const never = told.data?.actions?.[0]?.action;
    await house.rest("/api/events/mobile_app_notification_action", { action: never });
    await eventually(
      "the answer is known",
      async () =>
        (await proposals()).some(
          ({ title, status }) => title === "Water: bath" && status === "never",
        ),
      WITHIN_MS,
    );
    const { entries } = await homeiq.get<LogPage>("/api/v1/agent/log?event=answer");
    expect(entries[0]).toMatchObject({ outcome: "never", kind: "safety_alarm" });
  });
});
