import type { z } from "zod";
import { AppError } from "#foundation/errors.ts";
import { askServer, type Reply, readJson, readShape } from "#foundation/http.ts";
import { MINUTE_MS } from "#foundation/time.ts";
import { toCarbonSlots, toGramsPerKwh } from "../carbon/carbon.ts";
import type { CarbonFacts, Place, Provider } from "../provider.ts";
import { hideKeys, toVendorText } from "../vendor-text.ts";
import { Login, Refusal, Region, Signal, type SignalV2, type SignalV3 } from "./watttime.schema.ts";

const DEFAULT_REGION = "CAISO_NORTH";
const SIGNAL = "co2_moer";
const POUNDS = /^lbs?[_ ]?(co2)?[_ ]?(\/|_per_)[_ ]?mwh$/i;
const FREE_REGION = /\b[A-Z]{2,}(?:_[A-Z0-9]+)+\b/;

/**
 * Marginal carbon intensity in North America and where else WattTime covers: how the next kWh is made.
 *
 * Any account may ask how now compares with the last weeks (`percent`); grams and the forecast come with the region
 * that is free or with a plan. Source: https://docs.watttime.org. Version 3; version 2 ended, but is still read.
 */
export function createWattTime({
  username,
  password,
  region,
  place,
  baseUrl = "https://api.watttime.org/",
  onSecret = () => {},
}: {
  username: string;
  password: string;
  /** `PJM_NJ`; that of `place` when absent. */
  region?: string;
  place?: Place;
  baseUrl?: string;
  /** Is told whatever must be in no log, before it is sent. */
  onSecret?: (secret: string) => void;
}): Provider<CarbonFacts> {
  let token: string | undefined;
  let found = region;

  async function login(signal: AbortSignal): Promise<string> {
    const basic = Buffer.from(`${username}:${password}`).toString("base64");
    onSecret(basic);
    const headers = { authorization: `Basic ${basic}` };
    const reply = await askServer(new URL("login", baseUrl), { signal, headers });
    const given = readJson(reply, Login).token;
    onSecret(given);
    return given;
  }

  /** A token is good for half an hour; when it is refused one new one is tried. */
  async function ask(path: string, query: Readonly<Record<string, string>>, signal: AbortSignal) {
    const url = new URL(path, baseUrl);
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
    let isNew = false;
    for (;;) {
      if (token === undefined) {
        token = await login(signal);
        isNew = true;
      }
      const headers = { authorization: `Bearer ${token}` };
      const reply = hideKeys(await askServer(url, { signal, headers }), [token]);
      if (reply.status !== 401 || isNew) return reply;
      token = undefined;
    }
  }

  async function findRegion(signal: AbortSignal): Promise<string> {
    if (!place) return DEFAULT_REGION;
    const { latitude, longitude } = place;
    const query = { latitude: `${latitude}`, longitude: `${longitude}`, signal_type: SIGNAL };
    return readWattTimeRegion(await ask("v3/region-from-loc", query, signal));
  }

  return {
    name: "watttime",
    topic: "carbon",
    maxAgeMs: 15 * MINUTE_MS,

    async fetch(signal) {
      if (username === "" || password === "") {
        throw new AppError(
          "unconfigured",
          "watttime.account",
          "No account of WattTime was entered",
        );
      }
      found ??= await findRegion(signal);
      const query = { region: found, signal_type: SIGNAL };
      const index = await ask("v3/signal-index", query, signal);
      const forecast = await ask("v3/forecast", query, signal);
      return join(index, forecast);
    },
  };
}

/** Either of the two may be outside of the plan; when both are, the reason for the first is thrown. */
function join(index: Reply, forecast: Reply): CarbonFacts {
  if (isOutsidePlan(index)) return readWattTime(isOutsidePlan(forecast) ? index : forecast);
  const now = readWattTime(index);
  if (isOutsidePlan(forecast)) return now;
  const { gramsPerKwh, slots } = readWattTime(forecast);
  return { ...now, ...(gramsPerKwh === undefined ? {} : { gramsPerKwh }), slots };
}

const INVALID_SCOPE = /invalid scope|do not have sufficient access/i;
const NO_COVERAGE = /no coverage available|coordinates not found/i;

function isOutsidePlan({ text }: Reply): boolean {
  return INVALID_SCOPE.test(text);
}

/** The signal of either version: pounds per MWh, or how it compares in percent. */
export function readWattTime(reply: Reply): CarbonFacts {
  refuseExplained(reply);
  const answer = readJson(reply, Signal);
  return "ba" in answer ? fromV2(answer) : fromV3(answer);
}

function fromV2({ ba, point_time: at, percent, moer }: z.output<typeof SignalV2>): CarbonFacts {
  const isPercent = typeof percent === "number";
  if (typeof moer !== "number" && !isPercent) throw nothing();
  return {
    at,
    region: ba,
    ...(typeof moer === "number" ? { gramsPerKwh: toGramsPerKwh(moer) } : {}),
    ...(isPercent ? { percent } : {}),
    slots: [],
  };
}

function fromV3({ data, meta }: z.output<typeof SignalV3>): CarbonFacts {
  const points = data.flatMap(({ point_time: at, value }) =>
    value === null ? [] : [{ at, value }],
  );
  const first = points.toSorted((one, other) => one.at - other.at)[0];
  if (!first) throw nothing();
  const region = meta.region;
  if (meta.units === "percentile") {
    return { at: first.at, region, percent: first.value, slots: [] };
  }
  if (!POUNDS.test(meta.units)) {
    throw new AppError("internal", "watttime.unit", `The value has an unknown unit: ${meta.units}`);
  }
  const stepMs = (meta.data_point_period_seconds ?? 300) * 1000;
  const slots = points.map(({ at, value }) => ({
    start: at,
    end: at + stepMs,
    gramsPerKwh: toGramsPerKwh(value),
  }));
  return {
    at: first.at,
    region,
    gramsPerKwh: toGramsPerKwh(first.value),
    slots: toCarbonSlots(slots),
  };
}

function nothing(): AppError {
  return new AppError("unavailable", "carbon.none", "There is no carbon intensity in the answer");
}

/** The region of a position, of either version. */
export function readWattTimeRegion(reply: Reply): string {
  refuseExplained(reply);
  const answer = readJson(reply, Region);
  return "region" in answer ? answer.region : answer.abbrev;
}

/** WattTime says why in the body, whatever the status is. */
function refuseExplained({ status, text }: Reply): void {
  const refusal = toRefusal(text);
  if (!refusal || status === 429 || status >= 500) return;
  const said = toVendorText(`${refusal.error} ${refusal.message ?? ""}`);
  if (NO_COVERAGE.test(said)) {
    throw new AppError(
      "unconfigured",
      "watttime.no_coverage",
      "WattTime does not cover this place",
    );
  }
  if (INVALID_SCOPE.test(said)) {
    const freeRegion = FREE_REGION.exec(said)?.[0];
    const free = freeRegion ? `; the region that is free is ${freeRegion}` : "";
    throw new AppError("unconfigured", "watttime.scope", `The plan lacks this region${free}`, {
      facts: freeRegion ? { freeRegion } : {},
    });
  }
  if (status < 300) {
    throw new AppError("internal", "watttime.failed", `WattTime answered: ${said}`);
  }
}

function toRefusal(text: string) {
  try {
    return readShape(JSON.parse(text), Refusal);
  } catch {
    return undefined; // not an explanation: the reader of the expected shape says what it is
  }
}
