import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type BrowserHouse, openBrowserHouse } from "#support/browser-house.ts";
import { obstaclesOn } from "#support/page-checks.ts";

/** A page, what it asks for, and what it says when there is nothing. */
const PAGES = [
  {
    path: "automations/",
    asks: /\/automations\?kind=automation$/,
    nothing: { automations: [] },
    says: "Home Assistant has no automations yet",
  },
  {
    path: "automations/drafts/",
    asks: /\/automations\/drafts\?/,
    nothing: { drafts: [] },
    says: "No drafts",
  },
  {
    path: "automations/findings/",
    asks: /\/automations\/findings$/,
    nothing: { at: 0, findings: [] },
    says: "Nothing found",
  },
  {
    path: "automations/repairs/",
    asks: /\/automations\/repairs$/,
    nothing: { repairs: [] },
    says: "Nothing to repair",
  },
  {
    path: "automations/log/",
    asks: /\/automations\/audit\?/,
    nothing: { entries: [] },
    says: "Nothing yet",
  },
  {
    path: "suggestions/",
    asks: /\/suggestions\?/,
    nothing: { suggestions: [] },
    says: "Nothing to suggest right now",
  },
  {
    path: "suggestions/patterns/",
    asks: /\/patterns$/,
    nothing: { patterns: [] },
    says: "No habit is known yet",
  },
  {
    path: "suggestions/synergies/",
    asks: /\/synergies\?/,
    nothing: { synergies: [] },
    says: "Nothing found yet",
  },
  {
    path: "suggestions/agent/",
    asks: /\/agent\/log/,
    nothing: { entries: [] },
    says: "Nothing yet",
  },
] as const;

let at: BrowserHouse;

beforeAll(async () => {
  at = await openBrowserHouse();
});

afterAll(() => at?.[Symbol.asyncDispose]());

const skeletonIn = (page: Page) => page.getByRole("main").getByText("Loading", { exact: true });

for (const { path, asks, nothing, says } of PAGES) {
  test(`${path} says that it loads, and why there is nothing`, async () => {
    const { promise: asked, resolve: answer } = Promise.withResolvers<void>();
    const { page, errors, close } = await at.open(path, {
      prepare: (one) =>
        one.route(asks, async (route) => {
          await asked;
          await route.fulfill({ json: nothing });
        }),
    });
    await skeletonIn(page).waitFor({ state: "attached" });
    expect(await obstaclesOn(page)).toEqual([]);
    answer();
    await page.getByText(says).first().waitFor();
    expect(await obstaclesOn(page)).toEqual([]);
    expect(errors).toEqual([]);
    await close();
  });

  test(`${path} says in plain words why it cannot be shown, and tries again`, async () => {
    let isAway = true;
    const error = { code: "connection.lost", message: "The connection was lost" };
    const { page, errors, close } = await at.open(path, {
      prepare: (one) =>
        one.route(asks, (route) =>
          isAway
            ? route.fulfill({ status: 503, json: { error } })
            : route.fulfill({ json: nothing }),
        ),
    });
    const alert = page.getByRole("main").getByRole("alert");
    await alert.getByText("Home Assistant is away. Try again when it is back.").waitFor();
    await alert.getByText("connection.lost").waitFor();
    expect(await obstaclesOn(page)).toEqual([]);
    isAway = false;
    await alert.getByRole("button", { name: "Try again" }).click();
    await page.getByText(says).first().waitFor();
    expect(errors).toEqual([]);
    await close();
  });
}

for (const { path, title, link } of [
  {
    path: "automations/automation/?entity=automation.gone",
    title: "This automation is not in Home Assistant",
    link: "All automations",
  },
  {
    path: "automations/automation/?entity=scene.gone",
    title: "This scene is not in Home Assistant",
    link: "All scenes",
  },
  { path: "automations/draft/?id=gone", title: "This draft does not exist", link: "Open the log" },
  {
    path: "suggestions/suggestion/?id=000000000000",
    title: "This suggestion does not exist",
    link: "All suggestions",
  },
  {
    path: "suggestions/pattern/?id=gone",
    title: "This habit is not known",
    link: "All habits",
  },
  {
    path: "devices/entity/?entity=light.gone",
    title: "Home Assistant has no such entity",
    link: "What was recorded of it",
  },
]) {
  test(`${path} is no failure: it says what is not there, and where to go on`, async () => {
    const { page, errors, close } = await at.open(path);
    await page.getByRole("heading", { level: 1, name: title }).waitFor();
    expect(await page.getByRole("heading", { level: 1 }).count()).toBe(1);
    expect(await page.getByRole("button", { name: "Try again" }).count()).toBe(0);
    expect(await obstaclesOn(page)).toEqual([]);
    await page.getByRole("link", { name: link }).click();
    await page.getByRole("heading", { level: 1, name: title }).waitFor({ state: "detached" });
    expect(errors).toEqual([]);
    await close();
  });
}
