import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type BrowserHouse, openBrowserHouse } from "#support/browser-house.ts";
import { openAnswered } from "./answered.ts";
import { ENERGY, OUTSIDE, session } from "./energy-answers.ts";

let at: BrowserHouse;

beforeAll(async () => {
  at = await openBrowserHouse();
});

afterAll(() => at?.[Symbol.asyncDispose]());

const open = (path: string, answered: Parameters<typeof openAnswered>[2]) =>
  openAnswered(at, path, answered);

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
  await page.getByText("Can be chosen: ENTSO-E.").waitFor();
  expect(await page.getByText(/Can be chosen:/).count()).toBe(1);
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

test("Home shows price, carbon and power of now", async () => {
  const { page, close } = await open("", { answers: OUTSIDE });
  const strip = page.getByRole("link", { name: /Energy now/ });
  await strip.getByText("Electricity €0.300 per kWh").waitFor();
  await strip.getByText("The house draws 420").waitFor();
  await close();
});
