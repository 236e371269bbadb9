import { describe, expect, test } from "vitest";
import { readMeterExport } from "#src/enrichment/meter-export/meter-export.ts";
import { AppError } from "#src/foundation/errors.ts";
import { noBodies, realBodies } from "#support/provider-bodies.ts";

const QUARTER = 15 * 60_000;
const read = (text: string | Uint8Array) =>
  readMeterExport(typeof text === "string" ? Buffer.from(text) : text, "Europe/Vienna");
const starts = (text: string | Uint8Array) =>
  read(text).slots.map(({ start }) => new Date(start).toISOString().slice(5, 16));
const amounts = (text: string | Uint8Array) => read(text).slots.map(({ kwh }) => kwh);

describe("an export of quarter hours", () => {
  const between = "Datum von;Datum bis;Energiemenge in kWh;Ersatzwert\n";

  test("with start and end, semicolons and decimal commas", () => {
    const text = `${between}01.03.2026 00:00;01.03.2026 00:15;0,037; \n01.03.2026 00:15;01.03.2026 00:30;1.000,5; \n`;
    expect(read(text).slots).toEqual([
      { start: Date.UTC(2026, 1, 28, 23), end: Date.UTC(2026, 1, 28, 23, 15), kwh: 0.037 },
      { start: Date.UTC(2026, 1, 28, 23, 15), end: Date.UTC(2026, 1, 28, 23, 30), kwh: 1000.5 },
    ]);
  });

  test("is the same in every encoding", () => {
    const text =
      "Zählpunkt;AT001\n\nBeginn der Messreihe;Ende der Messreihe;Messwert in kWh; Qualität\n" +
      "15.08.2026 00:00;15.08.2026 00:15;0,089;ä\n15.08.2026 00:15;15.08.2026 00:30;0,086;ä\n";
    const utf16 = Buffer.from(text, "utf16le");
    for (const bytes of [
      Buffer.from(text),
      Buffer.from(`\ufeff${text}`),
      Buffer.from(text, "latin1"),
      utf16,
      Buffer.concat([Buffer.of(0xff, 0xfe), utf16]),
      Buffer.from(utf16).swap16(),
    ]) {
      expect(amounts(bytes)).toEqual([0.089, 0.086]);
    }
  });

  test("with one time is read as its end when a column says so, or when the day ends at midnight", () => {
    const named = "Messzeitpunkt;Verbrauch (kWh);\n01.01.2026 00:15;0,3;\n01.01.2026 00:30;0,2;\n";
    expect(starts(named)).toEqual(["12-31T23:00", "12-31T23:15"]);
    const rows = ["00:15", "00:30", "23:45"].map((time) => `"01.01.2026 ${time}","0.1"`);
    const unnamed = `"Datum","AT00 ab 01.01."\n"02.01.2026 00:00","0.2"\n${rows.join("\n")}`;
    expect(starts(unnamed).at(-1)).toBe("01-01T22:45");
    expect(amounts(unnamed).at(-1)).toBe(0.2);
    const begins = unnamed.replace("02.01.2026 00:00", "01.01.2026 00:00");
    expect(starts(begins)[0]).toBe("12-31T23:00");
  });

  test("with date and time in columns of their own, the latest first", () => {
    const text =
      "Datum;Zeit von;Zeit bis;Verbrauch [Wh]\n" +
      "24.10.2026;23:45;24:00;250\n24.10.2026;23:30;23:45;125\n";
    expect(read(text)).toMatchObject({ stepMs: QUARTER });
    expect(starts(text)).toEqual(["10-24T21:30", "10-24T21:45"]);
    expect(amounts(text)).toEqual([0.125, 0.25]);
  });

  test("with a counter beside the consumption shows by it what the time means", () => {
    const text =
      "Ablesezeitpunkt,Zaehlerstand Einheitstarif,Zaehlerstand Hochtarif,Verbrauch Einheitstarif,Verbrauch Hochtarif\n" +
      "2026-04-14T00:00:00.000+02:00,0,0,0,0\n2026-04-14T00:15:00.000+02:00,284.913,0,0.029,0\n" +
      "2026-04-14T00:30:00.000+02:00,284.957,0,0.044,0\n2026-04-14T00:45:00.000+02:00,284.982,0,0.025,0\n";
    expect(starts(text)).toEqual(["04-13T22:00", "04-13T22:15", "04-13T22:30"]);
    expect(amounts(text)).toEqual([0.029, 0.044, 0.025]);
    const shifted = text.replaceAll("Ablesezeitpunkt", "Beginn");
    expect(starts(shifted)).toEqual(starts(text));
  });

  test("of a counter alone is what it rose by", () => {
    const text =
      "Zeit;Zählerstand kWh\n2026-04-14 00:00;10\n2026-04-14 00:15;10,5\n2026-04-14 00:30;10,75\n2026-04-14 00:45;0\n2026-04-14 01:00;1\n";
    expect(amounts(text)).toEqual([0.5, 0.25, 1]);
  });

  test("of power on average becomes energy", () => {
    const text =
      "von;bis;Leistung (kW)\n2026-04-14 00:00;2026-04-14 00:15;4\n2026-04-14 00:15;2026-04-14 00:30;2";
    expect(amounts(text)).toEqual([1, 0.5]);
  });

  test("what went out of the house is not counted", () => {
    const text =
      "von;bis;OBIS;Wert;Einheit\n01.03.2026 00:00;01.03.2026 00:15;1-1:1.29.0;0,5;kWh\n" +
      "01.03.2026 00:00;01.03.2026 00:15;1-1:2.29.0;9;kWh\n01.03.2026 00:15;01.03.2026 00:30;1-1:1.29.0;0,25;kWh";
    expect(amounts(text)).toEqual([0.5, 0.25]);
    const columns =
      "von;bis;Verbrauch kWh;Einspeisung kWh\n01.03.2026 00:00;01.03.2026 00:15;1;9\n01.03.2026 00:15;01.03.2026 00:30;2;9";
    expect(amounts(columns)).toEqual([1, 2]);
  });
});

describe("when clocks change", () => {
  const clock = (minutes: number) =>
    `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
  const quarters = (from: number, to: number) =>
    Array.from({ length: (to - from) / 15 }, (_, index) => clock(from + index * 15));
  const fall = [...quarters(0, 180), ...quarters(120, 24 * 60)];

  test("a day of 25 hours has 100 quarter hours without a gap, by start or by end, up or down", () => {
    const byStart = fall.map((time) => `25.10.2026 ${time};0,1`);
    const end = [...fall.slice(1).map((time) => `25.10.2026 ${time};0,1`), "26.10.2026 00:00;0,1"];
    for (const [name, rows] of [
      ["Beginn", byStart],
      ["Ende", end],
      ["Beginn", byStart.toReversed()],
    ] as const) {
      const { slots } = read(`${name};Verbrauch kWh\n${rows.join("\n")}`);
      expect(slots).toHaveLength(100);
      expect(slots[0]?.start).toBe(Date.UTC(2026, 9, 24, 22));
      expect(slots.every(({ end }, index) => end === (slots[index + 1]?.start ?? end))).toBe(true);
    }
  });

  test("a day of 23 hours has 92, also when the file has rows for the hour that never was", () => {
    const rows = quarters(0, 24 * 60).map((time) => `29.03.2026 ${time};0,1`);
    const { slots, leftOut } = read(`Beginn;Verbrauch kWh\n${rows.join("\n")}`);
    expect(slots).toHaveLength(92);
    expect(leftOut).toBe(4);
  });
});

test("a gap in the file is a gap in the slots", () => {
  const text =
    "Beginn;kWh\n01.03.2026 00:00;1\n01.03.2026 00:15;1\n01.03.2026 00:30;\n01.03.2026 00:45;1";
  expect(starts(text)).toEqual(["02-28T23:00", "02-28T23:15", "02-28T23:45"]);
});

describe("what cannot be read says why", () => {
  test.each([
    ["nothing", "", "empty"],
    ["a page", "<!doctype html><p>Login", "not_a_table"],
    ["JSON", '{"a":1}', "not_a_table"],
    ["words", "a;b;c\nd;e;f", "no_rows"],
    ["bytes", Buffer.from([0x50, 0x4b, 3, 4, 0, 0, 255, 17, 10, 200]), "no_rows"],
    ["one row", "Beginn;kWh\n01.03.2026 00:00;1", "too_short"],
    [
      "two meters",
      "Zählpunkt;von;kWh\nA;01.03.2026 00:00;1\nB;01.03.2026 00:00;1",
      "several_meters",
    ],
    ["only output", "von;Einspeisung\n01.03.2026 00:00;1\n01.03.2026 00:15;1", "no_value"],
  ])("%s", (_, text, code) => {
    const thrown = (() => {
      try {
        return read(text);
      } catch (error) {
        return error;
      }
    })();
    expect(thrown).toBeInstanceOf(AppError);
    expect(thrown).toMatchObject({ kind: "invalid", code: `meter_export.${code}` });
  });
});

test("the exports of six grid operators are read, each quarter hour once", (context) => {
  const bodies = realBodies("smart-meter-csv-at");
  if (bodies.length === 0) return context.skip(noBodies);
  for (const { name, bytes } of bodies) {
    const { slots, stepMs } = read(bytes);
    expect(stepMs, name).toBe(QUARTER);
    expect(slots.length, name).toBeGreaterThan(6);
    expect(
      slots.every(({ kwh }) => kwh >= 0 && kwh < 20),
      name,
    ).toBe(true);
    const days = (slots.at(-1)?.end ?? 0) - (slots[0]?.start ?? 0);
    expect(days / QUARTER, name).toBe(slots.length); // none of the six has a gap
  }
});
