import { expect, test } from "vitest";
import { ENTSO_E_AREAS, findEntsoEArea } from "#src/enrichment/entso-e/entso-e.areas.ts";
import { createEntsoE } from "#src/enrichment/entso-e/entso-e.ts";
import { readEntsoE } from "#src/enrichment/entso-e/read-entso-e.ts";
import { createFakeClock } from "#support/clock.ts";
import { expectRefusals, minutesOf, problemOf, problemOfAsync, replyOf } from "./replies.ts";
import { startVendor } from "./vendor-server.ts";

interface Made {
  readonly points: readonly (readonly [position: number, amount: string])[];
  readonly resolution?: string;
  readonly curveType?: string;
  readonly sequence?: number;
  readonly end?: string;
}

const series = ({
  points,
  resolution = "PT60M",
  curveType = "A01",
  sequence,
  end = "13:00",
}: Made) => `<TimeSeries>
  <mRID>1</mRID>
  ${sequence === undefined ? "" : `<classificationSequence_AttributeInstanceComponent.position>${sequence}</classificationSequence_AttributeInstanceComponent.position>`}
  <currency_Unit.name>EUR</currency_Unit.name>
  <price_Measure_Unit.name>MWH</price_Measure_Unit.name>
  <curveType>${curveType}</curveType>
  <Period>
    <timeInterval><start>2026-11-27T10:00Z</start><end>2026-11-27T${end}Z</end></timeInterval>
    <resolution>${resolution}</resolution>
    ${points.map(([position, amount]) => `<Point><position>${position}</position><price.amount>${amount}</price.amount></Point>`).join("")}
  </Period>
</TimeSeries>`;
const documentOf = (...all: readonly Made[]) => `<?xml version="1.0" encoding="UTF-8"?>
<Publication_MarketDocument xmlns="urn:iec62325.351:tc57wg16:451-3:publicationdocument:7:3">
<mRID>x</mRID><type>A44</type>${all.map(series).join("")}</Publication_MarketDocument>`;
const acknowledgement = (text: string) => `<?xml version="1.0" encoding="UTF-8"?>
<Acknowledgement_MarketDocument xmlns="urn:iec62325.351:tc57wg16:451-1:acknowledgementdocument:7:0">
<mRID>x</mRID><Reason><code>999</code><text>${text}</text></Reason></Acknowledgement_MarketDocument>`;

const pricesOf = (...all: readonly Made[]) =>
  readEntsoE(replyOf(documentOf(...all))).slots.map(({ price }) => price);

test("prices are per kWh, and what curves of type A03 leave out is the price before", () => {
  const points = [
    [1, "100.5"],
    [3, "-20"],
  ] as const;
  expect(pricesOf({ points, curveType: "A03" })).toEqual([0.1005, 0.1005, -0.02]);
  expect(pricesOf({ points, curveType: "A01" })).toEqual([0.1005, -0.02]);
  expect(pricesOf({ points: [[2, "7"]], curveType: "A03" })).toEqual([0.007, 0.007]);
});

test("quarter hours are as long as they are", () => {
  const facts = readEntsoE(
    replyOf(
      documentOf({
        points: [
          [1, "1"],
          [2, "2"],
        ],
        resolution: "PT15M",
        end: "10:30",
      }),
    ),
  );
  expect(facts).toMatchObject({ currency: "EUR", isFinal: false });
  expect(minutesOf(facts.slots)).toEqual([15]);
});

test("of two auctions the coupled one counts, of two resolutions the finer one", () => {
  const local = {
    points: [
      [1, "1"],
      [2, "2"],
      [3, "3"],
      [4, "4"],
      [5, "5"],
    ],
    resolution: "PT15M",
    sequence: 2,
    end: "11:15",
  } as const;
  const coupled = { points: [[1, "100"]], sequence: 1, end: "11:00" } as const;
  expect(pricesOf(local, coupled)).toEqual([0.1, 0.005]);
  expect(
    pricesOf(
      {
        ...coupled,
        end: "12:00",
        points: [
          [1, "100"],
          [2, "200"],
        ],
      },
      { ...local, sequence: 1, end: "11:00" },
    ),
  ).toEqual([0.001, 0.002, 0.003, 0.004, 0.2]);
});

test("an acknowledgement is no data yet, or the user's to mend, by its reason", () => {
  const said = (text: string, status = 200) =>
    problemOf(() => readEntsoE(replyOf(acknowledgement(text), status)));
  expect(said("No matching data found for Data item Day-ahead Prices")).toBe(
    "unavailable price.none",
  );
  expect(said("No matching data found", 400)).toBe("unavailable price.none");
  expect(said("Input parameter in_Domain is not valid", 400)).toBe("unconfigured entso-e.refused");
  expect(said("Unauthorized. Missing or invalid security token", 401)).toBe(
    "unconfigured http.refused",
  );
});

test("pages, cut off documents and other documents are refused", () => {
  const notXml = "internal entso-e.not_xml";
  expectRefusals(readEntsoE, documentOf({ points: [[1, "1"]] }), { cutOff: notXml, page: notXml });
  const said = (text: string) => problemOf(() => readEntsoE(replyOf(text)));
  expect(said("{}")).toBe(notXml);
  expect(said('<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')).toBe(notXml);
  expect(said("<Other/>")).toBe("internal http.unexpected_shape");
  expect(said(documentOf({ points: [[1, "cheap"]] }))).toBe("internal http.unexpected_shape");
  expect(said(documentOf({ points: [[1, "1"]], resolution: "P1Y" }))).toBe(
    "internal http.unexpected_shape",
  );
  expect(said(documentOf())).toBe("unavailable price.none");
  expect(said(documentOf({ points: [] }))).toBe("unavailable price.none");
});

test("the zone is asked by its code, and the token is in no message", async () => {
  const token = "0a1b2c3d-secret-token";
  const vendor = await startVendor(({ query }) => ({
    status: 400,
    body: acknowledgement(`Token ${query.get("securityToken")} may not ask this`),
  }));
  const clock = createFakeClock(Date.parse("2026-11-27T10:20Z"));
  const ask = (area: string) =>
    problemOfAsync(() =>
      createEntsoE({
        clock,
        token,
        area,
        timeZone: "Europe/Vienna",
        baseUrl: vendor.baseUrl,
      }).fetch(new AbortController().signal),
    );
  const refused = await ask("de-lu");
  expect(refused.code).toBe("entso-e.refused");
  expect(JSON.stringify([refused.message, refused.facts])).not.toContain(token);
  const [asked] = vendor.asked;
  expect(Object.fromEntries(asked?.query ?? [])).toMatchObject({
    documentType: "A44",
    in_Domain: "10Y1001A1001A82H",
    out_Domain: "10Y1001A1001A82H",
    periodStart: "202611262300",
    periodEnd: "202611282300",
  });
  expect((await ask("Atlantis")).code).toBe("entso-e.area");
  expect(vendor.asked).toHaveLength(1);
});

/** The last of the 16 characters is worked out from the others: ENTSO-E's EIC reference manual, annex A. */
function checkCharacter(code: string): string | undefined {
  const alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-";
  const sum = [...code.slice(0, 15)].reduce(
    (all, one, index) => all + alphabet.indexOf(one) * (16 - index),
    0,
  );
  return alphabet[36 - ((sum - 1) % 37)];
}

test("every zone's code has its check character, and a zone may be named by its code", () => {
  const wrong = Object.entries(ENTSO_E_AREAS).filter(
    ([, code]) => code.length !== 16 || checkCharacter(code) !== code.at(-1),
  );
  expect(wrong).toEqual([]);
  expect(findEntsoEArea("10Y1001A1001A46L")).toBe(ENTSO_E_AREAS.SE3);
  expect(["at", "DE-LU", "DE", "se3", "10YXX", "constructor"].map(findEntsoEArea)).toEqual([
    ENTSO_E_AREAS.AT,
    ENTSO_E_AREAS.DE,
    ENTSO_E_AREAS.DE,
    ENTSO_E_AREAS.SE3,
    undefined,
    undefined,
  ]);
});
