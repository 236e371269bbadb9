import { afterAll, beforeAll, expect, test } from "vitest";
import {
  PatternDetailAnswer,
  PatternStatsAnswer,
  PatternsAnswer,
} from "#src/api/pattern-answers.ts";
import { type BrowserHouse, openBrowserHouse } from "#support/browser-house.ts";
import { translateToLongWords } from "#support/long-words.ts";
import {
  expectAllReachedByTab,
  expectNothingSideways,
  expectUsableByAll,
} from "#support/page-checks.ts";
import { enPatterns } from "../../homeiq/ui/src/lib/i18n/en-patterns.ts";
import { openAnswered } from "./answered.ts";
import { session } from "./energy-answers.ts";
import { NO_PATTERNS, PATTERNS } from "./pattern-answers.ts";

const LIST = "suggestions/patterns/";
const ONE = "suggestions/pattern/?id=p-lamp";
const LAMP = "Kitchen ceiling light is turned off at about 22:40";

let at: BrowserHouse;

beforeAll(async () => {
  at = await openBrowserHouse();
});

afterAll(() => at?.[Symbol.asyncDispose]());

const open = (
  path: string,
  { answers = PATTERNS, ...options }: Partial<Parameters<typeof openAnswered>[2]> = {},
) => openAnswered(at, path, { answers: { session, ...answers }, ...options });

test("the answers that these pages are shown are such as the server gives", () => {
  for (const { patterns } of [PATTERNS, NO_PATTERNS]) PatternsAnswer.parse(patterns);
  for (const { "patterns/stats": stats } of [PATTERNS, NO_PATTERNS])
    PatternStatsAnswer.parse(stats);
  PatternDetailAnswer.parse(PATTERNS["patterns/p-lamp"]);
});

test("each habit is told in a sentence, with its hours and how sure it is", async () => {
  const { page, errors, close } = await open(LIST);
  const card = page.getByRole("article").filter({ hasText: LAMP });
  await card.getByText("Still so").waitFor();
  await card.getByRole("img", { name: "Most often from 22:00 to 23:00: 18 of 24 times" }).waitFor();
  await card.getByText("seen 24 times, missed on 6 days · comes 80 of 100 times").waitFor();
  await page.getByText("An automation does this too: Evening balcony light").waitFor();
  expect(errors).toEqual([]);
  await close();
});

test("habits are narrowed by kind, state, area, device and words, and all of them come back", async () => {
  const { page, close } = await open(LIST);
  const count = (text: string) => page.getByRole("status").getByText(text, { exact: true });
  await count("3 of 3").waitFor();
  await page.getByLabel("State").selectOption("Fading");
  await count("1 of 3").waitFor();
  await page.getByLabel("Kind").selectOption("Exception");
  await page.getByText("No habit is like that.").waitFor();
  await page.getByRole("button", { name: "Show all" }).click();
  await page.getByLabel("Area").selectOption("Kitchen");
  await count("2 of 3").waitFor();
  await page.getByLabel("Device").selectOption("sensor.cellar_freezer_power");
  await count("0 of 3").waitFor();
  await page.getByRole("button", { name: "Show all" }).click();
  await page.getByLabel("Search habits").fill("FREEZER");
  await count("1 of 3").waitFor();
  await close();
});

test("what is looked for stands in the address", async () => {
  const { page, close } = await open(LIST);
  await page.getByLabel("Kind").selectOption("Together");
  expect(new URL(page.url()).search).toBe("?kind=co_activation");
  await page.reload();
  await page.getByRole("status").getByText("1 of 3").waitFor();
  await close();
});

test("a way of looking that failed says why, before those that are well", async () => {
  const { page, close } = await open(LIST);
  const first = page.getByRole("table").locator("tbody tr").first();
  await first.getByText("Less than a year is recorded").waitFor();
  expect(await first.textContent()).toMatch(/^Season\s*Failed/);
  await close();
});

test("who presses “Look now” is told what came of it", async () => {
  const { page, close } = await open(LIST, {
    answers: { ...PATTERNS, "patterns/detect": { found: 3 } },
  });
  await page.getByRole("button", { name: "Look now" }).click();
  await page.getByText("Done: 3 habits and exceptions are known.").waitFor();
  await close();
});

test("a habit shows what speaks for it and against it, each with the way to what happened", async () => {
  const { page, errors, close } = await open(LIST);
  await page.getByRole("link", { name: LAMP }).click();
  await page.getByRole("heading", { level: 1, name: LAMP }).waitFor();
  await page
    .getByRole("heading", {
      name: "When it can happen, it happens 80 of 100 times (between 63 and 91)",
    })
    .waitFor();
  await page.getByText("It was seen 14 times as often as chance would have it.").waitFor();
  await page.getByText("less than 1 in 10,000").waitFor();
  await page.getByText("It could have happened and did not on 6 days:").waitFor();
  const day = page.getByRole("link", { name: "Sunday 22 November", exact: true });
  const query = new URL((await day.getAttribute("href")) ?? "", page.url()).searchParams;
  expect(Number(query.get("to")) - Number(query.get("from"))).toBe(86_400_000);
  expect(query.get("from")).toBe(String(Date.UTC(2026, 10, 21, 23))); // midnight in Vienna
  await page.getByRole("button", { name: "All 24 times" }).click();
  const seen = page.getByRole("link", { name: /Show in the history/ });
  expect(await seen.count()).toBe(24);
  await seen.first().click();
  await page.getByRole("heading", { level: 1, name: "History" }).waitFor();
  expect(errors).toEqual([]);
  await close();
});

test("the hours of a habit are read with the arrow keys, and as a table", async () => {
  const { page, close } = await open(ONE);
  const title = "Most often from 22:00 to 23:00: 18 of 24 times";
  const strip = page.getByRole("group", { name: title });
  await strip.focus();
  await page.keyboard.press("ArrowRight");
  await page.getByRole("status").getByText("Monday, 22:00 to 23:00: 4 times").waitFor();
  await page.keyboard.press("ArrowRight");
  await page.getByRole("status").getByText("Monday, 23:00 to 0:00: 0 times").waitFor();
  const card = page.locator("section").filter({ hasText: title });
  await card.getByRole("button", { name: "As a table" }).click();
  await card.getByRole("row", { name: /Friday 23:00 – 0:00 2/ }).waitFor();
  await close();
});

test("before anything is known the page says since when it listens, and what will be seen", async () => {
  const { page, close } = await open(LIST, { answers: NO_PATTERNS });
  await page.getByRole("heading", { name: "No habit is known yet" }).waitFor();
  await page.getByText(/HomeIQ has (been listening since|only begun to listen)/).waitFor();
  await page.getByRole("img", { name: /This is how one will look/ }).waitFor();
  await close();
});

test("a habit that is not known is no failure", async () => {
  const { page, errors, close } = await at.open("suggestions/pattern/?id=gone");
  await page.getByRole("heading", { level: 1, name: "This habit is not known" }).waitFor();
  await page.getByRole("link", { name: "All habits" }).click();
  await page.getByRole("heading", { level: 1, name: "Suggestions" }).waitFor();
  expect(errors).toEqual([]);
  await close();
});

test("with Tab alone one comes to every control", async () => {
  const { page, close } = await open(ONE, { viewport: { width: 1440, height: 900 } });
  await expectAllReachedByTab({ page, url: at.proxy.url, paths: [ONE, LIST] });
  await close();
}, 60_000);

test("habits fit a phone in a language of long words", async () => {
  const { page, close } = await open(LIST, {
    viewport: { width: 390, height: 844 },
    first: (one) => translateToLongWords(one, enPatterns),
  });
  await expectNothingSideways({ page, url: at.proxy.url, paths: [LIST, ONE] });
  await close();
});

for (const width of [320, 390, 1440]) {
  for (const colorScheme of ["light", "dark"] as const) {
    test(`at ${width} px and ${colorScheme} habits can be seen by everybody`, async () => {
      for (const answers of [PATTERNS, NO_PATTERNS]) {
        const { page, close } = await open(LIST, {
          ...{ answers, colorScheme, viewport: { width, height: 800 } },
        });
        await expectUsableByAll({
          page,
          url: at.proxy.url,
          paths: answers === PATTERNS ? [LIST, ONE] : [LIST],
        });
        await close();
      }
    }, 60_000);
  }
}
