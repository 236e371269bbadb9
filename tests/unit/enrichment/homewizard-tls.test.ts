import { createServer } from "node:https";
import { expect, test } from "vitest";
import { createHomewizard, isLocalHost } from "#src/enrichment/homewizard/homewizard.ts";
import { makeCertificate } from "#support/certificate.ts";
import { createFakeClock } from "#support/clock.ts";

test("a device that signs its own certificate is asked only when the user allowed it", async (context) => {
  const certificate = makeCertificate();
  if (!certificate) return context.skip("openssl is not here");
  let status = 200;
  const server = createServer(certificate, (request, response) => {
    response.statusCode = status;
    const isAsked =
      request.headers.authorization === "Bearer T" && request.url === "/api/measurement";
    response.end(JSON.stringify(isAsked ? { protocol_version: 50, power_w: 12 } : {}));
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const { port } = server.address() as { port: number };
  const ask = (acceptSelfSigned: boolean) =>
    createHomewizard({
      baseUrl: `https://127.0.0.1:${port}`,
      token: "T",
      acceptSelfSigned,
      place: { timeZone: "Europe/Amsterdam" },
      clock: createFakeClock(5),
    }).fetch(AbortSignal.timeout(3_000));

  expect(await ask(true)).toEqual({ at: 5, powerW: 12 });
  await expect(ask(false)).rejects.toMatchObject({
    kind: "unconfigured",
    code: "homewizard.certificate",
  });
  status = 401;
  await expect(ask(true)).rejects.toMatchObject({ kind: "unconfigured" });
  server.close();
  server.closeAllConnections();
  await expect(ask(true)).rejects.toMatchObject({ kind: "unavailable" });
});

test.each([
  ["192.168.1.20", true],
  ["10.4.0.1", true],
  ["172.31.255.1", true],
  ["172.32.0.1", false],
  ["169.254.3.4", true],
  ["127.0.0.1", true],
  ["8.8.8.8", false],
  ["[fe80::1]", true],
  ["[fd12:3456::1]", true],
  ["[2001:db8::1]", false],
  ["[::ffff:8.8.8.8]", false],
  ["p1meter-abcdef.local", true],
  ["P1METER.LOCAL", true],
  ["p1meter", true],
  ["meter.home.arpa", true],
  ["local.example.com", false],
  ["192.168.1.20.example.com", false],
  ["notlocal", true],
  ["evil-local.com", false],
  ["", false],
])("%s is in the household's own network: %s", (host, isLocal) => {
  expect(isLocalHost(host)).toBe(isLocal);
});
