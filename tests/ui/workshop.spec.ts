import { readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { AutomationDetail, Deployed, Draft } from "#src/ai/automations/automations.ts";
import { type BrowserHouse, openBrowserHouse } from "#support/browser-house.ts";
import { eventually } from "#support/eventually.ts";
import { askAutomations } from "./ask-automations.ts";

const LIGHT = "light.kitchen_ceiling_light";
const OTHER_LIGHT = "light.bedroom_ceiling_light";

let at: BrowserHouse;

beforeAll(async () => {
  at = await openBrowserHouse({ days: 1 });
});

afterAll(() => at?.[Symbol.asyncDispose]());

const ask = <T>(path: string, body: object) => askAutomations<T>(at, path, body);

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

test("two that contradict each other are found and shown side by side, with when they would meet", async () => {
  await deploy(lightAt("Kitchen bright", "turn_on"));
  await deploy(lightAt("Kitchen dark", "turn_off"));
  const { page, errors, close } = await at.open("automations/findings/");
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
  const { page, errors, close } = await at.open(`automations/automation/?entity=${entity}`, {
    permissions: ["clipboard-read", "clipboard-write"],
  });
  const { yaml } = await at.homeiq.get<{ yaml: string }>(`/api/v1/automations/${entity}`);
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
    (await at.homeiq.get<AutomationDetail>(`/api/v1/automations/${entity}`)).probation;
  await at.house.order("press-physical", { entityId: OTHER_LIGHT, state: "off" });
  for (let n = 1; n <= 3; n += 1) {
    await at.house.order("run-automation", { entityId: entity });
    await eventually("it ran", async () => ((await overrides())?.runs ?? 0) >= n || undefined);
    await at.house.order("press-physical", { entityId: OTHER_LIGHT, state: "off" });
    await eventually(
      "it is seen as undone",
      async () => (await overrides())?.overrides === n || undefined,
    );
  }
  const { page, errors, close } = await at.open(`automations/automation/?entity=${entity}`);
  await page.getByText(/People undid it 3 times between/).waitFor();
  await page.getByRole("button", { name: "Draft this condition" }).click();
  await page.waitForURL(/automations\/draft\/?\?/);
  await page.getByRole("textbox", { name: "As YAML" }).getByText("condition: time").waitFor();
  expect(errors).toEqual([]);
  await close();
});

test("scripts and scenes have their own list, are read back in words, and are drafted", async () => {
  const { page, errors, close } = await at.open("automations/");
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
  const { page, errors, close } = await at.open(`automations/automation/?entity=${entity}`);
  await page.getByText("Home Assistant has no traces of it.").waitFor();
  await page.getByRole("button", { name: "What would it do now?" }).click();
  const tried = page
    .locator("section")
    .filter({ has: page.getByRole("heading", { name: "Try it" }) });
  const asked = tried.getByText("light.turn_on: Kitchen ceiling light");
  await asked.waitFor();
  await at.house.order("run-automation", { entityId: entity });
  await page.getByText("Home Assistant has no traces of it.").waitFor({ state: "detached" });
  expect(await asked.isVisible()).toBe(true);
  expect(errors).toEqual([]);
  await close();
});

test("what is made of a blueprint is shown as what it does, and its inputs are changed in a form", async () => {
  await at.house.order("add-entity", { entityId: "binary_sensor.kitchen_eye", state: "off" });
  const entity = await deploy({
    alias: "Kitchen by motion",
    use_blueprint: {
      path: "homeassistant/motion_light.yaml",
      input: { motion: "binary_sensor.kitchen_eye", light: LIGHT },
    },
  });
  const { page, errors, close } = await at.open(`automations/automation/?entity=${entity}`);
  await page.getByText("It is made of the blueprint “Motion light”.").waitFor();
  await page.getByText("turn on Kitchen ceiling light").waitFor();
  await page.getByText("120 (the blueprint’s own)").waitFor();
  await page.getByRole("button", { name: "Download without the blueprint" }).waitFor();
  await page.getByRole("button", { name: "Change", exact: true }).click();
  const motion = page.getByLabel("Motion sensor");
  await motion.fill("hallway");
  await page.locator('option[value="binary_sensor.hallway_motion_sensor_motion"]').waitFor({
    state: "attached",
  });
  await motion.fill("binary_sensor.kitchen_eye");
  await page.getByRole("spinbutton", { name: "wait" }).fill("300");
  await page.getByRole("button", { name: "Keep these values" }).click();
  await page.getByText("No errors. You can review and approve it.").waitFor();
  await page.getByRole("button", { name: "Review and approve" }).click();
  const dialog = page.getByRole("dialog", {
    name: "Change “Kitchen by motion” in Home Assistant?",
  });
  await dialog.getByText("wait: 300").waitFor();
  await dialog.getByRole("button", { name: "Approve and deploy" }).click();
  await page.getByRole("heading", { level: 1, name: "Kitchen by motion" }).waitFor();
  // The draft's page has the same heading: it is deployed a moment later.
  await eventually("the new value stands in Home Assistant", async () => {
    const { config } = await at.homeiq.get<AutomationDetail>(`/api/v1/automations/${entity}`);
    return JSON.stringify(config).includes('"wait":300') || undefined;
  });
  expect(errors).toEqual([]);
  await close();
});

test("a change of what is written in the configuration files ends in a text to paste", async () => {
  await at.house.order("add-packaged", {
    name: "kitchen",
    config: lightAt("Kitchen of a package", "turn_on"),
  });
  const entity = "automation.kitchen_of_a_package";
  await eventually("it is seen", async () => {
    const { automations } = await at.homeiq.get<{ automations: { entityId: string }[] }>(
      "/api/v1/automations",
    );
    return automations.some(({ entityId }) => entityId === entity) || undefined;
  });
  const { page, errors, close } = await at.open(`automations/automation/?entity=${entity}`, {
    permissions: ["clipboard-read", "clipboard-write"],
  });
  await page.getByText("turn on Kitchen ceiling light").waitFor();
  await page.getByRole("button", { name: "Change", exact: true }).click();
  await page
    .getByRole("heading", { name: "This one is written in your configuration files" })
    .waitFor();
  expect(await page.getByRole("button", { name: "Review and approve" }).count()).toBe(0);
  await page.getByRole("button", { name: "Copy the YAML" }).click();
  await page.getByText("Copied.").waitFor();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toContain("alias: Kitchen of a package");
  expect(errors).toEqual([]);
  await close();
});

test("a scene says what it would change, and a script asks for what it needs", async () => {
  await at.house.order("set-state", { entityId: LIGHT, state: "off" });
  const scene = { name: "Bright kitchen", entities: { [LIGHT]: { state: "on" } } };
  const draft = await ask<Draft>("/drafts", { kind: "scene", source: JSON.stringify(scene) });
  const { page, errors, close } = await at.open(`automations/draft/?id=${draft.id}`);
  await page.getByRole("button", { name: "What would change now?" }).click();
  await page.getByRole("status").getByText("One thing would change.").waitFor();
  await page.getByText("Kitchen ceiling light: off → on").waitFor();
  await page.getByRole("button", { name: "Try the scene" }).click();
  const dialog = page.getByRole("dialog", { name: "Activate the scene for real?" });
  await dialog.getByRole("button", { name: "Run and bring back" }).click();
  await page.getByText("as before").waitFor();

  const script = {
    alias: "Light of a choice",
    fields: { lamp: { name: "Lamp", required: true, selector: { entity: {} } } },
    sequence: [{ action: "light.turn_on", target: { entity_id: "{{ lamp }}" } }],
  };
  const other = await ask<Draft>("/drafts", { kind: "script", source: JSON.stringify(script) });
  await page.goto(`${at.proxy.url}automations/draft/?id=${other.id}`);
  await page.getByText("It asks for: Lamp.").waitFor();
  const dry = page.getByRole("button", { name: "What would it do now?" });
  expect(await dry.isDisabled()).toBe(true);
  await page.getByLabel("Lamp").fill(LIGHT);
  await page.locator("label > span", { hasText: "Kitchen ceiling light" }).waitFor();
  await dry.click();
  await page.getByText("light.turn_on: Kitchen ceiling light").waitFor();
  expect(errors).toEqual([]);
  await close();
});

test("what was removed is found by its old address, and brought back from there", async () => {
  const entity = await deploy(lightAt("Soon removed", "turn_on", OTHER_LIGHT));
  const { page, errors, close } = await at.open(`automations/automation/?entity=${entity}`);
  await page.getByRole("button", { name: "Remove", exact: true }).click();
  await page.getByRole("button", { name: "Remove “Soon removed”" }).click();
  await page.getByRole("heading", { level: 1, name: "Automations" }).waitFor(); // with the log
  await page.locator(`main a[href*="${entity}"]`).first().click();
  const gone = { level: 1, name: "This automation is not in Home Assistant" } as const;
  await page.getByRole("heading", gone).waitFor();
  await page.getByText("Version 1", { exact: true }).click();
  await page.getByRole("button", { name: "Bring back version 1" }).click();
  await page.getByRole("heading", { level: 1, name: "Soon removed" }).waitFor();
  const { config } = await at.homeiq.get<AutomationDetail>(`/api/v1/automations/${entity}`);
  expect(config).toMatchObject({ alias: "Soon removed" });
  expect(errors).toEqual([]);
  await close();
});

test("what is no draft any more says what became of it, and a discarded one is taken up again", async () => {
  const source = JSON.stringify(lightAt("Second thoughts", "turn_on", OTHER_LIGHT));
  const discarded = await ask<Draft>("/drafts", { source });
  await fetch(`${at.homeiq.url}/api/v1/automations/drafts/${discarded.id}`, { method: "DELETE" });
  const { page, errors, close } = await at.open(`automations/draft/?id=${discarded.id}`);
  await page.getByText("It was discarded.").waitFor();
  expect(await page.getByRole("button", { name: "Review and approve" }).count()).toBe(0);
  await page.getByRole("button", { name: "Begin a new draft with this text" }).click();
  await page.getByRole("button", { name: "Review and approve" }).click();
  await page.getByRole("button", { name: "Approve and deploy" }).click();
  await page.waitForURL(/automations\/automation\/?\?/);
  await page.goBack();
  await page.getByText("It was approved, and Home Assistant has it.").waitFor();
  await page.getByRole("link", { name: "What stands there now" }).click();
  await page.getByRole("heading", { level: 2, name: "What it does" }).waitFor();
  expect(errors).toEqual([]);
  await close();
});
