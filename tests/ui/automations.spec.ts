import { afterAll, beforeAll, expect, test } from "vitest";
import { type BrowserHouse, openBrowserHouse } from "#support/browser-house.ts";
import { eventually } from "#support/eventually.ts";
import { obstaclesOn } from "#support/page-checks.ts";

const ENTITY = "automation.evening_balcony_light";

let at: BrowserHouse;

beforeAll(async () => {
  at = await openBrowserHouse({ days: 1 });
});

afterAll(() => at?.[Symbol.asyncDispose]());

test("an automation is found in the list and read back as a sentence whose entities are links", async () => {
  const { page, errors, close } = await at.open("automations/");
  await page.getByRole("searchbox", { name: "Search automations" }).fill("balcony");
  await page.getByRole("link", { name: /Evening balcony light/ }).click();
  await page.getByRole("heading", { level: 1, name: "Evening balcony light" }).waitFor();
  await page.getByRole("listitem").filter({ hasText: "10 min after the sun sets" }).waitFor();
  const link = page.getByRole("link", { name: "Balcony ceiling light" });
  expect(await link.getAttribute("href")).toContain("entity=light.balcony_ceiling_light");
  expect(errors).toEqual([]);
  await close();
});

test("what entities are called is asked once, however many pages of the workshop one opens", async () => {
  let asked = 0;
  const { page, close } = await at.open(`automations/automation/?entity=${ENTITY}`, {
    prepare: async (one) => {
      one.on("request", (request) => {
        if (/\/entities\?limit=/.test(request.url())) asked += 1;
      });
    },
  });
  await page.getByRole("heading", { level: 1, name: "Evening balcony light" }).waitFor();
  await page.getByRole("link", { name: "Automations" }).first().click();
  await page.getByRole("link", { name: "Findings" }).click();
  await page.getByText(/findings? in automations/).waitFor();
  await page.getByRole("link", { name: "Log" }).click();
  await page.getByRole("link", { name: "All", exact: true }).click();
  await page.getByRole("link", { name: /Hallway light on motion/ }).click();
  await page.getByRole("heading", { level: 1, name: "Hallway light on motion" }).waitFor();
  expect(asked).toBe(1);
  await close();
});

test("a change is checked, shown line by line, deployed after a yes, and undone", async () => {
  const { page, errors, close } = await at.open(`automations/automation/?entity=${ENTITY}`);
  await page.getByRole("button", { name: "Change" }).click();
  const editor = page.getByRole("textbox", { name: "As YAML" });
  await editor.getByText("00:10:00").waitFor();
  // Not read off the page: the editor draws only the lines that are in view.
  const { yaml: text } = await at.homeiq.get<{ yaml: string }>(`/api/v1/automations/${ENTITY}`);
  await editor.fill(text.replace("00:10:00", "00:20:00"));
  await page.getByRole("button", { name: "Check" }).click();
  await page.getByText("No errors. You can review and approve it.").waitFor();
  await page.getByRole("listitem").filter({ hasText: "20 min after the sun sets" }).waitFor();
  await page.getByRole("button", { name: "Review and approve" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByText("Change “Evening balcony light” in Home Assistant?").waitFor();
  const changed = await dialog.getByRole("listitem").filter({ hasText: /added:|removed:/ });
  expect(await changed.count()).toBe(2);
  await dialog.getByRole("button", { name: "Approve and deploy" }).click();
  await page.waitForURL(/automations\/automation\/?\?/);
  await page.getByRole("listitem").filter({ hasText: "20 min after the sun sets" }).waitFor();
  await page.getByRole("button", { name: "Undo the last change" }).click();
  await page.getByRole("listitem").filter({ hasText: "10 min after the sun sets" }).waitFor();
  expect(errors).toEqual([]);
  await close();
});

test("a draft with a mistake says what is wrong and in which line, and cannot be approved", async () => {
  const { page, errors, close } = await at.open("automations/draft/");
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

test("another time is compared with the one that stands there, and becomes a draft by one tap", async () => {
  const entity = "automation.hallway_light_on_motion";
  const { page, errors, close } = await at.open(`automations/automation/?entity=${entity}`);
  await page.getByRole("button", { name: "Play back" }).click();
  await page.getByText("What if a value were another?").click();
  await page.getByLabel("Also try, in minutes").fill("7");
  await page.getByRole("button", { name: "Compare" }).click();
  await page.getByRole("button", { name: "Use 7 min", exact: true }).click();
  await page.waitForURL(/automations\/draft\/?\?/);
  await page.getByRole("textbox", { name: "As YAML" }).getByText("00:07:00").waitFor();
  expect(errors).toEqual([]);
  await close();
});

test("a value that was only proposed is taken over into a draft that one is at", async () => {
  const entityId = "automation.hallway_light_on_motion";
  const { yaml } = await at.homeiq.get<{ yaml: string }>(`/api/v1/automations/${entityId}`);
  const begun = await fetch(`${at.homeiq.url}/api/v1/automations/drafts`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ entityId, source: yaml }),
  });
  const { id } = (await begun.json()) as { id: string };
  const { page, errors, close } = await at.open(`automations/draft/?id=${id}`);
  await page.getByRole("button", { name: "Play back" }).click();
  await page.getByText("What if a value were another?").click();
  await page.getByLabel("Which value").selectOption("wait at most 30 min");
  await page.getByLabel("Also try, in minutes").fill("soon");
  await page.getByText("That is no number.").waitFor();
  await page.getByLabel("Also try, in minutes").fill("");
  await page.getByRole("button", { name: "Compare" }).click();
  const use = page.getByRole("button", { name: "Use 15 min", exact: true });
  await use.waitFor();
  expect(await obstaclesOn(page)).toEqual([]);
  await use.click();
  await page.getByText("No errors. You can review and approve it.").waitFor();
  await page.getByText("at most 15 min").waitFor();
  expect(errors).toEqual([]);
  await close();
});

test("why a value could not be taken over is said where one chose it", async () => {
  const entity = "automation.hallway_light_on_motion";
  const { page, close } = await at.open(`automations/automation/?entity=${entity}`);
  await page.getByRole("button", { name: "Play back" }).click();
  await page.getByText("What if a value were another?").click();
  await page.getByRole("button", { name: "Compare" }).click();
  const error = { code: "automation_config.away", message: "Away" };
  await page.route("**/automations/drafts", (route) =>
    route.fulfill({ status: 503, json: { error } }),
  );
  await page.getByRole("button", { name: /^Use / }).first().click();
  const card = page.locator("section").filter({
    has: page.getByRole("heading", { name: "What it would have done" }),
  });
  await card.getByRole("alert").getByText("Home Assistant is away.").waitFor();
  await close();
});

test("what a test touches is named before anything is switched", async () => {
  const { page, errors, close } = await at.open(`automations/automation/?entity=${ENTITY}`);
  await page.getByRole("button", { name: "What would it do now?" }).click();
  const tried = page
    .locator("section")
    .filter({ has: page.getByRole("heading", { name: "Try it" }) });
  await tried.getByText("light.turn_on: Balcony ceiling light").waitFor();
  await page.getByRole("button", { name: "Test the actions" }).click();
  const dialog = page.getByRole("dialog", { name: "Run the actions for real?" });
  await dialog.getByText("Balcony ceiling light").waitFor();
  await dialog.getByRole("button", { name: "Run and bring back" }).click();
  await page.getByText("as before", { exact: true }).waitFor();
  expect(errors).toEqual([]);
  await close();
});

test("a rename is repaired in one reviewed batch, and each automation says what became of it", async () => {
  await at.house.order("rename-entity", {
    entityId: "light.balcony_ceiling_light",
    newEntityId: "light.terrace",
  });
  const { page, errors, close } = await at.open("automations/findings/");
  await eventually("the rename is understood", async () => {
    const { repairs } = await at.homeiq.get<{ repairs: { id: string }[] }>(
      "/api/v1/automations/repairs",
    );
    return repairs.some(({ id }) => id === ENTITY) || undefined;
  });
  await page.getByRole("link", { name: "Repair what names things that are gone" }).click();
  await page.getByText("light.balcony_ceiling_light becomes light.terrace").first().waitFor();
  await page.getByRole("button", { name: "Show what would change" }).click();
  await page.getByRole("button", { name: "Go back" }).click();
  await page.getByRole("button", { name: "Show what would change" }).click();
  await page.getByRole("button", { name: /Approve and deploy/ }).click();
  await page.getByText("deployed", { exact: true }).first().waitFor();
  const { yaml } = await at.homeiq.get<{ yaml: string }>(`/api/v1/automations/${ENTITY}`);
  expect(yaml).toContain("light.terrace");
  expect(errors).toEqual([]);
  await close();
});

test("the list is put in another order and narrowed by how automations do", async () => {
  const { page, errors, close } = await at.open("automations/");
  await page.getByLabel("In which order").selectOption("By name");
  const first = page.getByRole("main").getByRole("listitem").first();
  const { automations } = await at.homeiq.get<{ automations: { name: string }[] }>(
    "/api/v1/automations",
  );
  const names = automations.map(({ name }) => name).sort((one, two) => one.localeCompare(two));
  await first.getByText(names[0] ?? "").waitFor();
  await page.getByLabel("Which automations").selectOption("Cannot be loaded");
  await page.getByText(`0 of ${automations.length}`).waitFor();
  await page.getByRole("button", { name: "Show all" }).click();
  await page.getByText(`${automations.length} of ${automations.length}`).waitFor();
  expect(errors).toEqual([]);
  await close();
});

test("what was played back is not said to reach further than the record", async () => {
  const entity = "automation.hallway_light_on_motion";
  const { page, errors, close } = await at.open(`automations/automation/?entity=${entity}`);
  await page.getByRole("button", { name: "Play back" }).click();
  const found = /^It would have run \d+ times since .*, when the record begins[:;]/;
  await page.getByText(found).waitFor();
  await page.getByRole("button", { name: "As a table" }).click();
  await page.getByRole("region", { name: found }).waitFor();
  expect(await obstaclesOn(page)).toEqual([]);
  expect(errors).toEqual([]);
  await close();
});

test("two runs at the same moment are both listed", async () => {
  const config = {
    alias: "Twice at once",
    triggers: [{ trigger: "time", at: ["12:00:00", "12:00:00"] }],
    actions: [{ action: "light.turn_on", target: { entity_id: "light.kitchen_ceiling_light" } }],
    mode: "parallel",
  };
  const begun = await fetch(`${at.homeiq.url}/api/v1/automations/drafts`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ source: JSON.stringify(config) }),
  });
  const { id } = (await begun.json()) as { id: string };
  const { page, errors, close } = await at.open(`automations/draft/?id=${id}`);
  await page.getByRole("button", { name: "Play back" }).click();
  await page.getByText(/It would have run/).waitFor();
  await page.getByRole("button", { name: "As a table" }).click();
  const runs = page.getByRole("listitem").filter({ hasText: "light.turn_on" });
  expect((await runs.count()) % 2).toBe(0);
  expect(await runs.count()).toBeGreaterThan(1);
  expect(errors).toEqual([]);
  await close();
});
