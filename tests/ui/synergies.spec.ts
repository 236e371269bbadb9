import { afterAll, beforeAll, expect, test } from "vitest";
import {
  SynergiesAnswer,
  SynergyDetailAnswer,
  SynergyStatsAnswer,
} from "#src/api/synergy-answers.ts";
import { type BrowserHouse, openBrowserHouse } from "#support/browser-house.ts";
import { translateToLongWords } from "#support/long-words.ts";
import { controlsMissedByTab, obstaclesOn, sidewaysOf } from "#support/page-checks.ts";
import { enSynergies } from "../../homeiq/ui/src/lib/i18n/en-synergies.ts";
import { openAnswered } from "./answered.ts";
import { session } from "./energy-answers.ts";
import { SUGGESTIONS } from "./suggestion-answers.ts";
import { NO_SYNERGIES, SYNERGIES } from "./synergy-answers.ts";

const LIST = "suggestions/synergies/";

let at: BrowserHouse;

beforeAll(async () => {
  at = await openBrowserHouse();
});

afterAll(() => at?.[Symbol.asyncDispose]());

const open = (
  path: string,
  { answers = SYNERGIES, ...options }: Partial<Parameters<typeof openAnswered>[2]> = {},
) => openAnswered(at, path, { answers: { session, ...SUGGESTIONS, ...answers }, ...options });

test("the answers that this page is shown are such as the server gives", () => {
  for (const one of [SYNERGIES, NO_SYNERGIES]) {
    SynergiesAnswer.parse(one.synergies);
    SynergyStatsAnswer.parse(one["synergies/stats"]);
  }
  SynergyDetailAnswer.parse(SYNERGIES["synergies/y-evening"]);
});

test("what would do more together says what it would bring, and from what that is known", async () => {
  const { page, errors, close } = await open(LIST);
  const card = page.getByRole("article").filter({ hasText: "Music and kitchen light" });
  await card
    .getByText("spares about 3.2 things done by hand a week (2.1 to 4.5, from 60 days)")
    .waitFor();
  await page.getByText("saves about €0.28 a week (€0.21 to €0.37, from 34 days)").waitFor();
  await page.getByText("What it would bring could not be measured.").waitFor();
  await card.getByText("What it rests on").click();
  await card.getByText("Seen 24 of the 30 times that it could have been").waitFor();
  await card.getByText("Sure: 63 of 100, the careful end of 24 of 30 times.").waitFor();
  await card.getByRole("link", { name: /26 Nov/ }).click();
  await page.getByRole("heading", { level: 1, name: "History" }).waitFor();
  expect(errors).toEqual([]);
  await close();
});

test("the network is drawn, and the same stands in a table", async () => {
  const { page, close } = await open(LIST);
  const title = "6 things are joined by 4 links";
  const network = page.getByRole("group", { name: title });
  await network.getByRole("button", { name: "Night" }).waitFor();
  expect(await network.locator("path.link").count()).toBe(4);
  const card = page.locator("section").filter({ hasText: title });
  await card.getByRole("button", { name: "As a table" }).click();
  await card.getByRole("row", { name: "Night only while Kitchen ceiling light" }).waitFor();
  await close();
});

test("a thing of the network is chosen by tap or by keyboard, and all come back", async () => {
  const { page, close } = await open(LIST);
  const network = page.getByRole("group", { name: /things are joined by/ });
  await network.getByRole("button", { name: "Electricity price" }).focus();
  await page.keyboard.press("Enter");
  await page.getByRole("status").getByText("1 of 3").waitFor();
  await page.getByRole("button", { name: "Show all" }).click();
  await page.getByRole("status").getByText("3 of 3").waitFor();
  await close();
});

test("with more than can be drawn, the network draws the best, and the table has all", async () => {
  const [evening] = SYNERGIES.synergies.synergies;
  const many = Array.from({ length: 120 }, (_, n) => {
    const [from, to] = [`switch.plug_${n}`, `light.lamp_${n}`];
    return {
      ...evening,
      ...{ id: `y-${n}`, entityIds: [from, to] },
      nodes: [from, to].map((id) => ({ kind: "entity", id })),
      edges: [{ from, to, joins: "sets_off" }],
    };
  });
  const { page, errors, close } = await open(LIST, {
    viewport: { width: 390, height: 844 },
    answers: { ...SYNERGIES, synergies: { synergies: many } },
  });
  await page.getByText("The best 9 of 120 are drawn.").waitFor();
  const title = "240 things are joined by 120 links";
  expect(await page.getByRole("group", { name: title }).getByRole("button").count()).toBe(18);
  expect(await page.getByRole("article").count()).toBe(12);
  await page.getByRole("button", { name: "As a table" }).click();
  expect(await page.getByRole("table").getByRole("row").count()).toBe(121);
  expect(await sidewaysOf(page)).toEqual({ pixels: 0, by: [] });
  expect(errors).toEqual([]);
  await close();
});

test("they are narrowed by kind and by the thing that takes part", async () => {
  const { page, close } = await open(LIST);
  const count = (text: string) => page.getByRole("status").getByText(text).waitFor();
  await count("3 of 3");
  await page.getByRole("combobox", { name: "Thing" }).selectOption("Kitchen ceiling light");
  await count("2 of 3");
  await page.getByLabel("Kind").selectOption("Energy");
  await page.getByText("None is like that.").waitFor();
  await page.getByRole("button", { name: "Show all" }).click();
  await count("3 of 3");
  await close();
});

test("each leads to the suggestion that is made of it", async () => {
  const { page, close } = await open(LIST);
  const card = page.getByRole("article").filter({ hasText: "Washing machine and price" });
  await card.getByRole("link", { name: /Open the suggestion/ }).click();
  await page.getByRole("heading", { level: 1, name: /Start the washing machine/ }).waitFor();
  await page.getByRole("link", { name: "Show what goes together" }).click();
  const chosen = page.getByRole("article").filter({ hasText: "Washing machine and price" });
  await chosen.locator("details[open]").waitFor();
  await close();
});

test("what cannot be looked for says what is missing", async () => {
  const { page, close } = await open(LIST);
  await page.getByRole("listitem").filter({ hasText: "a team that you follow" }).waitFor();
  await close();
});

test("before anything is found the page says what will fill it", async () => {
  const { page, close } = await open(LIST, { answers: NO_SYNERGIES });
  await page.getByRole("heading", { name: "Nothing found yet" }).waitFor();
  await page.getByText("Not looked at yet.", { exact: false }).waitFor();
  await close();
});

test("with Tab alone one comes to every control", async () => {
  const { page, close } = await open(LIST, { viewport: { width: 1440, height: 900 } });
  await page.getByRole("article").first().waitFor();
  const { missed, unseen } = await controlsMissedByTab(page);
  expect({ missed, unseen }).toEqual({ missed: [], unseen: [] });
  await close();
});

test("what goes together fits a phone in a language of long words", async () => {
  const { page, close } = await open(LIST, {
    viewport: { width: 390, height: 844 },
    first: (one) => translateToLongWords(one, enSynergies),
  });
  await page.getByRole("article").first().waitFor();
  await page.waitForLoadState("networkidle");
  expect(await sidewaysOf(page)).toEqual({ pixels: 0, by: [] });
  await close();
});

for (const width of [320, 390, 1440]) {
  for (const colorScheme of ["light", "dark"] as const) {
    test(`at ${width} px and ${colorScheme} what goes together can be seen by everybody`, async () => {
      for (const answers of [SYNERGIES, NO_SYNERGIES]) {
        const { page, close } = await open(LIST, {
          ...{ answers, colorScheme, viewport: { width, height: 800 } },
        });
        await page.getByRole("heading", { level: 2 }).first().waitFor();
        await page.waitForLoadState("networkidle");
        expect(await sidewaysOf(page)).toEqual({ pixels: 0, by: [] });
        expect(await obstaclesOn(page)).toEqual([]);
        await close();
      }
    });
  }
}
