import { afterAll, beforeAll, expect, test } from "vitest";
import { type ApiDocument, readApiDocument } from "#support/api-document.ts";
import { eventually } from "#support/eventually.ts";
import {
  type FakeHomeAssistant,
  startFakeHomeAssistant,
} from "#support/fake-home-assistant/fake-home-assistant.ts";
import { type HomeIq, startHomeIq } from "#support/home-iq.ts";

let house: FakeHomeAssistant;
let homeiq: HomeIq;
let document: ApiDocument;

beforeAll(async () => {
  house = await startFakeHomeAssistant({ preset: "studio", seed: 5, live: false });
  homeiq = await startHomeIq({ url: house.url });
  document = readApiDocument(await homeiq.get("/api/openapi.json"));
  await eventually("the house is known", async () => {
    const { ready } = await homeiq.get<{ ready: boolean }>("/api/v1/house");
    return ready || undefined;
  });
});

afterAll(async () => {
  await homeiq[Symbol.asyncDispose]();
  await house.stop();
});

const named = () =>
  document.operations.map((one) => ({ ...one, name: `${one.method} ${one.path}` }));

test("every route of the API is described: what it does, what it answers, how it fails", () => {
  const bare = named().filter(({ summary, responses }) => {
    const success = Object.entries(responses).filter(([status]) => status < "300");
    const contents = success.flatMap(([, { content = {} }]) => Object.values(content));
    const isStream = "101" in responses;
    const saysNothing = contents.some(
      ({ schema }) => JSON.stringify(schema) === '{"type":"object"}',
    );
    const fails = responses.default?.content?.["application/json"]?.schema;
    return !summary || !fails || saysNothing || (contents.length === 0 && !isStream);
  });
  expect(bare.map(({ name }) => name)).toEqual([]);
});

test("every route of the document is there", async () => {
  const strangers = { "x-remote-user-id": "nobody", "content-type": "application/json" };
  const missing: string[] = [];
  for (const { name, method, path, responses } of named()) {
    if ("101" in responses) continue; // it answers WebSockets only: see below
    const answer = await homeiq.ask(`/api/v1${path.replaceAll(/\{\w+\}/g, "1")}`, {
      method: method.toUpperCase(), // of somebody who may change nothing
      headers: strangers,
    });
    const { error } = (await answer.json().catch(() => ({}))) as { error?: { code: string } };
    if (error?.code === "api.unknown") missing.push(name);
  }
  expect(missing).toEqual([]);
});

test("the live stream of the document is there", async () => {
  const live = named().find(({ responses }) => "101" in responses);
  const socket = new WebSocket(`${homeiq.url.replace("http", "ws")}/api/v1${live?.path}`);
  const first = await new Promise((resolve, reject) => {
    socket.onmessage = ({ data }) => resolve(JSON.parse(String(data)));
    socket.onerror = reject;
  });
  socket.close();
  expect(first).toMatchObject({ type: "hello" });
});

test("no two answers that differ share a name in the document", async () => {
  const { components } = await homeiq.get<{ components: { schemas: Record<string, unknown> } }>(
    "/api/openapi.json",
  );
  // What the library names by itself, it names the same in every route.
  expect(Object.keys(components.schemas).filter((name) => name.startsWith("__"))).toEqual([]);
});

const ASKED = [
  "/api/v1/house",
  "/api/v1/connection",
  "/api/v1/automations",
  "/api/v1/automations/findings",
  "/api/v1/entities",
  "/api/v1/real-time-metrics",
];

test.for(ASKED)(
  "an answer of %s with one field more, less or of another type is noticed",
  async (path) => {
    const asked = { method: "GET", path };
    const body = await homeiq.get<object>(path);
    const problemsOf = (changed: unknown) =>
      document.problemsOf(asked, { status: 200, body: changed });
    expect(problemsOf(body)).toEqual([]);
    const changes = [...changesOf(body)];
    expect(changes.length).toBeGreaterThan(3);
    expect(changes.filter(({ changed }) => problemsOf(changed).length === 0)).toEqual([]);
  },
);

/** The same body with one thing wrong, at its top and in the first item of each of its lists. */
function* changesOf(body: object): Generator<{ what: string; changed: unknown }> {
  yield { what: "an unknown field", changed: { ...body, colour: "red" } };
  const [[without], ...rest] = Object.entries(body) as [[string, unknown], ...[string, unknown][]];
  yield { what: `no ${without}`, changed: Object.fromEntries(rest) };
  for (const [key, value] of Object.entries(body)) {
    yield { what: `${key} is of another type`, changed: { ...body, [key]: Symbol.for(key) } };
    const [first, ...others] = Array.isArray(value) ? value : [];
    if (typeof first !== "object" || first === null) continue;
    for (const { what, changed } of changesOf(first)) {
      yield { what: `${key}.0: ${what}`, changed: { ...body, [key]: [changed, ...others] } };
    }
  }
}
