import { createServer, type Socket } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { createDsmrP1 } from "#src/enrichment/dsmr-p1/dsmr-p1.ts";
import type { MeterFacts } from "#src/enrichment/provider.ts";
import { createFakeClock } from "#support/clock.ts";
import { eventually } from "#support/eventually.ts";
import { DUTCH, telegram } from "#support/telegrams.ts";

describe("a converter on the network", () => {
  const open: { close(): void }[] = [];
  afterEach(() => {
    for (const one of open.splice(0)) one.close();
  });

  async function listen(onSocket: (socket: Socket) => void) {
    const sockets = new Set<Socket>();
    const server = createServer((socket) => {
      sockets.add(socket);
      socket.on("error", () => {}); // the other side hangs up as it likes
      onSocket(socket);
    });
    await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
    open.push({
      close() {
        for (const socket of sockets) socket.destroy();
        server.close();
      },
    });
    return (server.address() as { port: number }).port;
  }

  const follow = (port: number) => {
    const clock = createFakeClock();
    const heard: MeterFacts[] = [];
    const provider = createDsmrP1({
      host: "127.0.0.1",
      port,
      place: { timeZone: "Europe/Amsterdam" },
      clock,
      random: () => 0.5,
      onFacts: (facts) => heard.push(facts),
    });
    open.push({ close: () => provider[Symbol.dispose]() });
    return { clock, heard, provider };
  };

  test("is heard at each telegram, and again after it was cut off", async () => {
    let connections = 0;
    const port = await listen((socket) => {
      connections += 1;
      socket.write(telegram(DUTCH).slice(0, 200));
      if (connections === 1) socket.end();
      else socket.write(telegram(DUTCH));
    });
    const { clock, heard, provider } = follow(port);
    await eventually("a telegram is heard", () => {
      clock.advance(500);
      return heard.length > 0;
    });
    expect(connections).toBe(2);
    expect(await provider.fetch(AbortSignal.timeout(100))).toEqual(heard[0]);
  });

  test("that says nothing, or nothing that can be read, gives no value", async () => {
    const silent = follow(await listen(() => {}));
    await expect(silent.provider.fetch(AbortSignal.timeout(50))).rejects.toMatchObject({
      kind: "unavailable",
    });
    const damaged = telegram(DUTCH).replace("01.193", "01.194");
    const broken = follow(await listen((socket) => socket.write(damaged)));
    await expect(broken.provider.fetch(AbortSignal.timeout(100))).rejects.toMatchObject({
      kind: "internal",
      code: "dsmr_p1.checksum",
    });
  });

  test("that is not there is unavailable", async () => {
    const port = await listen(() => {});
    for (const one of open.splice(0)) one.close();
    const { provider } = follow(port);
    await expect(provider.fetch(AbortSignal.timeout(100))).rejects.toMatchObject({
      kind: "unavailable",
      code: "meter.unreachable",
    });
  });
});
