import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { OutcomesAnswer, SuggestionAnswer } from "#src/api/suggestion-answers.ts";
import { type BrowserHouse, openBrowserHouse } from "#support/browser-house.ts";
import { translateToLongWords } from "#support/long-words.ts";
import {
  expectAllReachedByTab,
  expectNothingSideways,
  expectUsableByAll,
  obstaclesOn,
} from "#support/page-checks.ts";
import { enSuggestions } from "../../homeiq/ui/src/lib/i18n/en-suggestions.ts";
import { openAnswered } from "./answered.ts";
import { session } from "./energy-answers.ts";
import { PATTERNS } from "./pattern-answers.ts";
import { LEAK, NIGHT, NO_SUGGESTIONS, SUGGESTIONS, WASHING } from "./suggestion-answers.ts";

const LIST = "suggestions/";
const PAGES = [
  LIST,
  "suggestions/?show=taken",
  "suggestions/suggestion/?id=s-night",
  "suggestions/suggestion/?id=s-leak",
  "suggestions/compare/?ids=s-night,s-washing",
];

let at: BrowserHouse;

beforeAll(async () => {
  at = await openBrowserHouse();
});

afterAll(() => at?.[Symbol.asyncDispose]());

const open = (
  path: string,
  { answers = SUGGESTIONS, ...options }: Partial<Parameters<typeof openAnswered>[2]> = {},
) => openAnswered(at, path, { answers: { session, ...PATTERNS, ...answers }, ...options });
const cardOf = (page: Page, { title }: { title: string }) =>
  page.getByRole("article").filter({ has: page.getByRole("heading", { name: title }) });

test("the answers that these pages are shown are such as the server gives", () => {
  for (const one of [NIGHT, WASHING, LEAK]) SuggestionAnswer.parse(one);
  for (const { "suggestions/outcomes": outcomes } of [SUGGESTIONS, NO_SUGGESTIONS])
    OutcomesAnswer.parse(outcomes);
});

test("a card says what could be better, what speaks for it and what it would have done", async () => {
  const { page, errors, close } = await open(LIST);
  const night = cardOf(page, NIGHT);
  await night.getByText(NIGHT.text).waitFor();
  await night
    .getByRole("img", { name: "Seen 23 times, mostly at about 22:40; missed on 5 days" })
    .waitFor();
  await night.getByText("In the last 30 days it would have run 14 times.").waitFor();
  await night.getByText("11 match what you did by hand").waitFor();
  await night.getByText("2 would have annoyed you").waitFor();
  const washing = cardOf(page, WASHING);
  await washing.getByText("saves about €1.20 (€0.90 to €1.60, from 34 days)").waitFor();
  await washing.getByText("What it would have done is being worked out.").waitFor();
  await washing.getByText(WASHING.caution).waitFor();
  await page.getByText(/3 more come when you have answered these/).waitFor();
  expect(errors).toEqual([]);
  await close();
});

test("why it was chosen is told in plain words, factor by factor", async () => {
  const { page, close } = await open(LIST);
  const night = cardOf(page, NIGHT);
  await night.getByText("Why this, and why here").click();
  await night.getByText("It came on 22 of 28 evenings.").waitFor();
  await night.getByText("41 of 100 points: the four above, multiplied").waitFor();
  await close();
});

test("two can be compared point by point, side by side on a phone too", async () => {
  const { page, errors, close } = await open(LIST, { viewport: { width: 1440, height: 900 } });
  await page.getByLabel(`Compare: ${NIGHT.title}`).check();
  await page.getByText(`Choose one more to compare with “${NIGHT.title}”.`).waitFor();
  await page.getByLabel(`Compare: ${WASHING.title}`).check();
  await page.getByRole("link", { name: "Compare these two" }).click();
  await page.getByRole("heading", { level: 1, name: "Two suggestions, side by side" }).waitFor();
  const pointOf = (name: string) =>
    page.getByRole("row").filter({ has: page.getByRole("rowheader", { name }) });
  for (const width of [1440, 390]) {
    await page.setViewportSize({ width, height: 844 });
    const cells = await pointOf("Points of 100").getByRole("cell").all();
    const [left, right] = await Promise.all(cells.map((cell) => cell.boundingBox()));
    expect(left?.y).toBe(right?.y);
    expect(right?.x).toBeGreaterThan(left?.x ?? 0);
    expect(await Promise.all(cells.map((cell) => cell.textContent()))).toEqual([
      expect.stringMatching(/better\s*41/),
      expect.stringMatching(/^\s*22\s*$/),
    ]);
    expect(await obstaclesOn(page)).toEqual([]);
  }
  await pointOf("When it happened").getByText("It does not come from your history.").waitFor();
  await pointOf("What it saves")
    .getByText(/saves about €1.20/)
    .waitFor();
  await pointOf("Your answer").getByRole("button", { name: "Accept" }).first().waitFor();
  expect(errors).toEqual([]);
  await close();
});

test("the same message to several phones is read back once, another one by itself", async () => {
  const told = (phone: string, message: string) => ({
    ...{ kind: "call", action: `notify.mobile_app_${phone}`, data: { message, data: { ttl: 0 } } },
  });
  const actions = [
    ...["anna_s_phone", "ben_s_phone"].map((phone) => told(phone, "The door is open")),
    told("ben_s_phone", "Close it"),
  ];
  const draft = { ...NIGHT.draft, reading: { ...NIGHT.draft.reading, actions } };
  const { page, errors, close } = await open("suggestions/suggestion/?id=s-night", {
    answers: { ...SUGGESTIONS, "suggestions/s-night": { ...NIGHT, draft } },
  });
  await page.getByText("send “The door is open” to Anna's phone and Ben's phone").waitFor();
  await page.getByText("send “Close it” to Ben's phone").waitFor();
  expect(errors).toEqual([]);
  await close();
});

test("what would be changed is read back as it is now, beside what it would be", async () => {
  const { page, errors, close } = await open("suggestions/suggestion/?id=s-duplicate");
  const now = page
    .locator("section")
    .filter({ has: page.getByRole("heading", { name: "As it is now: Evening balcony light" }) });
  await now.getByText("When", { exact: true }).waitFor();
  await now.getByRole("link", { name: "Open the automation" }).click();
  await page.getByRole("heading", { level: 1, name: "Evening balcony light" }).waitFor();
  expect(errors).toEqual([]);
  await close();
});

test("over how many days it was played is said as it is: not more than are recorded", async () => {
  const short = { ...NIGHT.backTest, from: NIGHT.backTest.to - 14 * 86_400_000 };
  const { page, close } = await open(LIST, {
    answers: {
      ...SUGGESTIONS,
      suggestions: { suggestions: [{ ...NIGHT, backTest: short }] },
    },
  });
  await page.getByText("In the 14 days recorded it would have run 14 times.").waitFor();
  await close();
});

test("whoever is no administrator sees all of it, and who may answer", async () => {
  const visitor = { ...session, user: { isAdmin: false } };
  const { page, close } = await open(LIST, { answers: { ...SUGGESTIONS, session: visitor } });
  await cardOf(page, NIGHT).waitFor();
  await page.getByText("Only an administrator of Home Assistant can accept").waitFor();
  expect(await page.getByRole("button", { name: /Accept|Dismiss|Look now/ }).count()).toBe(0);
  await close();
});

test("on a phone what narrows the list is folded, and says how much of it is set", async () => {
  const { page, close } = await open(LIST, { viewport: { width: 390, height: 844 } });
  const source = page.getByLabel("Comes from");
  await page.getByText("Filter and sort", { exact: true }).click();
  await source.selectOption("Energy");
  await page.getByText("Filter and sort: 1 set").click();
  await source.waitFor({ state: "hidden" });
  expect(await page.getByRole("article").count()).toBe(1);
  await close();
});

test("they are narrowed by where they come from, and what was taken says what became of it", async () => {
  const { page, close } = await open(LIST);
  await page.getByLabel("Comes from").selectOption("Energy");
  await page.getByRole("status").getByText("1 of 4").waitFor();
  await page.getByLabel("Comes from").selectOption("An unused feature");
  await page.getByText("None is like that.").waitFor();
  await page.getByRole("button", { name: "Show all" }).click();
  await page.getByRole("button", { name: "Taken", exact: true }).click();
  const card = page.getByRole("article");
  await card.getByText("In use, on probation").waitFor();
  await card.getByRole("button", { name: "Take it back" }).click();
  const undone = page.waitForRequest(/s-kept\/undo$/);
  await page
    .getByRole("dialog")
    .getByRole("button", { name: /^Take back/ })
    .click();
  await undone;
  await page.getByText(/^Taken back: /).waitFor();
  await close();
});

test("how the suggestions do is told with numbers and what they rest on", async () => {
  const { page, close } = await open(LIST);
  await page
    .getByRole("heading", {
      name: "You took 9 of 12 that you answered: 75 of 100 (between 47 and 91)",
    })
    .waitFor();
  await page.getByText("Of 5 that were in use for 30 days, 4 are still in use.").waitFor();
  await close();
});

test("before there is any the page says what will fill it", async () => {
  const { page, close } = await open(LIST, { answers: NO_SUGGESTIONS });
  await page.getByRole("heading", { name: "Nothing to suggest right now" }).waitFor();
  await page.getByText(/HomeIQ has (been listening since|only begun to listen)/).waitFor();
  await page.getByText("None has been answered yet.").waitFor();
  await close();
});

test("one says what it would do, what speaks for it and against it, and leads to the habit", async () => {
  const { page, errors, close } = await open("suggestions/suggestion/?id=s-night");
  await page.getByRole("heading", { level: 1, name: NIGHT.title }).waitFor();
  await page.getByText(NIGHT.explanation[1] ?? "").waitFor();
  await page.getByRole("button", { name: "As a table" }).click();
  await page
    .getByRole("row", { name: /It did not/ })
    .first()
    .waitFor();
  await page.getByRole("link", { name: "Show the habit" }).click();
  await page.getByRole("heading", { level: 1, name: /is turned off at about 22:40/ }).waitFor();
  expect(errors).toEqual([]);
  await close();
});

test("Home names the best of them, and what was out of the ordinary", async () => {
  const { page, errors, close } = await open("");
  await page.getByRole("heading", { name: "4 suggestions for you" }).waitFor();
  await page.getByRole("link", { name: /Turn the kitchen light off at 22:40/ }).click();
  await page.getByRole("heading", { level: 1, name: NIGHT.title }).waitFor();
  expect(errors).toEqual([]);
  await close();
});

test("whoever is no administrator may look, and is asked nothing", async () => {
  const visitor = { ...session, user: { isAdmin: false } };
  const { page, close } = await open(LIST, { answers: { ...SUGGESTIONS, session: visitor } });
  await cardOf(page, NIGHT).waitFor();
  expect(await page.getByRole("button", { name: "Accept" }).count()).toBe(0);
  expect(await page.getByRole("button", { name: "Look now" }).count()).toBe(0);
  await close();
});

test("with Tab alone one comes to every control", async () => {
  const { page, close } = await open("", { viewport: { width: 1440, height: 900 } });
  await expectAllReachedByTab({ page, url: at.proxy.url, paths: PAGES });
  await close();
}, 90_000);

test("suggestions fit a phone in a language of long words", async () => {
  const { page, close } = await open(LIST, {
    viewport: { width: 390, height: 844 },
    first: (one) => translateToLongWords(one, enSuggestions),
  });
  await expectNothingSideways({ page, url: at.proxy.url, paths: PAGES });
  await close();
});

for (const width of [320, 390, 1440]) {
  for (const colorScheme of ["light", "dark"] as const) {
    test(`at ${width} px and ${colorScheme} suggestions can be used by everybody`, async () => {
      for (const answers of [SUGGESTIONS, NO_SUGGESTIONS]) {
        const { page, close } = await open(LIST, {
          ...{ answers, colorScheme, viewport: { width, height: 800 } },
        });
        await expectUsableByAll({
          page,
          url: at.proxy.url,
          paths: answers === SUGGESTIONS ? PAGES : [LIST],
        });
        await close();
      }
    }, 90_000);
  }
}
