import { expect, test } from "vitest";
import { JsonBytes, putWords, toWords } from "#src/ingest/history/reader/json-bytes.ts";
import { seeded } from "#support/made-changes.ts";

function written(write: (json: JsonBytes) => void): string {
  const json = new JsonBytes();
  write(json);
  return Buffer.from(json.finish()).toString("utf8");
}

test("numbers are written as the language writes them", () => {
  const random = seeded(9);
  const odd = [
    0, -0, 1, -1, 0.1, -0.1, 0.001, 0.0001, 1e-9, 1.005, 99.99, -12.5, 2147483, 2147484.5,
  ];
  const large = [2 ** 31, 2 ** 53, 1e21, -1e21, 123456789.123, Number.MAX_VALUE, Number.MIN_VALUE];
  const made = Array.from({ length: 2_000 }, (_, n) =>
    n % 2 === 0 ? random() * 1e4 - 5e3 : Math.round(random() * 1e6) / 1_000,
  );
  for (const value of [...odd, ...large, ...made]) {
    expect(JSON.parse(written((json) => json.number(value)))).toBe(value + 0);
  }
});

test("what is no number is null", () => {
  for (const value of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
    expect(written((json) => json.number(value))).toBe("null");
  }
});

test("moments keep every digit", () => {
  for (const at of [0, 7, 999_999, 1_000_000, 1_000_001, 1_788_220_800_000, 1_788_220_800_009]) {
    expect(written((json) => json.moment(at))).toBe(String(at));
  }
});

test("text of any kind and length stands in the bytes as it is", () => {
  const texts = ['"°C"', '"Grüße 🏠"', '"plain"', JSON.stringify("ä".repeat(50_000)), '"µ"'];
  const all = `[${texts.join(",")}]`;
  const json = written((one) => {
    one.raw("[");
    texts.forEach((text, n) => {
      one.raw(`${n === 0 ? "" : ","}${text}`);
    });
    one.raw("]");
  });
  expect(json).toBe(all);
});

test("what is written in words of eight bytes leaves nothing of itself behind", () => {
  const texts = Array.from({ length: 40 }, (_, n) => "x".repeat(n));
  for (const text of texts) {
    const json = new JsonBytes(1);
    json.endAt(putWords(json.room(64), 0, toWords(text)));
    json.char(33);
    json.number(7);
    json.number(12.5);
    json.moment(1_788_220_800_009);
    expect(Buffer.from(json.finish()).toString("utf8")).toBe(`${text}!712.51788220800009`);
  }
});
