import { afterAll, beforeAll, expect, test } from "vitest";
import { type BrowserHouse, openBrowserHouse } from "#support/browser-house.ts";
import { translateToLongWords } from "#support/long-words.ts";
import { obstaclesOn, sidewaysOf } from "#support/page-checks.ts";
import { enEnergy } from "../../homeiq/ui/src/lib/i18n/en-energy.ts";
import { enSurroundings } from "../../homeiq/ui/src/lib/i18n/en-surroundings.ts";
import { openAnswered } from "./answered.ts";
import { ENERGY, NOW, OUTSIDE, session } from "./energy-answers.ts";

const PAGES = ["energy/", "energy/surroundings/", "energy/sources/"];

let at: BrowserHouse;

beforeAll(async () => {
  at = await openBrowserHouse();
});

afterAll(() => at?.[Symbol.asyncDispose]());

const open = (path: string, answered: Parameters<typeof openAnswered>[2]) =>
  openAnswered(at, path, answered);

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

test("what the panels are to make stands in the forecast, as Home Assistant says it", async () => {
  const { page, close } = await open("energy/", { answers: ENERGY.full });
  const plot = page.getByRole("group", { name: /in the next 48 hours/ });
  await plot.focus();
  await page.keyboard.press("Home");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  await plot
    .getByRole("status")
    .getByText(/ · sun 1,200 W/)
    .waitFor();
  await page.getByText("Sun, by Home Assistant's forecast").waitFor();
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

test("without a meter the page says which one would do", async () => {
  const { page, close } = await open("energy/", { answers: ENERGY.empty });
  await page.getByRole("heading", { name: "Your electricity meter is missing" }).waitFor();
  await page.getByText(/a P1 reader or HomeWizard/).waitFor();
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
