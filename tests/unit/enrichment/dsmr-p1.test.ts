import { describe, expect, test } from "vitest";
import { createSplitter, readDsmrP1 } from "#src/enrichment/dsmr-p1/dsmr-p1.ts";
import { AppError } from "#src/foundation/errors.ts";
import { noBodies, realBodies } from "#support/provider-bodies.ts";
import { DUTCH, telegram } from "#support/telegrams.ts";

const reading = { timeZone: "Europe/Amsterdam", receivedAt: Date.UTC(2026, 6, 14, 18, 31) };
const read = (text: string | Uint8Array) => readDsmrP1(text, reading);

function codeOf(run: () => unknown): string | undefined {
  try {
    run();
  } catch (error) {
    expect(error).toBeInstanceOf(AppError);
    expect(error).toMatchObject({ kind: "internal" });
    return (error as AppError).code;
  }
  return undefined;
}

/** The same numbers each time: mulberry32. */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

describe("a telegram of version 5", () => {
  test("says power, phases, voltages, tariffs and the gas meter's own time", () => {
    expect(read(telegram(DUTCH))).toEqual({
      at: Date.UTC(2026, 6, 14, 18, 30, 12),
      powerW: -1193,
      phasePowerW: [500, 0, -1693],
      phaseVoltageV: [231, 230.4, 229.8],
      importKwh: 7321.375,
      exportKwh: 300.5,
      tariff: "2",
      tariffs: [
        { tariff: "1", rate: "low", importKwh: 4321.125, exportKwh: 100 },
        { tariff: "2", rate: "normal", importKwh: 3000.25, exportKwh: 200.5 },
      ],
      gasM3: 981.443,
      gasAt: Date.UTC(2026, 6, 14, 18),
    });
  });

  test("is refused for each byte that was changed, by one bit or altogether", () => {
    const bytes = Buffer.from(telegram(DUTCH), "latin1");
    const accepted: number[] = [];
    for (let index = 0; index < bytes.length - 2; index++) {
      for (const mask of [0x01, 0x02, 0x10, 0x20, 0x80, 0xff]) {
        const broken = Buffer.from(bytes);
        broken[index] = (broken[index] ?? 0) ^ mask;
        if (codeOf(() => read(broken)) === undefined) accepted.push(index);
      }
    }
    expect(accepted).toEqual([]);
  });

  test("is refused wherever it was cut off", () => {
    const text = telegram(DUTCH);
    for (let length = 0; length < text.length - 2; length++) {
      expect(
        codeOf(() => read(text.slice(0, length))),
        String(length),
      ).toBeDefined();
    }
  });

  test("the repeated hour at the end of summer time is told apart by its letter", () => {
    const at = (season: string) => read(telegram([`0-0:1.0.0(261025023000${season})`])).at;
    expect(at("S")).toBe(Date.UTC(2026, 9, 25, 0, 30));
    expect(at("W")).toBe(Date.UTC(2026, 9, 25, 1, 30));
  });

  test("a meter that keeps winter time all the year is believed", () => {
    expect(read(telegram(["0-0:1.0.0(260714190000W)"])).at).toBe(Date.UTC(2026, 6, 14, 18));
  });

  test("without a value there is none: nothing is filled in", () => {
    expect(read(telegram(["1-3:0.2.8(50)", "0-0:96.13.0()", "1-0:2.7.0(00.100*kW)"]))).toEqual({
      at: reading.receivedAt,
    });
    expect(
      read(telegram(["1-0:1.7.0(--.---*kW)", "0-1:24.2.1(632525252525S)(00000.000)"])),
    ).toEqual({ at: reading.receivedAt });
  });
});

test("an old telegram without a checksum is read, its gas from the line below", () => {
  const lines = [
    "/ISk5\\2MT382-1004",
    "",
    "0-0:96.1.1(00000000000000)",
    "1-0:1.8.1(00010.500*kWh)",
    "1-0:1.8.2(00020.000*kWh)",
    "0-0:96.14.0(0001)",
    "1-0:1.7.0(0001.01*kW)",
    "1-0:2.7.0(0000.00*kW)",
    "0-1:24.1.0(3)",
    "0-1:24.3.0(260714190000)(00)(60)(1)(0-1:24.2.1)(m3)",
    "(00012.345)",
    "!",
    "",
  ];
  expect(read(lines.join("\r\n"))).toMatchObject({
    at: reading.receivedAt,
    powerW: 1010,
    importKwh: 30.5,
    tariff: "1",
    gasM3: 12.345,
    gasAt: Date.UTC(2026, 6, 14, 17),
  });
  const broken = lines.map((line) => line.replace("(0001.01*kW)", "(0001.01*kW"));
  expect(codeOf(() => read(broken.join("\r\n")))).toBe("dsmr_p1.not_a_telegram");
  const newer = [...lines.slice(0, 2), "1-3:0.2.8(50)", ...lines.slice(2)];
  expect(codeOf(() => read(newer.join("\r\n")))).toBe("dsmr_p1.checksum");
});

test("in Belgium tariff 1 is the dear one, and a water meter is not taken for gas", () => {
  const belgian = telegram(
    [
      "0-0:96.1.4(50217)",
      "0-0:1.0.0(260714203012S)",
      "1-0:1.8.1(000001.000*kWh)",
      "1-0:1.8.2(000002.000*kWh)",
      "0-0:96.14.0(0001)",
      "1-0:1.7.0(00.100*kW)",
      "0-1:24.1.0(007)",
      "0-1:24.2.1(260714200000S)(00872.234*m3)",
      "0-2:24.1.0(003)",
      "0-2:24.2.3(260714200000S)(00112.384*m3)",
    ],
    "/FLU5\\253769484_A",
  );
  expect(read(belgian)).toMatchObject({
    tariff: "1",
    tariffs: [
      { tariff: "1", rate: "normal", importKwh: 1 },
      { tariff: "2", rate: "low", importKwh: 2 },
    ],
    gasM3: 112.384,
  });
});

test("an Austrian meter counts in Wh and names the total itself", () => {
  const austrian = telegram([
    "0-0:1.0.0(260714203012S)",
    "1-0:1.8.0(006545766*Wh)",
    "1-0:1.8.1(005017120*Wh)",
    "1-0:1.8.2(001528646*Wh)",
    "1-0:1.7.0(000000286*W)",
    "1-0:2.7.0(000000000*W)",
  ]);
  const facts = read(austrian);
  expect(facts).toMatchObject({ powerW: 286, importKwh: 6545.766 });
  expect(facts.tariffs?.every(({ rate }) => rate === undefined)).toBe(true);
});

test("what is not a telegram says so", () => {
  expect(codeOf(() => read("<html>Login</html>"))).toBe("dsmr_p1.not_a_telegram");
  expect(codeOf(() => read(""))).toBe("dsmr_p1.not_a_telegram");
  expect(codeOf(() => read("/"))).toBe("dsmr_p1.cut_off");
});

describe("a stream of telegrams", () => {
  const collect = () => {
    const texts: string[] = [];
    return { texts, splitter: createSplitter((text) => texts.push(text)) };
  };

  test("is cut right however its bytes arrive, also after noise and a telegram that was cut off", () => {
    const whole = telegram(DUTCH);
    const bytes = Buffer.from(
      `9*kWh)\r\n!AB12\r\n\xff\xfe a/b ${whole.slice(0, 300)}${whole}noise/${whole}`,
      "latin1",
    );
    for (const size of [1, 2, 7, 64, 1000, 100_000]) {
      const { texts, splitter } = collect();
      for (let from = 0; from < bytes.length; from += size) {
        splitter.push(bytes.subarray(from, from + size));
      }
      expect(texts).toEqual([whole, whole]);
    }
  });

  test("that never ends is dropped, and the next telegram is found", () => {
    const { texts, splitter } = collect();
    splitter.push(Buffer.alloc(3_000_000, "/"));
    splitter.push(Buffer.alloc(3_000_000, "x"));
    splitter.push(Buffer.from(telegram(DUTCH)));
    expect(texts).toEqual([telegram(DUTCH)]);
  });
});

test("10,000 telegrams with random damage crash nothing, and none with a wrong checksum is believed", () => {
  const random = createRandom(20_261_127);
  const pick = (count: number) => Math.floor(random() * count);
  const whole = telegram(DUTCH);
  const right = JSON.stringify(read(whole));
  let refused = 0;
  for (let round = 0; round < 10_000; round++) {
    const bytes = Buffer.from(whole, "latin1");
    let damaged = bytes;
    for (let times = pick(4); times >= 0; times--) {
      if (damaged.length === 0) break;
      const [from, to] = [pick(damaged.length), pick(damaged.length)];
      const kinds = [
        () => damaged.fill(pick(256), from, from + 1),
        () => damaged.subarray(0, from),
        () => Buffer.concat([damaged.subarray(0, from), damaged.subarray(to)]),
        () => Buffer.concat([damaged.subarray(0, from), Buffer.of(pick(256), 10, 33, 13)]),
      ];
      damaged = Buffer.from(kinds[pick(kinds.length)]?.() ?? damaged);
    }
    const isSame = damaged.equals(bytes);
    const code = codeOf(() => {
      const said = JSON.stringify(read(damaged));
      expect(isSame || said === right).toBe(true);
    });
    if (code) refused += 1;
  }
  expect(refused).toBeGreaterThan(9_000);
});

test("real telegrams are read, and the one with a changed digit is refused", (context) => {
  const bodies = realBodies("dsmr-p1");
  if (bodies.length === 0) return context.skip(noBodies);
  for (const { name, bytes } of bodies) {
    if (name.includes("corrupt")) {
      expect(
        codeOf(() => read(bytes)),
        name,
      ).toBe("dsmr_p1.checksum");
      continue;
    }
    const facts = read(bytes);
    expect(facts.powerW, name).toEqual(expect.any(Number));
    expect(facts.importKwh, name).toBeGreaterThan(0);
  }
});
