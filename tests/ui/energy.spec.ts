import type { BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type BrowserHouse, openBrowserHouse } from "#support/browser-house.ts";
import { translateToLongWords } from "#support/long-words.ts";
import { obstaclesOn, sidewaysOf } from "#support/page-checks.ts";
import { enEnergy } from "../../homeiq/ui/src/lib/i18n/en-energy.ts";
import { enSurroundings } from "../../homeiq/ui/src/lib/i18n/en-surroundings.ts";
import { ENERGY, NOW, OUTSIDE, session } from "./energy-answers.ts";

// What vendors and a meter say is answered to the page as the server would; the server itself has its own tests.

const PAGES = ["energy/", "energy/surroundings/", "energy/sources/"];

let at: BrowserHouse;

beforeAll(async () => {
  at = await openBrowserHouse();
});

afterAll(() => at?.[Symbol.asyncDispose]());

type Answers = Readonly<Record<string, unknown>>;

const open = (
  path: string,
  {
    answers,
    first,
    ...options
  }: BrowserContextOptions & { answers: Answers; first?: (page: Page) => Promise<unknown> },
) =>
  at.open(path, {
    locale: "en-GB",
    ...options,
    prepare: async (page) => {
      await first?.(page);
      await page.clock.install({ time: NOW });
      await page.route(/\/api\/v1\/(surroundings|energy|session|statistics)/, (route) => {
        const [, key = ""] = new URL(route.request().url()).pathname.split("/api/v1/");
        const known = answers[key];
        if (known === undefined) return route.continue();
        const answer = typeof known === "function" ? known(new URL(route.request().url())) : known;
        const isRefused = Object(answer).error !== undefined;
        return route.fulfill({ status: isRefused ? 424 : 200, json: answer });
      });
    },
  });

const ofPage = (page: Page) => page.getByRole("main");

test("the cheapest hours are named, and others when more are wanted", async () => {
  const { page, errors, close } = await open("energy/surroundings/", { answers: OUTSIDE });
  await page.getByRole("heading", { name: "Electricity costs €0.300 per kWh now" }).waitFor();
  await page.getByText(/Cheapest 2 hours: 28 Nov, 02:00 – 04:00, €0.105/).waitFor();
  await page.getByRole("button", { name: "1 h", exact: true }).click();
  await page.getByText(/Cheapest hour: 28 Nov, 03:00 – 04:00, €0.100/).waitFor();
  expect(errors).toEqual([]);
  await close();
});

test("a price is read at the crosshair by keyboard, and in the table", async () => {
  const { page, close } = await open("energy/surroundings/", { answers: OUTSIDE });
  const plot = page.getByRole("group", { name: /Electricity costs/ });
  await plot.focus();
  await page.keyboard.press("Home");
  await plot
    .getByRole("status")
    .getByText(/27 Nov, 00:00 – 01:00: €0.300 per kWh/)
    .waitFor();
  await page.getByRole("button", { name: "As a table" }).first().click();
  await page.getByRole("cell", { name: "0.1", exact: true }).first().waitFor();
  await close();
});

test("what is out of date says how old it is and why", async () => {
  const { page, close } = await open("energy/surroundings/", { answers: OUTSIDE });
  await ofPage(page).getByText("out of date").waitFor();
  await page.getByText(/3 hours old/).waitFor();
  await page
    .getByText(/Electricity Maps cannot be reached \(ETIMEDOUT\). HomeIQ tries again by itself/)
    .waitFor();
  await close();
});

test("what is off says how to get it", async () => {
  const { page, close } = await open("energy/surroundings/", { answers: ENERGY.empty });
  await page.getByText(/aWATTar \(Germany, Austria\)/).waitFor();
  await close();
});

test("a test of the connection says exactly what came back", async () => {
  const { page, close } = await open("energy/sources/", { answers: OUTSIDE });
  await page.getByRole("button", { name: "Test connection aWATTar" }).click();
  await page.getByText(/It answered. It took 212 ms/).waitFor();
  await page.getByRole("button", { name: "Test connection Tibber" }).click();
  await page.getByText(/Tibber refuses the token. Make one at developer.tibber.com/).waitFor();
  await page.getByText("unconfigured · http.refused").waitFor();
  await close();
});

test("a source that is not set up is named where it can be chosen", async () => {
  const { page, close } = await open("energy/sources/", { answers: OUTSIDE });
  await page.getByText("Can be chosen as well: ENTSO-E.").waitFor();
  expect(await page.getByText(/Can be chosen as well/).count()).toBe(1);
  await close();
});

test("of a counter that was met this morning only the time since then is told", async () => {
  const since = NOW - 90 * 60_000;
  const meter = { ...Object(OUTSIDE["surroundings/meter"]), entityIds: ["homeiq.energy_import"] };
  const cost = { entityId: "homeiq.energy_import", kwh: 1.25, since };
  const answers = { ...ENERGY.full, "surroundings/meter": meter, "energy/cost": cost };
  const { page, close } = await open("energy/", { answers });
  await page.getByRole("heading", { name: "Since 10:00 1.25 kWh came from the grid" }).waitFor();
  await close();
});

test("each device says what it draws, from how many switchings, with its evidence", async () => {
  const { page, errors, close } = await open("energy/", { answers: ENERGY.full });
  await page.getByRole("heading", { name: /2 devices used 12.4 kWh in 14 days, €3.60/ }).waitFor();
  await page.getByText("1,900 to 2,000 W, from 24 switchings.").waitFor();
  await page
    .getByRole("button", { name: /Show the evidence/ })
    .first()
    .click();
  await page
    .getByText(/The meter's step at the last 6 switchings/)
    .first()
    .waitFor();
  await page.getByRole("heading", { name: /in the next 48 hours/ }).waitFor();
  await page.getByRole("heading", { name: /are drawn day and night/ }).waitFor();
  expect(errors).toEqual([]);
  await close();
});

test("the energy of whole days flows from grid and sun to what used it, as a drawing and as a table", async () => {
  const { page, errors, close } = await open("energy/", { answers: ENERGY.full });
  const title = "The house used 20 kWh in 2 days; 64% of it is explained";
  await page.getByRole("heading", { name: title }).waitFor();
  const uses = page.getByRole("list", { name: "To" });
  await uses.getByText("9.2 kWh · 40%").waitFor();
  expect(
    await page.getByRole("list", { name: "From" }).getByRole("listitem").allInnerTexts(),
  ).toEqual([
    expect.stringMatching(/Grid\s+16 kWh · 70%/),
    expect.stringMatching(/Sun\s+7 kWh · 30%/),
  ]);
  expect(
    (await uses.getByRole("listitem").allInnerTexts()).map((one) => one.split("\n")[0]),
  ).toEqual([
    ...["switch.kettle", "Kitchen ceiling light", "Standby of known devices"],
    ...["Day and night, not explained", "Other, not explained", "To the grid"],
  ]);
  await page.getByText(/Now: Grid 420 W \+ Sun 900 W → House 1,320 W/).waitFor();
  const card = page.locator("section").filter({ hasText: title });
  await card.getByRole("button", { name: "As a table" }).click();
  await card.getByRole("row", { name: "From Sun 7 kWh 30%" }).waitFor();
  await card.getByRole("row", { name: "To To the grid 3 kWh 13%" }).waitFor();
  expect(errors).toEqual([]);
  await close();
});

test("before a whole day is measured the flow is that of this moment", async () => {
  const { flow: _, ...young } = ENERGY.full["energy/devices"];
  const answers = { ...ENERGY.full, "energy/devices": young };
  const { page, close } = await open("energy/", { answers });
  await page.getByRole("heading", { name: "The house uses 1,320 W now" }).waitFor();
  await page.getByRole("list", { name: "From" }).getByText("900 W · 68%").waitFor();
  await page.getByText(/shown once the meter has measured a whole day/).waitFor();
  await close();
});

test("how far the forecast was off stands beside what repeating last week would have been", async () => {
  const { page, close } = await open("energy/", { answers: ENERGY.full });
  await page.getByText(/off by 160 W on average; repeating the week before by 220 W/).waitFor();
  await close();
});

test("what shifting an appliance saved is told with its range", async () => {
  const { page, close } = await open("energy/", { answers: ENERGY.full });
  const card = page.locator("section").filter({ hasText: "What did shifting it save?" });
  await card.getByLabel("Appliance, by its power sensor").selectOption({ index: 1 });
  await card.getByLabel("Shifted since").fill("2026-11-06");
  await card.getByRole("button", { name: "Compare" }).click();
  await card.getByText("Saved €3.42 (€1.90 to €4.86), from 21 days.").waitFor();
  await close();
});

test("the grid operator's quarter hours are brought in on the Energy page", async () => {
  const { page, errors, close } = await open("energy/", { answers: ENERGY.full });
  const card = page.locator("section").filter({ hasText: "Bring in what your grid operator" });
  const choose = (text: string) =>
    card
      .getByLabel(/File of the portal/)
      .setInputFiles({ name: "Zähler 1.csv", mimeType: "text/csv", buffer: Buffer.from(text) });
  await choose("Liebe Kundin, es gibt keine Werte");
  await card.getByRole("alert").waitFor();
  const rows = [...Array(96)].map((_, slot) => {
    const clock = [slot / 4, (slot % 4) * 15].map((part) =>
      String(Math.floor(part)).padStart(2, "0"),
    );
    return `01.11.2026 ${clock.join(":")};0,1${String(slot % 10)}0`;
  });
  await choose(["Datum und Uhrzeit;Verbrauch (kWh)", ...rows].join("\n"));
  await card.getByText(/\d+ quarter hours, 1 Nov, 00:00 – 2 Nov, 00:00/).waitFor();
  await card.getByRole("button", { name: "Import" }).click();
  await card.getByText(/Done: \d+ values are new/).waitFor();
  expect(errors).toEqual([]);
  await close();
});

test("whoever is no administrator is not asked for a file", async () => {
  const visitor = { ...session, user: { isAdmin: false } };
  const answers = { ...ENERGY.full, session: visitor };
  const { page, close } = await open("energy/", { answers });
  await page.getByRole("heading", { name: "What did shifting it save?" }).waitFor();
  expect(await page.getByText("Bring in what your grid operator").count()).toBe(0);
  await close();
});

test("without a broker it is said where to get one: in Home Assistant, or by its address", async () => {
  const sources = async (mode: string) => {
    const answers = { ...OUTSIDE, session: { ...session, mode } };
    const { page, close } = await open("energy/sources/", { answers });
    await page.getByRole("heading", { name: "Shown in Home Assistant" }).waitFor();
    const text = await page.getByText(/MQTT integration/).textContent();
    await close();
    return text;
  };
  expect(await sources("app")).toMatch(/^Install the Mosquitto app/);
  expect(await sources("direct")).toMatch(/^Enter your MQTT broker as mqtt_url/);
});

test("without a meter the page says which one would do", async () => {
  const { page, close } = await open("energy/", { answers: ENERGY.empty });
  await page.getByRole("heading", { name: "Your electricity meter is missing" }).waitFor();
  await page.getByText(/a P1 reader or HomeWizard/).waitFor();
  await close();
});

test("Home shows price, carbon and power of now", async () => {
  const { page, close } = await open("", { answers: OUTSIDE });
  const strip = page.getByRole("link", { name: /Energy now/ });
  await strip.getByText("Electricity €0.300 per kWh").waitFor();
  await strip.getByText("the house draws 420").waitFor();
  await close();
});

test("on a phone the later places are behind More", async () => {
  const { page, close } = await open("", {
    answers: OUTSIDE,
    viewport: { width: 360, height: 800 },
  });
  await page.getByRole("button", { name: "More" }).click();
  await page.getByRole("link", { name: "Devices" }).click();
  await page.getByRole("heading", { level: 1, name: "Devices" }).waitFor();
  await close();
});

test("with all of its data energy fits a phone in a language of long words", async () => {
  const texts = { ...enEnergy, ...enSurroundings };
  const { page, close } = await open("energy/", {
    ...{ answers: ENERGY.full, viewport: { width: 390, height: 844 } },
    first: (one) => translateToLongWords(one, texts),
  });
  for (const path of PAGES) {
    await page.goto(`${at.proxy.url}${path}`);
    await page.getByRole("heading", { level: 2 }).first().waitFor();
    await page.waitForLoadState("networkidle");
    expect(await sidewaysOf(page), `${path} scrolls sideways`).toEqual({ pixels: 0, by: [] });
  }
  await close();
});

for (const width of [320, 720, 1440]) {
  for (const colorScheme of ["light", "dark"] as const) {
    test(`at ${width} px and ${colorScheme} energy can be used by everybody`, async () => {
      for (const answers of [ENERGY.full, ENERGY.empty]) {
        const { page, close } = await open("energy/", {
          ...{ answers, colorScheme, viewport: { width, height: 800 } },
        });
        for (const path of PAGES) {
          await page.goto(`${at.proxy.url}${path}`);
          await page.getByRole("heading", { level: 2 }).first().waitFor();
          await page.waitForLoadState("networkidle");
          expect(await sidewaysOf(page), `${path} scrolls sideways`).toEqual({ pixels: 0, by: [] });
          expect(await obstaclesOn(page), path).toEqual([]);
        }
        await close();
      }
    }, 120_000);
  }
}
