import { AxeBuilder } from "@axe-core/playwright";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launchChromium } from "#support/chromium.ts";
import { eventually } from "#support/eventually.ts";
import { buildHomeIq, type Running, runHomeIq, runHouse } from "#support/home-iq-process.ts";
import { type IngressProxy, startIngressProxy } from "#support/ingress-proxy.ts";

const PAGES = [
  "",
  "history/",
  `history/explore/?entity=light.kitchen_ceiling_light,sensor.bathroom_climate_sensor_temperature`,
  "history/activity/",
  "devices/",
  "devices/list/",
  "devices/areas/",
  "system/",
  "system/storage/",
  "automations/",
  "automations/?kind=script",
  "automations/?kind=scene",
  "automations/automation/?entity=script.good_night",
  "automations/automation/?entity=scene.movie_night",
  "automations/automation/?entity=automation.evening_balcony_light",
  "automations/drafts/",
  "automations/draft/",
  "automations/log/",
  "automations/findings/",
  "automations/repairs/",
  `automations/conflict/?code=lint.duplicate&about=automation.evening_balcony_light,automation.hallway_light_on_motion`,
];
const LIGHT = "light.kitchen_ceiling_light";

let house: Awaited<ReturnType<typeof runHouse>>;
let homeiq: Running;
let proxy: IngressProxy;
let browser: Browser;

beforeAll(async () => {
  buildHomeIq();
  house = await runHouse(["--preset", "flat", "--seed", "4", "--days", "0"]);
  homeiq = await runHomeIq({ HA_URL: house.url, HA_TOKEN: "fake-token" });
  proxy = await startIngressProxy({ target: homeiq.url });
  browser = await launchChromium();
});

afterAll(async () => {
  await browser?.close();
  await proxy?.close();
  await homeiq?.stop();
  await house?.stop();
});

async function open(path: string, options: Parameters<Browser["newContext"]>[0] = {}) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const errors: string[] = [];
  page.on("pageerror", (error) => errors.push(error.message));
  await page.goto(`${proxy.url}${path}`);
  return { page, errors, close: () => context.close() };
}

const heading = (page: Page) => page.getByRole("heading", { level: 1 });

test("Home shows the house, and a light switched on appears while one looks", async () => {
  const { page, errors, close } = await open("");
  await page.getByRole("heading", { name: "Just happened" }).waitFor();
  await eventually(
    "the headline speaks of the house",
    async () => /well|look/.test((await heading(page).textContent()) ?? "") || undefined,
  );
  const { state } = await homeiq.get<{ state: string }>(`/api/v1/entities/${LIGHT}`);
  const wanted = state === "on" ? "off" : "on";
  await house.order("set-state", { entityId: LIGHT, state: wanted });
  await page.getByText("Kitchen ceiling light").first().waitFor();
  expect(errors).toEqual([]);
  await close();
});

test("one can walk through all places, reload any of them and go back", async () => {
  const { page, errors, close } = await open("", { viewport: { width: 1440, height: 900 } });
  for (const place of ["History", "Devices", "System"]) {
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
  expect(proxy.strays).toEqual([]);
  await close();
});

test("an entity is found by its name and shows what happened to it", async () => {
  const { page, close } = await open("");
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
  const { page, close } = await open("system/");
  await page.getByText("connected", { exact: true }).waitFor();
  const restarted = house.order("restart", { downMs: 2500 });
  await page.getByText(/Home Assistant is away/).waitFor();
  await restarted;
  await page.getByText("connected", { exact: true }).waitFor();
  await close();
});

test("a wrong line in the filter is named before anything is changed", async () => {
  const { page, close } = await open("system/");
  await page.getByLabel("Leave out, one per line").fill("domain:light\nnonsense");
  await page.getByRole("button", { name: "Show what this drops" }).click();
  await page.getByText(/Line 2 is not one of/).waitFor();
  await page.getByLabel("Leave out, one per line").fill("domain:light");
  await page.getByRole("button", { name: "Show what this drops" }).click();
  await page.getByText(/Drops \d+ of \d+ entities/).waitFor();
  await close();
});

test("a page whose data cannot be had says what to do, and a second try works", async () => {
  const { page, close } = await open("");
  let broken = true;
  await page.route("**/api/v1/areas", (route) =>
    broken
      ? route.fulfill({
          status: 503,
          json: { error: { code: "store.disk", message: "The database cannot be used now" } },
        })
      : route.continue(),
  );
  await page.goto(`${proxy.url}devices/areas/`);
  await page.getByRole("alert").getByText("The database cannot be used now").waitFor();
  broken = false;
  await page.getByRole("button", { name: "Try again" }).click();
  await page.getByRole("heading", { level: 2, name: "Kitchen" }).waitFor();
  await close();
});

for (const width of [360, 1440]) {
  for (const colorScheme of ["light", "dark"] as const) {
    test(`at ${width} px and ${colorScheme} every page can be used by everybody`, async () => {
      const { page, close } = await open("", { viewport: { width, height: 800 }, colorScheme });
      for (const path of [...PAGES, `devices/entity/?entity=${LIGHT}`]) {
        await page.goto(`${proxy.url}${path}`);
        await heading(page).waitFor();
        await page.waitForLoadState("networkidle");
        const overflow = await page.evaluate(
          () => document.documentElement.scrollWidth - window.innerWidth,
        );
        expect(overflow, `${path} scrolls sideways`).toBeLessThanOrEqual(0);
        const { violations } = await new AxeBuilder({ page }).analyze();
        const serious = violations
          .filter(({ impact }) => impact === "serious" || impact === "critical")
          .map(({ id, nodes }) => `${path}: ${id}: ${nodes[0]?.html}`);
        expect(serious).toEqual([]);
      }
      await close();
    }, 180_000); // ten pages, each of them examined
  }
}
