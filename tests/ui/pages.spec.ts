import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type BrowserHouse, openBrowserHouse } from "#support/browser-house.ts";
import { eventually } from "#support/eventually.ts";
import { obstaclesOn, sidewaysOf } from "#support/page-checks.ts";
import { EVERY_PAGE } from "./every-page.ts";

const LIGHT = "light.kitchen_ceiling_light";

let at: BrowserHouse;

beforeAll(async () => {
  at = await openBrowserHouse();
});

afterAll(() => at?.[Symbol.asyncDispose]());

const heading = (page: Page) => page.getByRole("heading", { level: 1 });

test("Home shows the house, and a light switched on appears while one looks", async () => {
  const { page, errors, close } = await at.open("");
  await page.getByRole("heading", { name: "Just happened" }).waitFor();
  await eventually(
    "the headline speaks of the house",
    async () => /well|look/.test((await heading(page).textContent()) ?? "") || undefined,
  );
  const { state } = await at.homeiq.get<{ state: string }>(`/api/v1/entities/${LIGHT}`);
  const wanted = state === "on" ? "off" : "on";
  await at.house.order("set-state", { entityId: LIGHT, state: wanted });
  await page.getByText("Kitchen ceiling light").first().waitFor();
  expect(errors).toEqual([]);
  await close();
});

test("Home counts causes that look alike, such as scripts and scenes, in one bar", async () => {
  const bucket = { start: Date.now() - 60_000, total: 5, byCause: { script: 2, scene: 3 } };
  const stats = {
    ...{ period: "1h", from: bucket.start, to: Date.now(), bucketMs: 60_000, total: 5 },
    ...{ buckets: [bucket], byArea: [], byEntity: [] },
    byCause: [
      { key: "scene", total: 3 },
      { key: "script", total: 2 },
    ],
  };
  const { page, errors, close } = await at.open("", {
    prepare: (one) => one.route("**/events/stats?*", (route) => route.fulfill({ json: stats })),
  });
  await page.getByRole("img", { name: /^5 changes in the last hour/ }).waitFor();
  expect(errors).toEqual([]);
  await close();
});

test("of much that needs a look Home shows the first, and the rest on request", async () => {
  for (let n = 1; n <= 9; n += 1) {
    await at.house.order("add-entity", {
      entityId: `sensor.spare_${n}_battery`,
      state: "4",
      attributes: {
        device_class: "battery",
        unit_of_measurement: "%",
        friendly_name: `Spare ${n}`,
      },
    });
  }
  const { page, errors, close } = await at.open("");
  const spares = page.getByRole("listitem").filter({ hasText: /^\s*Spare \d: battery at 4 %/ });
  await spares.first().waitFor();
  expect(await spares.count()).toBeLessThanOrEqual(6);
  await page
    .getByRole("button", { name: /^Show \d+ more$/ })
    .first()
    .click();
  expect(await spares.count()).toBe(9);
  expect(errors).toEqual([]);
  await close();
});

test("one can walk through all places, reload any of them and go back", async () => {
  const { page, errors, close } = await at.open("", { viewport: { width: 1440, height: 900 } });
  for (const place of ["Suggestions", "History", "Devices", "System"]) {
    await page
      .getByRole("navigation", { name: "Places" })
      .getByRole("link", { name: place })
      .click();
    await page.getByRole("heading", { level: 1, name: place }).waitFor();
    await page.reload();
    await page.getByRole("heading", { level: 1, name: place }).waitFor();
  }
  await page.goBack();
  await page.getByRole("heading", { level: 1, name: "Devices" }).waitFor();
  expect(errors).toEqual([]);
  expect(at.proxy.strays).toEqual([]);
  await close();
});

test("an entity is found by its name and shows what happened to it", async () => {
  const { page, close } = await at.open("");
  await heading(page).waitFor();
  await page.keyboard.press("Control+k");
  await page.getByRole("searchbox").fill("kitchen ceiling");
  await page.getByRole("button", { name: /Kitchen ceiling light/ }).click();
  await page.getByRole("heading", { level: 1, name: "Kitchen ceiling light" }).waitFor();
  await page.getByRole("heading", { name: "The last changes" }).waitFor();
  await page.reload();
  await page.getByRole("heading", { level: 1, name: "Kitchen ceiling light" }).waitFor();
  await close();
});

test("when Home Assistant goes away the page says so, and says when it is back", async () => {
  const { page, close } = await at.open("system/");
  await page.getByText("connected", { exact: true }).waitFor();
  const restarted = at.house.order("restart", { downMs: 2500 });
  await page.getByText(/Home Assistant is away/).waitFor();
  await restarted;
  await page.getByText("connected", { exact: true }).waitFor();
  await close();
});

test("a wrong line in the filter is named before anything is changed", async () => {
  const { page, close } = await at.open("system/");
  await page.getByLabel("Leave out, one per line").fill("domain:light\nnonsense");
  await page.getByRole("button", { name: "Show what this drops" }).click();
  await page.getByText(/Line 2 is not one of/).waitFor();
  await page.getByLabel("Leave out, one per line").fill("domain:light");
  await page.getByRole("button", { name: "Show what this drops" }).click();
  await page.getByText(/Drops \d+ of \d+ entities/).waitFor();
  await close();
});

test("a page whose data cannot be had says what to do, and a second try works", async () => {
  const { page, close } = await at.open("");
  let broken = true;
  await page.route("**/api/v1/areas", (route) =>
    broken
      ? route.fulfill({
          status: 503,
          json: { error: { code: "store.disk", message: "The database cannot be used now" } },
        })
      : route.continue(),
  );
  await page.goto(`${at.proxy.url}devices/areas/`);
  await page.getByRole("alert").getByText("The database cannot be used now").waitFor();
  broken = false;
  await page.getByRole("button", { name: "Try again" }).click();
  await page.getByRole("heading", { level: 2, name: "Kitchen" }).waitFor();
  await close();
});

for (const width of [360, 1440]) {
  for (const colorScheme of ["light", "dark"] as const) {
    test(`at ${width} px and ${colorScheme} every page can be used by everybody`, async () => {
      const { page, close } = await at.open("", { viewport: { width, height: 800 }, colorScheme });
      for (const path of EVERY_PAGE) {
        await page.goto(`${at.proxy.url}${path}`);
        await heading(page).waitFor();
        await page.waitForLoadState("networkidle");
        expect(await sidewaysOf(page), `${path} scrolls sideways`).toEqual({ pixels: 0, by: [] });
        expect(await obstaclesOn(page), path).toEqual([]);
      }
      await close();
    }, 180_000); // twenty-five pages, each of them examined
  }
}
