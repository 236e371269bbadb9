import { expect, test } from "vitest";
import {
  createWattTime,
  readWattTime,
  readWattTimeRegion,
} from "#src/enrichment/watttime/watttime.ts";
import {
  expectRefusals,
  problemOf,
  problemOfAsync,
  realBody,
  replyOf,
  testReal,
} from "./replies.ts";
import { startVendor } from "./vendor-server.ts";

const { signal } = new AbortController();
const place = { latitude: 39.7, longitude: -105, timeZone: "America/Denver" };
const account = { username: "me", password: "secret-password" };
const signalOf = (units: string, values: readonly (number | null)[]) => ({
  data: values.map((value, index) => ({ point_time: `2026-11-27T10:${index}5:00+00:00`, value })),
  meta: { region: "PSCO", signal_type: "co2_moer", units, data_point_period_seconds: 300 },
});
const scope = {
  error: "Invalid query parameters",
  message:
    "Invalid scope. You do not have sufficient access to this resource. All users are allowed free access to CAISO_NORTH.",
};

test("pounds per MWh become grams, and percentiles stay what they are", () => {
  const facts = readWattTime(replyOf(signalOf("lbs_co2_per_mwh", [1000, null, 500])));
  expect(facts).toMatchObject({ gramsPerKwh: 453.59237, region: "PSCO" });
  expect(facts.slots.map(({ gramsPerKwh }) => gramsPerKwh)).toEqual([453.59237, 226.796185]);
  expect(readWattTime(replyOf(signalOf("percentile", [96])))).toEqual({
    at: Date.parse("2026-11-27T10:05Z"),
    region: "PSCO",
    percent: 96,
    slots: [],
  });
  expect(readWattTime(replyOf(signalOf("lbs/MWh", [0]))).gramsPerKwh).toBe(0);
});

test("numbers as text, as version 2 sent them, are numbers", () => {
  const answer = {
    freq: "300",
    ba: "CAISO_NORTH",
    percent: "53",
    moer: "850.743982",
    point_time: "2026-11-27T14:55:00.00Z",
  };
  expect(readWattTime(replyOf(answer))).toMatchObject({
    percent: 53,
    gramsPerKwh: 385.890979,
    region: "CAISO_NORTH",
    at: Date.parse("2026-11-27T14:55Z"),
  });
  expect(problemOf(() => readWattTime(replyOf({ ...answer, percent: null, moer: null })))).toBe(
    "unavailable carbon.none",
  );
  expect(problemOf(() => readWattTime(replyOf({ ...answer, percent: "" })))).toBe(
    "internal http.unexpected_shape",
  );
});

test("answers without values are said as what they are", () => {
  expectRefusals(readWattTime, signalOf("percentile", [1]));
  expectRefusals(readWattTimeRegion, { region: "PSCO" });
  const said = (body: unknown, status = 200) =>
    problemOf(() => readWattTime(replyOf(body, status)));
  expect(said(signalOf("percentile", []))).toBe("unavailable carbon.none");
  expect(said(signalOf("percentile", [null]))).toBe("unavailable carbon.none");
  expect(said(signalOf("tons", [1]))).toBe("internal watttime.unit");
  for (const status of [200, 400, 403])
    expect(said(scope, status)).toBe("unconfigured watttime.scope");
  expect(said({ error: "No coverage available for these coordinates and signal_type" }, 404)).toBe(
    "unconfigured watttime.no_coverage",
  );
  expect(said({ error: "Something else" })).toBe("internal watttime.failed");
  expect(said({ error: "rate limited" }, 429)).toBe("unavailable http.too_many");
});

test("who may not ask is told which region is free", async () => {
  const thrown = await problemOfAsync(async () => readWattTime(replyOf(scope, 403)));
  expect(thrown.message).toContain("CAISO_NORTH");
  expect(thrown.facts).toEqual({ freeRegion: "CAISO_NORTH" });
});

/** WattTime with tokens that can run out. */
async function startWattTime(answers: {
  index: unknown;
  forecast: unknown;
  isLoginGood?: boolean;
}) {
  let logins = 0;
  const good = new Set<string>();
  const vendor = await startVendor(({ path, headers }) => {
    if (path === "/login") {
      logins++;
      if (answers.isLoginGood === false) return { status: 403, body: "Forbidden" };
      good.add(`Bearer token-number-${logins}`);
      return { body: { token: `token-number-${logins}` } };
    }
    if (!good.has(headers.authorization ?? "")) return { status: 401, body: { error: "expired" } };
    if (path === "/v3/region-from-loc")
      return { body: { region: "PSCO", region_full_name: "Colorado" } };
    const body = path === "/v3/forecast" ? answers.forecast : answers.index;
    return { status: body === scope ? 403 : 200, body };
  });
  return { ...vendor, good, logins: () => logins };
}

test("the region comes from the position once, and a token that ran out is renewed by itself", async () => {
  const vendor = await startWattTime({ index: signalOf("percentile", [96]), forecast: scope });
  const provider = createWattTime({ ...account, place, baseUrl: vendor.baseUrl });
  expect(await provider.fetch(signal)).toMatchObject({ percent: 96, slots: [] });
  const basic = `Basic ${Buffer.from("me:secret-password").toString("base64")}`;
  expect(vendor.asked[0]?.headers.authorization).toBe(basic);
  vendor.good.clear();
  expect(await provider.fetch(signal)).toMatchObject({ percent: 96 });
  expect(vendor.logins()).toBe(2);
  expect(vendor.asked.filter(({ path }) => path === "/v3/region-from-loc")).toHaveLength(1);
});

test("with a plan the grams and the forecast come beside the percentile", async () => {
  const vendor = await startWattTime({
    index: signalOf("percentile", [10]),
    forecast: signalOf("lbs_co2_per_mwh", [1000, 500]),
  });
  const facts = await createWattTime({
    ...account,
    region: "PJM_NJ",
    baseUrl: vendor.baseUrl,
  }).fetch(signal);
  expect(facts).toMatchObject({ percent: 10, gramsPerKwh: 453.59237 });
  expect(facts.slots).toHaveLength(2);
  expect(vendor.asked.at(-1)?.query.get("region")).toBe("PJM_NJ");
});

test("without a position it is the free region; outside of the plan the user is told", async () => {
  const vendor = await startWattTime({ index: scope, forecast: scope });
  const thrown = await problemOfAsync(() =>
    createWattTime({ ...account, baseUrl: vendor.baseUrl }).fetch(signal),
  );
  expect([thrown.kind, thrown.code]).toEqual(["unconfigured", "watttime.scope"]);
  expect(vendor.asked.at(-1)?.query.get("region")).toBe("CAISO_NORTH");
});

test("a wrong password asks once and is in no message", async () => {
  const vendor = await startWattTime({ index: scope, forecast: scope, isLoginGood: false });
  const thrown = await problemOfAsync(() =>
    createWattTime({ ...account, baseUrl: vendor.baseUrl }).fetch(signal),
  );
  expect([thrown.kind, thrown.code, vendor.logins()]).toEqual(["unconfigured", "http.refused", 1]);
  expect(JSON.stringify([thrown.message, thrown.facts])).not.toContain("secret-password");
  const none = await problemOfAsync(() =>
    createWattTime({ username: "", password: "", baseUrl: vendor.baseUrl }).fetch(signal),
  );
  expect([none.code, vendor.logins()]).toEqual(["watttime.account", 1]);
});

testReal("real answers of both versions are read", () => {
  expect(readWattTime(realBody("watttime/v2/realtime_emissions_data.json"))).toMatchObject({
    percent: 53,
    gramsPerKwh: 385.890979,
  });
  expect(readWattTime(realBody("watttime/v3/realtime_emissions_response.json"))).toMatchObject({
    percent: 96,
    region: "PSCO",
  });
  expect(readWattTimeRegion(realBody("watttime/v2/grid_region_data.json"))).toBe("PJM_NJ");
  expect(readWattTimeRegion(realBody("watttime/v3/grid_region_response.json"))).toBe("PSCO");
  expect(
    problemOf(() => readWattTime(realBody("watttime/v3/invalid_scope_response.json", 403))),
  ).toBe("unconfigured watttime.scope");
  expect(
    problemOf(() =>
      readWattTimeRegion(realBody("watttime/v3/coordinates_not_found_response.json", 404)),
    ),
  ).toBe("unconfigured watttime.no_coverage");
});

test("what it logs in with, and what it gets for it, is told to be hidden before anything is asked with it", async () => {
  const hidden: string[] = [];
  const seen: string[] = [];
  const { baseUrl } = await startVendor(({ path, headers: { authorization = "" } }) => {
    const sent = authorization.replace(/^\w+ /, "");
    if (!hidden.includes(sent)) seen.push(sent);
    return {
      body: path === "/login" ? { token: "token-of-this-hour" } : signalOf("percentile", [96]),
    };
  });
  const provider = createWattTime({
    ...{ ...account, region: "PSCO", baseUrl },
    onSecret: (secret) => void hidden.push(secret),
  });
  await provider.fetch(signal);
  expect(hidden).toEqual([
    Buffer.from("me:secret-password").toString("base64"),
    "token-of-this-hour",
  ]);
  expect(seen).toEqual([]);
});
