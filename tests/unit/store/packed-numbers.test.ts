import { expect, test } from "vitest";
import { ByteReader, ByteWriter, readNumbers, writeNumbers } from "#src/store/packed-numbers.ts";
import { seeded } from "#support/made-changes.ts";

function throughBytes(values: readonly number[]): number[] {
  const writer = new ByteWriter(1);
  writeNumbers(writer, values);
  return [...readNumbers(new ByteReader(writer.finish()), values.length)];
}

const random = seeded(2);
const made = (count: number, make: (n: number) => number) =>
  Array.from({ length: count }, (_, n) => make(n));

test.each([
  ["nothing", []],
  ["one", [1.79e12]],
  ["two", [5, -5]],
  ["the same again and again", made(300, () => 7)],
  ["a steady step", made(300, (n) => 1.79e12 + n * 30_000)],
  ["a step that trembles", made(300, (n) => 1.79e12 + n * 30_000 + Math.floor(random() * 50))],
  ["a walk around zero", made(500, () => Math.floor(random() * 7) - 3)],
  ["small and very large", [0, 2 ** 51, -(2 ** 50), 1, 2 ** 24, 2 ** 31, -(2 ** 31), 2 ** 32]],
  ["each number of bytes", made(52, (n) => 2 ** n)],
])("numbers come back as they were: %s", (_, values) => {
  expect(throughBytes(values)).toEqual(values);
});

test("steady moments cost next to nothing", () => {
  const writer = new ByteWriter();
  writeNumbers(
    writer,
    made(1_000, (n) => 1.79e12 + n * 30_000),
  );
  expect(writer.finish().length).toBeLessThan(20);
});

test("bytes that end too soon are refused, and not read past", () => {
  const writer = new ByteWriter();
  writeNumbers(
    writer,
    made(100, () => random() * 1e6),
  );
  const bytes = writer.finish().slice(0, 50);
  expect(() => readNumbers(new ByteReader(bytes), 100)).toThrow(/cannot be read/);
});
