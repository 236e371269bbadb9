import { expect, test } from "vitest";
import { readDsmrP1 } from "#src/enrichment/dsmr-p1/dsmr-p1.ts";
import { readEspn } from "#src/enrichment/espn/espn.ts";
import { readGlow } from "#src/enrichment/glow/glow.ts";
import { readHomeCalendar } from "#src/enrichment/home-calendar/home-calendar.ts";
import { readHomewizard } from "#src/enrichment/homewizard/homewizard.ts";
import { readMeterExport } from "#src/enrichment/meter-export/meter-export.ts";
import {
  readP1Monitor,
  readP1MonitorPhases,
  readP1MonitorSettings,
} from "#src/enrichment/p1-monitor/p1-monitor.ts";
import { AppError } from "#src/foundation/errors.ts";
import { realBodies, reply } from "#support/provider-bodies.ts";
import { DUTCH, telegram } from "#support/telegrams.ts";

const when = { timeZone: "Europe/Amsterdam", receivedAt: 0 };

const HOMEWIZARD = {
  wifi_strength: 90,
  active_tariff: 2,
  total_power_import_kwh: 100.5,
  total_power_import_t1_kwh: 60.25,
  active_power_w: -543,
  gas_timestamp: 260714130000,
  external: [{ type: "gas_meter", timestamp: 260714130000, value: 2, unit: "m3" }],
};
const MONITOR = [{ TIMESTAMP_UTC: 1_784_030_400, CONSUMPTION_W: 877, TARIFCODE: "P" }];
const STATUS = [{ LABEL: "Huidige KW verbruik L1 (21.7.0)", STATUS: "0.315" }];
const SETTINGS = [{ LABEL: "Gas", PARAMETER: "0.64" }];
const GLOW = {
  electricitymeter: {
    timestamp: "2026-07-14T12:00:00Z",
    energy: { import: { cumulative: 6613.405, units: "kWh" } },
    power: { value: 0.951, units: "kW" },
  },
};
const BOARD = {
  leagues: [{ slug: "nfl" }],
  events: [
    {
      id: "401",
      date: "2026-09-13T17:00Z",
      status: { type: { name: "STATUS_FINAL", state: "post" } },
      competitions: [
        {
          competitors: [
            { homeAway: "home", score: "1", team: { id: "1", displayName: "A" } },
            { homeAway: "away", score: "2", team: { id: "2", displayName: "B" } },
          ],
        },
      ],
    },
  ],
};
const CALENDAR = [{ start: { date: "2026-10-25" }, end: { date: "2026-10-26" }, summary: "x" }];
const EXPORT =
  "Datum;Zeit von;Zeit bis;Verbrauch\n24.10.2026;23:30;23:45;125\n24.10.2026;23:45;24:00;250\n";

type Read = (text: string) => unknown;
const READERS: Readonly<Record<string, readonly [read: Read, own: string, vendor?: string]>> = {
  "dsmr-p1": [(text) => readDsmrP1(text, when), telegram(DUTCH), "dsmr-p1"],
  homewizard: [
    (text) => readHomewizard(reply(text), when),
    JSON.stringify(HOMEWIZARD),
    "homewizard-p1",
  ],
  "p1-monitor": [(text) => readP1Monitor(reply(text)), JSON.stringify(MONITOR), "p1_monitor"],
  phases: [(text) => readP1MonitorPhases(reply(text)), JSON.stringify(STATUS), "p1_monitor"],
  settings: [(text) => readP1MonitorSettings(reply(text)), JSON.stringify(SETTINGS), "p1_monitor"],
  glow: [readGlow, JSON.stringify(GLOW), "smets2-glow"],
  espn: [(text) => readEspn(reply(text)), JSON.stringify(BOARD)],
  calendar: [
    (text) => readHomeCalendar("calendar.a", JSON.parse(text), when.timeZone),
    JSON.stringify(CALENDAR),
  ],
  export: [(text) => readMeterExport(Buffer.from(text), when.timeZone), EXPORT],
};

/** The text cut off at many places, and with each value replaced by what a vendor might send instead. */
function* damage(text: string): Generator<string> {
  const step = Math.max(1, Math.floor(text.length / 400));
  for (let length = 0; length < text.length; length += step) yield text.slice(0, length);
  const value = /-?\d+(\.\d+)?|"[^"]*"(?!\s*:)|\{[^{}]*\}|\[[^[\]]*\]/g;
  const found = [...text.matchAll(value)].slice(0, 300);
  for (const match of found) {
    for (const other of ["null", '"x"', "7", "-1", "[]", "{}", '""', "1e99", "true"]) {
      yield text.slice(0, match.index) + other + text.slice(match.index + match[0].length);
    }
  }
}

test.each(Object.entries(READERS))(
  "%s: every damage gives values or an error of ours",
  (name, entry) => {
    const [read, own, vendor] = entry;
    const real = vendor ? realBodies(vendor).map(({ bytes }) => bytes.toString("latin1")) : [];
    expect(() => read(own)).not.toThrow();
    const strange: unknown[] = [];
    for (const text of [own, ...real].flatMap((body) => [...damage(body)])) {
      try {
        read(text);
      } catch (error) {
        const isCalendarText = name === "calendar" && error instanceof SyntaxError;
        if (!(error instanceof AppError) && !isCalendarText) strange.push([text, error]);
      }
    }
    expect(strange.slice(0, 3)).toEqual([]);
  },
);
