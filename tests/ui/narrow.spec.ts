import type { BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type BrowserHouse, openBrowserHouse } from "#support/browser-house.ts";
import { translateToLongWords } from "#support/long-words.ts";
import { sidewaysOf } from "#support/page-checks.ts";
import { en } from "../../homeiq/ui/src/lib/i18n/en.ts";
import { enAgent } from "../../homeiq/ui/src/lib/i18n/en-agent.ts";
import { enAutomations } from "../../homeiq/ui/src/lib/i18n/en-automations.ts";
import { enBlueprints } from "../../homeiq/ui/src/lib/i18n/en-blueprints.ts";
import { enEnergy } from "../../homeiq/ui/src/lib/i18n/en-energy.ts";
import { enErrors } from "../../homeiq/ui/src/lib/i18n/en-errors.ts";
import { enPatterns } from "../../homeiq/ui/src/lib/i18n/en-patterns.ts";
import { enSourceErrors } from "../../homeiq/ui/src/lib/i18n/en-source-errors.ts";
import { enSuggestions } from "../../homeiq/ui/src/lib/i18n/en-suggestions.ts";
import { enSurroundings } from "../../homeiq/ui/src/lib/i18n/en-surroundings.ts";
import { enSynergies } from "../../homeiq/ui/src/lib/i18n/en-synergies.ts";
import { enTrials } from "../../homeiq/ui/src/lib/i18n/en-trials.ts";
import { EVERY_PAGE } from "./every-page.ts";

const TEXTS = {
  ...en,
  ...enAgent,
  ...enAutomations,
  ...enBlueprints,
  ...enEnergy,
  ...enErrors,
  ...enPatterns,
  ...enSourceErrors,
  ...enSuggestions,
  ...enSurroundings,
  ...enSynergies,
  ...enTrials,
};

let at: BrowserHouse;

beforeAll(async () => {
  at = await openBrowserHouse({ days: 1 });
});

afterAll(() => at?.[Symbol.asyncDispose]());

async function everyPageFits(page: Page) {
  for (const path of EVERY_PAGE) {
    await page.goto(`${at.proxy.url}${path}`);
    await page.getByRole("heading", { level: 1 }).waitFor();
    await page.waitForLoadState("networkidle");
    expect(await sidewaysOf(page), `${path} scrolls sideways`).toEqual({ pixels: 0, by: [] });
  }
}

const CASES: readonly (readonly [string, BrowserContextOptions])[] = [
  ["on the narrowest phone", { viewport: { width: 320, height: 640 } }],
  // A window of 1440 by 900 at 200 % has this many pixels of CSS.
  ["at 200 % zoom", { viewport: { width: 720, height: 450 }, deviceScaleFactor: 2 }],
];
for (const [how, options] of CASES) {
  test(`${how} no page scrolls sideways`, async () => {
    const { page, errors, close } = await at.open("", options);
    await everyPageFits(page);
    expect(errors).toEqual([]);
    await close();
  }, 120_000);
}

test("on a phone no page scrolls sideways in a language of long words", async () => {
  let met = () => 0;
  const { page, close } = await at.open("", {
    viewport: { width: 390, height: 844 },
    prepare: async (one) => {
      met = await translateToLongWords(one, TEXTS);
    },
  });
  await everyPageFits(page);
  expect(met()).toBe(Object.keys(TEXTS).length);
  await close();
}, 120_000);
