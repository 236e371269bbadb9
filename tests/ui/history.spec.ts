import { readFileSync } from "node:fs";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type BrowserHouse, openBrowserHouse } from "#support/browser-house.ts";
import { eventually } from "#support/eventually.ts";

const LIGHT = "light.kitchen_ceiling_light";
const THERMOMETER = "sensor.bathroom_climate_sensor_temperature";

let at: BrowserHouse;

beforeAll(async () => {
  at = await openBrowserHouse();
  for (const state of ["on", "off", "on"]) {
    await at.house.order("set-state", { entityId: LIGHT, state });
  }
  for (const state of ["20.5", "21.5"]) {
    await at.house.order("set-state", { entityId: THERMOMETER, state });
  }
  await eventually("what happened is stored", async () => {
    const query = `entity=${LIGHT},${THERMOMETER}`;
    const { events } = await at.homeiq.get<{ events: unknown[] }>(`/api/v1/events?${query}`);
    return events.length >= 4 || undefined;
  });
});

afterAll(() => at?.[Symbol.asyncDispose]());

async function choose(page: Page, text: string, name: RegExp) {
  await page.getByRole("combobox", { name: "Add an entity, a device or an area" }).fill(text);
  await page.getByRole("option", { name }).first().click();
}
const chosen = (page: Page) => page.getByRole("list", { name: "What is shown" });

test("two entities are seen side by side, closer by a button, and a link shows the same", async () => {
  const { page, errors, close } = await at.open("history/explore/");
  await choose(page, "kitchen ceiling light", /Kitchen ceiling light/);
  await choose(page, "bathroom climate sensor temp", /Bathroom climate sensor Temperature/);
  await page.keyboard.press("Escape");
  await page.getByRole("heading", { level: 2, name: /Kitchen ceiling light was “on”/ }).waitFor();
  await page.getByRole("heading", { level: 2, name: /Bathroom.+between .+ and .+ °C/ }).waitFor();

  const asked = page.waitForRequest((request) => request.url().includes("/api/v1/history?"));
  await page.getByRole("button", { name: "7 d", exact: true }).click();
  const week = new URL((await asked).url()).searchParams;
  expect(Number(week.get("to")) - Number(week.get("from"))).toBeGreaterThan(7 * 86_400_000);
  await page.getByRole("button", { name: "Closer" }).click();
  await page.waitForURL(/from=\d+&to=\d+/);
  const link = new URL(page.url()).searchParams;
  expect(link.get("entity")).toBe(`${LIGHT},${THERMOMETER}`);
  expect(Number(link.get("to")) - Number(link.get("from"))).toBeCloseTo(3.5 * 86_400_000, -4);

  await page.reload();
  await chosen(page).getByText("Bathroom climate sensor Temperature").waitFor();
  await chosen(page).getByRole("button", { name: "Remove Kitchen ceiling light" }).click();
  await page.waitForURL((url) => url.searchParams.get("entity") === THERMOMETER);
  expect(errors).toEqual([]);
  expect(at.proxy.strays).toEqual([]);
  await close();
});

test("a scene was activated, whose state is but a moment; a link without its entity leads to all", async () => {
  for (const state of ["2026-11-26T19:04:14.665+00:00", "2026-11-27T01:38:30.429+00:00"]) {
    await at.house.order("set-state", { entityId: "scene.movie_night", state });
  }
  await eventually("both are stored", async () => {
    const query = "entity=scene.movie_night&kind=state";
    const { events } = await at.homeiq.get<{ events: unknown[] }>(`/api/v1/events?${query}`);
    return events.length > 0 || undefined;
  });
  const { page, errors, close } = await at.open("history/?entity=scene.movie_night");
  await page.getByText("was activated").first().waitFor();
  expect(await page.locator(".events").textContent()).not.toContain("T01:38");
  await page.goto(`${at.proxy.url}devices/entity/`);
  await page.waitForURL(/devices\/?$/);
  expect(errors).toEqual([]);
  await close();
});

test("a whole area is added with one tap, and the values under the crosshair come by keyboard", async () => {
  const { page, close } = await at.open("history/explore/");
  await choose(page, "kitchen", /Kitchen.*area/);
  await chosen(page).getByText("Kitchen ceiling light").waitFor();
  const plot = page.getByRole("group", { name: /was “|quiet|longest/ }).last();
  await plot.focus();
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("+");
  await page.waitForURL(/from=\d+&to=\d+/);
  await close();
});

test("the heat map says when most happens, and any hour tells its number", async () => {
  const { page, close } = await at.open("history/activity/?period=7d&by=all");
  await page.getByRole("heading", { level: 2, name: /^Most happens on \w+ at / }).waitFor();
  await page.getByRole("button", { name: /^Sunday 3:00 AM to 4:00 AM: / }).click();
  await page
    .getByRole("status")
    .getByText(/^Sunday 3:00 AM to 4:00 AM: /)
    .waitFor();
  await page.getByRole("heading", { level: 2, name: /is busiest: \d+ % of all changes/ }).waitFor();
  await page.getByRole("button", { name: "As a table" }).first().click();
  await page.getByRole("cell", { name: "Sunday" }).waitFor();
  await close();
});

test("an entity that costs too much is left out with one tap, and put back with another", async () => {
  const { page, close } = await at.open("system/storage/");
  await page.getByRole("heading", { level: 2, name: /^History takes / }).waitFor();
  const before = await at.homeiq.get<{ rules: unknown[] }>("/api/v1/filter");
  await page.getByRole("searchbox", { name: "Name or entity id" }).fill(LIGHT);
  await page.getByRole("button", { name: "Stop recording Kitchen ceiling light" }).click();
  await page.getByText("Kitchen ceiling light is not recorded any more.").waitFor();
  const { recorded } = await at.homeiq.get<{ recorded: boolean }>(`/api/v1/entities/${LIGHT}`);
  expect(recorded).toBe(false);

  // Meanwhile somebody else leaves out something else: that stays.
  const now = await at.homeiq.get<{ rules: unknown[] }>("/api/v1/filter");
  const other = { by: "domain", pattern: "update" };
  await fetch(`${at.homeiq.url}/api/v1/filter`, {
    method: "PUT",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ ...now, rules: [...now.rules, other] }),
  });
  await page.getByRole("button", { name: "Undo" }).first().click();
  await page.getByText("Kitchen ceiling light is recorded again.").waitFor();
  expect(await at.homeiq.get("/api/v1/filter")).toEqual({ ...before, rules: [other] });
  await close();
});

test("before less is kept, the page says what that would delete", async () => {
  const { page, close } = await at.open("system/storage/");
  await page.getByLabel("Every change", { exact: true }).selectOption({ label: "30 days" });
  await page.getByText("Saving deletes nothing.").waitFor(); // the house is minutes old
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByText("It takes effect with the next nightly run.").waitFor();
  await page.getByRole("button", { name: "Undo" }).click();
  await page.getByText("As it was before.").waitFor();
  await close();
});

test("what one looks at is downloaded as a file, in the same window", async () => {
  const { page, close } = await at.open(`history/explore/?entity=${LIGHT}&period=24h`);
  await page.getByRole("button", { name: "Export" }).click();
  await page.getByLabel("JSON lines").check();
  const link = page.getByRole("link", { name: "Download" });
  expect(await link.getAttribute("target")).toBeNull();
  const [download] = await Promise.all([page.waitForEvent("download"), link.click()]);
  const lines = readFileSync(await download.path(), "utf8")
    .trim()
    .split("\n");
  expect(lines.length).toBeGreaterThan(1);
  for (const line of lines) expect(line).toContain(LIGHT);
  expect(at.proxy.strays).toEqual([]);
  await close();
});
