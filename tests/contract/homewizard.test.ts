import { createServer } from "node:https";
import { inspect } from "node:util";
import { expect, test } from "vitest";
import type { TopicView } from "#src/enrichment/surroundings/surroundings.ts";
import { createLog } from "#src/foundation/log.ts";
import { makeCertificate } from "#support/certificate.ts";
import { eventually } from "#support/eventually.ts";
import { startFakeHomeAssistant } from "#support/fake-home-assistant/fake-home-assistant.ts";
import { startHomeIq } from "#support/home-iq.ts";

const TOKEN = "0123456789ABCDEF";

test("with a token the meter at a plain address is asked over TLS, and the token is in no answer and no log", async (context) => {
  const certificate = makeCertificate();
  if (!certificate) return context.skip("openssl is not here");
  let isRefusing = false;
  const device = createServer(certificate, (request, response) => {
    const { authorization, "x-api-version": version } = request.headers;
    const isKnown = authorization === `Bearer ${TOKEN}` && version === "2" && !isRefusing;
    response.statusCode = isKnown ? 200 : 401;
    const answer = isKnown ? { protocol_version: 50, power_w: 321 } : { error: authorization };
    response.end(JSON.stringify(answer));
  });
  await new Promise<void>((listening) => device.listen(0, "127.0.0.1", listening));
  const { port } = device.address() as { port: number };
  await using house = await startFakeHomeAssistant({ preset: "studio", seed: 14 });
  const lines: string[] = [];
  const log = createLog("trace");
  for (const level of ["trace", "debug", "info", "warn", "error", "fatal"] as const) {
    log[level] = (...said: unknown[]) => void lines.push(inspect(said, { depth: 8 }));
  }
  await using homeiq = await startHomeIq({
    ...{ url: house.url, log },
    options: {
      meter_provider: "homewizard",
      meter_address: `127.0.0.1:${port}`,
      homewizard_token: TOKEN,
    },
  });
  const meter = () => homeiq.get<TopicView>("/api/v1/surroundings/meter");
  const found = await eventually("the meter answers", async () => {
    const view = await meter();
    return view.state === "ok" ? view : undefined;
  });
  expect(found).toMatchObject({ provider: "homewizard", facts: { powerW: 321 } });
  isRefusing = true;
  const tested = await homeiq.ask("/api/v1/surroundings/homewizard/test", { method: "POST" });
  const said = await tested.text();
  expect(said).toContain('"unconfigured"');
  expect(said + lines.join()).not.toContain(TOKEN);
  device.close();
  device.closeAllConnections();
});
