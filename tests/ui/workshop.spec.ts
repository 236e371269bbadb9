import { readFileSync } from "node:fs";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { AutomationDetail, Deployed, Draft } from "#src/ai/automations/automations.ts";
import { launchChromium } from "#support/chromium.ts";
import { eventually } from "#support/eventually.ts";
import { buildHomeIq, type Running, runHomeIq, runHouse } from "#support/home-iq-process.ts";
import { type IngressProxy, startIngressProxy } from "#support/ingress-proxy.ts";

const LIGHT = "light.kitchen_ceiling_light";
const OTHER_LIGHT = "light.bedroom_ceiling_light";

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

async function ask<T>(path: string, body: object): Promise<T> {
  const answer = await fetch(`${homeiq.url}/api/v1/automations${path}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  return (await answer.json()) as T;
}

const lightAt = (alias: string, action: string, entityId = LIGHT) => ({
  alias,
  triggers: [{ trigger: "time", at: "22:00:00" }],
  conditions: [],
  actions: [{ action: `light.${action}`, target: { entity_id: entityId } }],
  mode: "single",
});

async function deploy(config: object): Promise<string> {
  const draft = await ask<Draft>("/drafts", { source: JSON.stringify(config) });
  const { entityId } = await ask<Deployed>(`/drafts/${draft.id}/approve`, { hash: draft.hash });
  if (!entityId) throw new Error("it was not deployed");
  return entityId;
}

async function open(path: string) {
  const context = await browser.newContext({
    acceptDownloads: true,
    permissions: ["clipboard-read", "clipboard-write"],
  });
  const page = await context.newPage();
  const errors: string[] = [];
  page.on("pageerror", (error) => errors.push(error.message));
  await page.goto(`${proxy.url}${path}`);
  return { page, errors, close: () => context.close() };
}

test("two that contradict each other are found and shown side by side, with when they would meet", async () => {
  await deploy(lightAt("Kitchen bright", "turn_on"));
  await deploy(lightAt("Kitchen dark", "turn_off"));
  const { page, errors, close } = await open("automations/findings/");
  const finding = page.getByRole("listitem").filter({ hasText: "Kitchen dark" });
  await finding.getByRole("link", { name: "See them side by side" }).first().click();
  await page.getByRole("heading", { level: 2, name: "Kitchen bright" }).waitFor();
  await page.getByRole("heading", { level: 2, name: "Kitchen dark" }).waitFor();
  expect(await page.getByRole("link", { name: "Kitchen ceiling light" }).count()).toBeGreaterThan(
    1,
  );
  await page.getByRole("button", { name: "Play back" }).click();
  await page.getByText(/In the last 30 days they would (not )?have met/).waitFor();
  expect(errors).toEqual([]);
  await close();
});

test("an automation is downloaded and copied as YAML, and becomes a blueprint with a chosen input", async () => {
  const entity = await deploy(lightAt("Bedroom at ten", "turn_on", OTHER_LIGHT));
  const { page, errors, close } = await open(`automations/automation/?entity=${entity}`);
  const { yaml } = await homeiq.get<{ yaml: string }>(`/api/v1/automations/${entity}`);
  const downloaded = async (name: string) => {
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name }).click(),
    ]);
    return {
      name: download.suggestedFilename(),
      text: readFileSync(await download.path(), "utf8"),
    };
  };
  expect(await downloaded("Download as YAML")).toEqual({ name: "bedroom_at_ten.yaml", text: yaml });
  await page.getByRole("button", { name: "Copy as YAML" }).click();
  await page.getByText("Copied.").waitFor();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(yaml);
  await page.getByText("As a blueprint").click();
  await page.getByRole("checkbox", { name: /Bedroom ceiling light/ }).check();
  const blueprint = await downloaded("Download the blueprint");
  expect(blueprint.name).toBe("bedroom_at_ten-blueprint.yaml");
  expect(blueprint.text).toMatch(/^blueprint:/);
  expect(blueprint.text).toContain("!input");
  expect(blueprint.text).toContain(OTHER_LIGHT); // the suggestion
  expect(errors).toEqual([]);
  await close();
});

test("what people undid becomes a draft with a condition by one tap", async () => {
  const entity = await deploy(lightAt("Unloved light", "turn_on", OTHER_LIGHT));
  const overrides = async () =>
    (await homeiq.get<AutomationDetail>(`/api/v1/automations/${entity}`)).probation;
  await house.order("press-physical", { entityId: OTHER_LIGHT, state: "off" });
  for (let n = 1; n <= 3; n += 1) {
    await house.order("run-automation", { entityId: entity });
    await eventually("it ran", async () => ((await overrides())?.runs ?? 0) >= n || undefined);
    await house.order("press-physical", { entityId: OTHER_LIGHT, state: "off" });
    await eventually(
      "it is seen as undone",
      async () => (await overrides())?.overrides === n || undefined,
    );
  }
  const { page, errors, close } = await open(`automations/automation/?entity=${entity}`);
  await page.getByText(/People undid it 3 times between/).waitFor();
  await page.getByRole("button", { name: "Draft this condition" }).click();
  await page.waitForURL(/automations\/draft\/?\?/);
  await page.getByRole("textbox", { name: "As YAML" }).getByText("condition: time").waitFor();
  expect(errors).toEqual([]);
  await close();
});

test("scripts and scenes have their own list, are read back in words, and are drafted", async () => {
  const { page, errors, close } = await open("automations/");
  await page.getByRole("button", { name: "Scenes" }).click();
  await page.getByRole("link", { name: /Movie night/ }).waitFor();
  await page.getByRole("button", { name: "Scripts" }).click();
  await page.getByRole("link", { name: /Good night/ }).waitFor();
  await page.getByRole("link", { name: "New script" }).click();
  const editor = page.getByRole("textbox", { name: "As YAML" });
  await editor.getByText("sequence:").waitFor();
  await editor.fill(
    `alias: Lights out\nsequence:\n  - action: light.turn_off\n    target:\n      entity_id: ${LIGHT}\n`,
  );
  await page.getByRole("button", { name: "Check" }).click();
  await page.getByText("No errors. You can review and approve it.").waitFor();
  await page.getByRole("button", { name: "Review and approve" }).click();
  const dialog = page.getByRole("dialog", { name: "Put “Lights out” into Home Assistant?" });
  await dialog.getByRole("button", { name: "Approve and deploy" }).click();
  await page.getByRole("heading", { level: 1, name: "Lights out" }).waitFor();
  await page.getByText("turn off Kitchen ceiling light").waitFor();
  await page.getByRole("link", { name: "Scripts" }).click();
  await page.getByRole("link", { name: /Lights out/ }).waitFor();
  expect(errors).toEqual([]);
  await close();
});

test("a page shows a run as it happens, and keeps what was asked for on it", async () => {
  const entity = await deploy(lightAt("Watched light", "turn_on"));
  const { page, errors, close } = await open(`automations/automation/?entity=${entity}`);
  await page.getByText("Home Assistant has no traces of it.").waitFor();
  await page.getByRole("button", { name: "What would it do now?" }).click();
  const asked = page.getByText("light.turn_on: Kitchen ceiling light");
  await asked.waitFor();
  await house.order("run-automation", { entityId: entity });
  await page.getByText("Home Assistant has no traces of it.").waitFor({ state: "detached" });
  expect(await asked.isVisible()).toBe(true);
  expect(errors).toEqual([]);
  await close();
});
