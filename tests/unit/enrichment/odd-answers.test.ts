import { expect, test } from "vitest";
import { z } from "zod";
import { readAirNow } from "#src/enrichment/airnow/airnow.ts";
import { readAwattar } from "#src/enrichment/awattar/awattar.ts";
import { readEasyEnergy } from "#src/enrichment/easy-energy/easy-energy.ts";
import {
  readElectricityMaps,
  readElectricityMapsPoints,
} from "#src/enrichment/electricity-maps/electricity-maps.ts";
import { readEnergyZero } from "#src/enrichment/energy-zero/energy-zero.ts";
import { readEntsoE } from "#src/enrichment/entso-e/read-entso-e.ts";
import { readGbCarbonIntensity } from "#src/enrichment/gb-carbon-intensity/gb-carbon-intensity.ts";
import { readNordPool } from "#src/enrichment/nord-pool/nord-pool.ts";
import { readOctopusAgile } from "#src/enrichment/octopus-agile/octopus-agile.ts";
import { readOpenMeteoAir } from "#src/enrichment/open-meteo-air/open-meteo-air.ts";
import { readPriceEntity } from "#src/enrichment/price-entity/price-entity.ts";
import { readTibber } from "#src/enrichment/tibber/tibber.ts";
import { readWattTime } from "#src/enrichment/watttime/watttime.ts";
import { AppError } from "#src/foundation/errors.ts";
import { parseJson, type Reply, readShape } from "#src/foundation/http.ts";
import { createChance, pick } from "./chance.ts";
import { replyOf } from "./replies.ts";

const at = Date.parse("2026-11-27T10:00Z");
const iso = ["2026-11-27T10:00:00Z", "2026-11-27T10:30:00Z", "2026-11-27T11:00:00Z"] as const;
const house = { timeZone: "Europe/Vienna", now: at, currency: "EUR" };

const CASES: readonly (readonly [string, (reply: Reply) => unknown, unknown])[] = [
  [
    "aWATTar",
    readAwattar,
    {
      data: [0, 1].map((hour) => ({
        start_timestamp: at + hour * 3_600_000,
        end_timestamp: at + (hour + 1) * 3_600_000,
        marketprice: 10.5,
        unit: "Eur/MWh",
      })),
    },
  ],
  [
    "easyEnergy",
    readEasyEnergy,
    [
      { Timestamp: iso[0], TariffUsage: 0.1 },
      { Timestamp: iso[2], TariffUsage: 0.2 },
    ],
  ],
  [
    "EnergyZero",
    readEnergyZero,
    {
      Prices: [
        { price: 0.1, readingDate: iso[0] },
        { price: 0.2, readingDate: iso[2] },
      ],
    },
  ],
  [
    "Nord Pool",
    readNordPool,
    {
      currency: "EUR",
      multiAreaEntries: [{ deliveryStart: iso[0], deliveryEnd: iso[1], entryPerArea: { AT: 3 } }],
    },
  ],
  [
    "Octopus",
    readOctopusAgile,
    {
      next: null,
      results: [{ value_inc_vat: 3, valid_from: iso[0], valid_to: iso[1], payment_method: null }],
    },
  ],
  [
    "Tibber",
    readTibber,
    {
      data: {
        viewer: {
          homes: [
            {
              id: "a",
              currentSubscription: {
                priceInfo: {
                  today: [{ total: 1, startsAt: iso[0], currency: "SEK" }],
                  tomorrow: [],
                },
              },
            },
          ],
        },
      },
    },
  ],
  [
    "WattTime",
    readWattTime,
    {
      data: [{ point_time: iso[0], value: 3 }],
      meta: { region: "A", units: "lbs_co2_per_mwh", data_point_period_seconds: 300 },
    },
  ],
  ["WattTime 2", readWattTime, { ba: "A", percent: "5", moer: "8.5", point_time: iso[0] }],
  ["Electricity Maps", readElectricityMaps, { zone: "AT", carbonIntensity: 5, datetime: iso[0] }],
  [
    "Electricity Maps' past",
    readElectricityMapsPoints,
    { history: [{ carbonIntensity: 5, datetime: iso[0] }] },
  ],
  [
    "Great Britain",
    readGbCarbonIntensity,
    {
      data: [
        {
          shortname: "x",
          data: [
            {
              from: iso[0],
              to: iso[1],
              intensity: { forecast: 3, actual: 4 },
              generationmix: [{ fuel: "gas", perc: 4 }],
            },
          ],
        },
      ],
    },
  ],
  [
    "AirNow",
    readAirNow,
    [
      {
        DateObserved: "2026-11-27",
        HourObserved: 3,
        LocalTimeZone: "EST",
        ParameterName: "O3",
        AQI: 4,
      },
    ],
  ],
  [
    "Open-Meteo",
    readOpenMeteoAir,
    {
      current: { time: at / 1000, pm10: 4, ozone: 5 },
      current_units: { pm10: "μg/m³", ozone: "μg/m³" },
      hourly: { time: [at / 1000], pm10: [4], ozone: [5] },
    },
  ],
  [
    "a price entity",
    ({ text }) =>
      readPriceEntity(
        {
          entityId: "sensor.x",
          state: "1",
          attributes: readShape(parseJson(text), z.record(z.string(), z.unknown())),
        },
        house,
      ),
    {
      unit_of_measurement: "EUR/kWh",
      raw_today: [
        { start: iso[0], end: iso[1], value: 1 },
        { start: iso[1], end: iso[2], value: 2 },
      ],
    },
  ],
];

const ODD: readonly unknown[] = [
  null,
  "",
  "x",
  0,
  -1,
  1e308,
  -1e308,
  3.5,
  true,
  [],
  {},
  "NaN",
  "2026-99-99",
  "2026-02-30T10:00:00Z",
  "+275760-09-13T00:00:00Z",
  9007199254740991,
  "EUR/MWh",
  { constructor: 1 },
];

/** The body with one of its values, anywhere, replaced, dropped or said twice. */
function spoil(body: unknown, chance: () => number): unknown {
  if (body === null || typeof body !== "object" || chance() < 0.15) return pick(chance, ODD);
  if (Array.isArray(body)) {
    if (body.length === 0 || chance() < 0.1) return [...body, ...body];
    const index = Math.floor(chance() * body.length);
    return body.map((one, position) => (position === index ? spoil(one, chance) : one));
  }
  const entries = Object.entries(body);
  const [key] = entries[Math.floor(chance() * entries.length)] ?? [""];
  if (chance() < 0.1) return Object.fromEntries(entries.filter(([name]) => name !== key));
  return { ...body, [key]: spoil((body as Record<string, unknown>)[key], chance) };
}

const LAST_DATE = 8.64e15; // what is more is no date, and nothing else either

/** Numbers that are none, anywhere in what was read. */
function hasNoNumber(value: unknown): boolean {
  if (typeof value === "number") return !(Math.abs(value) <= LAST_DATE);
  return typeof value === "object" && value !== null && Object.values(value).some(hasNoNumber);
}

function check(read: (reply: Reply) => unknown, reply: Reply): "read" | "refused" {
  let facts: unknown;
  try {
    facts = read(reply);
  } catch (thrown) {
    if (
      !(thrown instanceof AppError) ||
      !["unconfigured", "unavailable", "internal"].includes(thrown.kind)
    ) {
      throw new Error(`unclassified on ${reply.text}`, { cause: thrown });
    }
    return "refused";
  }
  if (hasNoNumber(facts)) throw new Error(`${JSON.stringify(facts)} was read from ${reply.text}`);
  return "read";
}

test.each(CASES)(
  "whatever %s answers is read or refused in a known way, and never half a number",
  (_, read, good) => {
    expect(check(read, replyOf(good))).toBe("read");
    const chance = createChance(11);
    const seen = new Set<string>();
    for (let round = 0; round < 600; round++) seen.add(check(read, replyOf(spoil(good, chance))));
    expect(seen).toContain("refused");
  },
);

test("whatever ENTSO-E answers is read or refused in a known way", () => {
  const good = `<?xml version="1.0"?><Publication_MarketDocument><TimeSeries><currency_Unit.name>EUR</currency_Unit.name><price_Measure_Unit.name>MWH</price_Measure_Unit.name><curveType>A03</curveType><Period><timeInterval><start>2026-11-27T10:00Z</start><end>2026-11-27T13:00Z</end></timeInterval><resolution>PT15M</resolution><Point><position>1</position><price.amount>5.1</price.amount></Point></Period></TimeSeries></Publication_MarketDocument>`;
  expect(check(readEntsoE, replyOf(good))).toBe("read");
  const chance = createChance(12);
  for (let round = 0; round < 1500; round++) {
    const from = Math.floor(chance() * good.length);
    const put = pick(chance, [
      "",
      "<",
      "&",
      "9",
      "-",
      "</Period>",
      "]]>",
      "<!--",
      "&#0;",
      "é",
      "99999",
    ]);
    check(
      readEntsoE,
      replyOf(good.slice(0, from) + put + good.slice(from + Math.floor(chance() * 4))),
    );
  }
  const endless = good.replace("2026-11-27T13:00Z", "9999-11-27T13:00Z");
  expect(check(readEntsoE, replyOf(endless))).toBe("refused");
});
