import type { BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type BrowserHouse, openBrowserHouse } from "#support/browser-house.ts";
import { obstaclesOn, sidewaysOf } from "#support/page-checks.ts";
import { ENERGY, NOW, OUTSIDE } from "./energy-answers.ts";

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
  { answers, ...options }: BrowserContextOptions & { answers: Answers },
) =>
  at.open(path, {
    locale: "en-GB",
    ...options,
    prepare: async (page) => {
      await page.clock.install({ time: NOW });
      await page.route(/\/api\/v1\/(surroundings|energy|session|statistics)/, (route) => {
        const [, key = ""] = new URL(route.request().url()).pathname.split("/api/v1/");
        const answer = answers[key];
        if (answer === undefined) return route.continue();
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

test("what happened in the games of the household is listed, the newest first", async () => {
  const { page, close } = await open("energy/surroundings/", { answers: OUTSIDE });
  await page.getByRole("heading", { name: "What happened last" }).waitFor();
  const [first, second] = await page.getByText(/Rapid Wien – Austria Wien/).allTextContents();
  expect(first).toContain("is over");
  expect(second).toContain("Rapid Wien scored: Rapid Wien – Austria Wien 2 : 1");
  await close();
});

test("what appointments mean for the home is said with its reason, and how right that was", async () => {
  const { page, close } = await open("energy/surroundings/", { answers: OUTSIDE });
  await page.getByText(/“Visit of Ada”, by the word “visit”, 75 % sure/).waitFor();
  await page.getByText(/Probably nobody at home: 27 Nov, 13:00 – 17:00/).waitFor();
  await page.getByText(/Of 500 hours foreseen a day before 91 % were right/).waitFor();
  await close();
});

test("what is out of date says how old it is and why", async () => {
  const { page, close } = await open("energy/surroundings/", { answers: OUTSIDE });
  await ofPage(page).getByText("out of date").waitFor();
  await page.getByText(/3 hours old/).waitFor();
  await page.getByText(/The vendor does not answer. HomeIQ tries again by itself/).waitFor();
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
  await page.getByText(/The key was refused. Complete it in the options/).waitFor();
  await page.getByText("unconfigured · tibber.key").waitFor();
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

for (const width of [360, 720, 1440]) {
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
