import { setImmediate as turn } from "node:timers/promises";
import { afterEach, expect, test } from "vitest";
import type { EventFilter, History } from "#src/ingest/history/history.ts";
import { eventually } from "#support/eventually.ts";
import { change, changes, FIRST_AT, STEP_MS } from "#support/export/changes.ts";
import { serveExports } from "#support/export/export-house.ts";

let house: Awaited<ReturnType<typeof serveExports>>;
const serve = async (history: Partial<History>) => {
  house = await serveExports(history);
  return house;
};
const ask = (path: string, init?: RequestInit) => fetch(`${house.url}/api/v1${path}`, init);
afterEach(() => house[Symbol.asyncDispose]());

test("a file of events is named after what is in it", async () => {
  await serve({ scan: () => changes(1) });
  const named = async (query: string) => {
    const answer = await ask(`/export?format=csv&what=events&${query}`);
    await answer.text();
    return answer.headers.get("content-disposition");
  };
  const from = "2026-10-31T23:00:00Z"; // the first of November in Berlin
  expect(await named(`from=${from}&to=2026-11-23T23:00:00Z`)).toBe(
    'attachment; filename="homeiq-events-2026-11-01-2026-11-23.csv"',
  );
  expect(await named(`from=${from}&to=2026-11-01T10:00:00Z&entity=light.flur`)).toBe(
    'attachment; filename="homeiq-events-light-flur-2026-11-01.csv"',
  );
  expect(await named("to=2026-11-01T10:00:00Z")).toBe(
    'attachment; filename="homeiq-events-until-2026-11-01.csv"',
  );
});

test("a spreadsheet reads the CSV with umlauts, quotes and local time, and runs no formula of it", async () => {
  await serve({ scan: () => changes(3) });
  const bytes = await (await ask("/export?format=csv&what=events")).bytes();
  const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
  const [head = "", ...rows] = text.split("\r\n");
  expect(head.startsWith("\ufefftime,entity_id,name,")).toBe(true);
  expect(rows).toHaveLength(4); // the last line ends as well
  expect(rows[0]).toContain(
    "2026-10-25T00:00:00.000+02:00,sensor.kueche_temperatur,Küche Temperatur,",
  );
  expect(rows[1]).toContain('"Licht ""Flur"", oben"');
  expect(rows[1]).toContain('"{""brightness"":1,""color_mode"":""hs""}"');
  expect(rows[2]).toContain(",'=HYPERLINK(door),");
});

test("a number below zero stays a number in the CSV", async () => {
  const frost = { ...change(0), oldState: "-3.5", newState: "-4", value: -4, unit: "-draft" };
  await serve({ scan: () => [[frost]].values() as never });
  expect(await (await ask("/export?format=csv&what=events")).text()).toContain(
    ",-3.5,-4,-4,'-draft,",
  );
});

test("the hour that comes twice in autumn is told apart", async () => {
  const twice = [
    { ...change(0), at: Date.UTC(2026, 9, 25, 0, 30) },
    { ...change(0), at: Date.UTC(2026, 9, 25, 1, 30) },
  ];
  await serve({ scan: () => [twice].values() as never });
  const text = await (await ask("/export?format=csv&what=events")).text();
  expect(text).toContain("2026-10-25T02:30:00.000+02:00");
  expect(text).toContain("2026-10-25T02:30:00.000+01:00");
});

test("NDJSON holds every event as the API answers it", async () => {
  await serve({ scan: () => changes(1_200) });
  const answer = await ask("/export?format=ndjson&what=events");
  expect(answer.headers.get("content-type")).toBe("application/x-ndjson");
  expect(answer.headers.get("cache-control")).toBe("no-store");
  expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
  const lines = (await answer.text()).trimEnd().split("\n");
  expect(lines.map((line) => JSON.parse(line))).toEqual(
    Array.from({ length: 1_200 }, (_, n) => change(n)),
  );
});

test("a link, a link with a packed query and a posted query ask for the same events", async () => {
  const asked: EventFilter[] = [];
  await serve({
    scan(query) {
      asked.push(query);
      return changes(1);
    },
  });
  const query = {
    entity: ["light.flur"],
    cause: ["automation"],
    from: FIRST_AT,
    to: FIRST_AT + STEP_MS,
    text: "union select (",
  };
  const packed = Buffer.from(JSON.stringify(query)).toString("base64url");
  const flat = `entity=light.flur&cause=automation&from=${query.from}&to=${query.to}`;
  const answers = [
    await ask(`/export?format=csv&what=events&${flat}&text=${encodeURIComponent(query.text)}`),
    await ask(`/export?format=csv&what=events&query=${packed}`),
    await ask("/export", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ format: "csv", what: "events", query }),
    }),
  ];
  expect(await Promise.all(answers.map((answer) => answer.text()))).toHaveLength(3);
  expect(asked).toEqual([query, query, query]);
});

test.for([
  ["format=docx&what=events", 400, "request.invalid"],
  ["format=csv&what=secrets", 400, "request.invalid"],
  ["format=csv&what=events&from=2000&to=1000", 400, "request.invalid"],
  ["format=csv&what=events&period=hour", 400, "request.invalid"],
  ["format=csv&what=statistics&cause=automation", 400, "request.invalid"],
  ["format=csv&what=events&query=%7B", 400, "request.invalid"],
  ["format=csv&what=events&query=eyJjb2xvdXIiOjF9", 400, "request.invalid"],
  ["format=csv&what=events&entity=light.nowhere", 404, "history.unknown_entity"],
] as const)("an export with %s is refused with %i and says why", async ([query, status, code]) => {
  await serve({});
  const answer = await ask(`/export?${query}`);
  expect(answer.status).toBe(status);
  expect(await answer.json()).toMatchObject({ error: { code } });
});

test("nothing goes on being read for somebody who went away", async () => {
  let blocks = 0;
  let ended = false;
  await serve({
    async *scan(_query, signal) {
      try {
        for await (const block of changes(1_000_000_000, { signal })) {
          blocks += 1;
          yield block;
        }
      } finally {
        ended = true;
      }
    },
  });
  const leaving = new AbortController();
  const answer = await ask("/export?format=csv&what=events", { signal: leaving.signal });
  await answer.body?.getReader().read();
  leaving.abort();
  await eventually("reading has ended", () => ended || undefined);
  const before = blocks;
  await turn();
  expect(blocks).toBe(before);
  await eventually("no export is open", () => house.exporter.open() === 0 || undefined);
});

test("somebody who reads slowly holds up the reading, not the memory", async () => {
  let blocks = 0;
  await serve({
    async *scan(_query, signal) {
      for await (const block of changes(1_000_000_000, { signal })) {
        blocks += 1;
        yield block;
      }
    },
  });
  const leaving = new AbortController();
  await ask("/export?format=csv&what=events", { signal: leaving.signal });
  let before = -1;
  await eventually("reading waits", async () => {
    const still = blocks === before;
    before = blocks;
    return still || undefined;
  });
  expect(blocks).toBeLessThan(60); // what fits into the buffers of two sockets
  leaving.abort();
});

test("a fault in the middle breaks the download instead of ending it as if it were whole", async () => {
  await serve({
    async *scan() {
      yield* changes(600);
      throw new Error("the disk is gone");
    },
  });
  const answer = await ask("/export?format=csv&what=events");
  expect(answer.status).toBe(200);
  await expect(answer.text()).rejects.toThrow();
  expect(house.exporter.open()).toBe(0);
});

test("a third export at once is asked to wait", async () => {
  await serve({ scan: (_query, signal) => changes(1_000_000_000, { signal }) });
  const leaving = new AbortController();
  const { signal } = leaving;
  await ask("/export?format=csv&what=events", { signal });
  await ask("/export?format=csv&what=events", { signal });
  const third = await ask("/export?format=csv&what=events");
  expect(third.status).toBe(503);
  expect(await third.json()).toMatchObject({ error: { code: "export.busy" } });
  leaving.abort();
  await eventually("both have ended", () => house.exporter.open() === 0 || undefined);
});

test("asking only for the head of a file reads nothing", async () => {
  await serve({});
  const answer = await ask("/export?format=csv&what=events", { method: "HEAD" });
  expect(answer.status).toBe(200);
  expect(answer.headers.get("content-disposition")).toContain("homeiq-events");
  expect(house.exporter.open()).toBe(0);
});
