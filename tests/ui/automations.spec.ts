import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launchChromium } from "#support/chromium.ts";
import { eventually } from "#support/eventually.ts";
import { buildHomeIq, type Running, runHomeIq, runHouse } from "#support/home-iq-process.ts";
import { type IngressProxy, startIngressProxy } from "#support/ingress-proxy.ts";

const ENTITY = "automation.evening_balcony_light";

let house: Awaited<ReturnType<typeof runHouse>>;
let homeiq: Running;
let proxy: IngressProxy;
let browser: Browser;

beforeAll(async () => {
  buildHomeIq();
  house = await runHouse(["--preset", "flat", "--seed", "4", "--days", "1"]);
  homeiq = await runHomeIq({ HA_URL: house.url, HA_TOKEN: "fake-token" });
  proxy = await startIngressProxy({ target: homeiq.url });
  browser = await launchChromium();
  await eventually("the automations are known", async () => {
    const { automations } = await homeiq.get<{ automations: unknown[] }>("/api/v1/automations");
    return automations.length > 0 || undefined;
  });
});

afterAll(async () => {
  await browser?.close();
  await proxy?.close();
  await homeiq?.stop();
  await house?.stop();
});

async function open(path: string) {
  const context = await browser.newContext();
  const page = await context.newPage();
  const errors: string[] = [];
  page.on("pageerror", (error) => errors.push(error.message));
  await page.goto(`${proxy.url}${path}`);
  return { page, errors, close: () => context.close() };
}

test("an automation is found in the list and read back as a sentence whose entities are links", async () => {
  const { page, errors, close } = await open("automations/");
  await page.getByRole("searchbox", { name: "Search automations" }).fill("balcony");
  await page.getByRole("link", { name: /Evening balcony light/ }).click();
  await page.getByRole("heading", { level: 1, name: "Evening balcony light" }).waitFor();
  await page.getByText("10 min after the sun sets").waitFor();
  const link = page.getByRole("link", { name: "Balcony ceiling light" });
  expect(await link.getAttribute("href")).toContain("entity=light.balcony_ceiling_light");
  expect(errors).toEqual([]);
  await close();
});

test("a change is checked, shown line by line, deployed after a yes, and undone", async () => {
  const { page, errors, close } = await open(`automations/automation/?entity=${ENTITY}`);
  await page.getByRole("button", { name: "Change" }).click();
  const editor = page.getByRole("textbox", { name: "As YAML" });
  await editor.getByText("00:10:00").waitFor();
  // Not read off the page: the editor draws only the lines that are in view.
  const { yaml: text } = await homeiq.get<{ yaml: string }>(`/api/v1/automations/${ENTITY}`);
  await editor.fill(text.replace("00:10:00", "00:20:00"));
  await page.getByRole("button", { name: "Check" }).click();
  await page.getByText("No errors. You can review and approve it.").waitFor();
  await page.getByText("20 min after the sun sets").waitFor();
  await page.getByRole("button", { name: "Review and approve" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByText("Change “Evening balcony light” in Home Assistant?").waitFor();
  const changed = await dialog.getByRole("listitem").filter({ hasText: /added:|removed:/ });
  expect(await changed.count()).toBe(2);
  await dialog.getByRole("button", { name: "Approve and deploy" }).click();
  await page.waitForURL(/automations\/automation\/?\?/);
  await page.getByText("20 min after the sun sets").waitFor();
  await page.getByRole("button", { name: "Undo the last change" }).click();
  await page.getByText("10 min after the sun sets").waitFor();
  expect(errors).toEqual([]);
  await close();
});

test("a draft with a mistake says what is wrong and in which line, and cannot be approved", async () => {
  const { page, errors, close } = await open("automations/draft/");
  const editor = page.getByRole("textbox", { name: "As YAML" });
  await editor.getByText("trigger: state").waitFor();
  await editor.fill(
    "alias: Wrong\ntriggers:\n  - trigger: numeric_state\n    entity_id: sensor.a\nactions: []\n",
  );
  await page.getByRole("button", { name: "Check" }).click();
  await page.getByRole("button", { name: /Error line 3/ }).waitFor();
  const approve = page.getByRole("button", { name: "Review and approve" });
  expect(await approve.isDisabled()).toBe(true);
  expect(errors).toEqual([]);
  await close();
});
