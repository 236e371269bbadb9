import { expect, test } from "vitest";
import { enTrials } from "../../../homeiq/ui/src/lib/i18n/en-trials.ts";
import { addTexts } from "../../../homeiq/ui/src/lib/i18n/translate.ts";
import {
  typedValue,
  valuesAround,
  valueText,
} from "../../../homeiq/ui/src/routes/automations/adjusting.ts";

const MINUTE_MS = 60_000;
addTexts(enTrials);

const shown = (kind: "number" | "duration" | "time", value: number) =>
  valuesAround({ kind, value }).map((one) => valueText({ kind }, one));

test("a value that is proposed is as it is shown: none is written more exactly than it was read", () => {
  expect(valuesAround({ kind: "duration", value: 45 * MINUTE_MS })).toEqual(
    [11, 23, 45, 90, 180].map((minutes) => minutes * MINUTE_MS),
  );
  expect(shown("duration", 45 * MINUTE_MS)).toEqual([
    "11 min",
    "23 min",
    "45 min",
    "1 hr 30 min",
    "3 hr",
  ]);
  expect(shown("duration", 30 * 1_000)).toEqual(["8 sec", "15 sec", "30 sec", "1 min", "2 min"]);
});

test("what stands there is always among them, and none is proposed twice", () => {
  for (const value of [0, 500, 1_000, 59_000, 754_000, 90_061_000]) {
    const around = valuesAround({ kind: "duration", value });
    expect(around).toContain(value);
    expect(new Set(around).size).toBe(around.length);
  }
  expect(valuesAround({ kind: "number", value: 1013.2512 })).toContain(1013.2512);
  expect(shown("time", 23.5 * 60 * MINUTE_MS)).toEqual([
    "22:30",
    "23:00",
    "23:30",
    "00:00",
    "00:30",
  ]);
  expect(shown("number", 21.5)).toEqual(["17.5", "19.5", "21.5", "23.5", "25.5"]);
});

test("a number may be typed with a comma, and what is none is told from an empty field", () => {
  expect(typedValue({ kind: "duration" }, "7,5")).toBe(450_000);
  expect(typedValue({ kind: "number" }, " 21.5 ")).toBe(21.5);
  expect(typedValue({ kind: "duration" }, "-1")).toBeUndefined();
  expect(typedValue({ kind: "number" }, "warm")).toBeUndefined();
  expect(typedValue({ kind: "time" }, "22:15")).toBe((22 * 60 + 15) * MINUTE_MS);
});
