import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type BrowserHouse, openBrowserHouse } from "#support/browser-house.ts";
import { obstaclesOn } from "#support/page-checks.ts";
import { openAnswered } from "./answered.ts";
import { session } from "./energy-answers.ts";
import { PATTERNS } from "./pattern-answers.ts";
import { LEAK, NIGHT, SUGGESTIONS } from "./suggestion-answers.ts";

const LIST = "suggestions/";

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
/** What the next question of this kind says. */
const nextBody = async (page: Page, path: string) => {
  const request = await page.waitForRequest((one) => new URL(one.url()).pathname.endsWith(path));
  return request.postDataJSON();
};

test("who dismisses says why, and can take that back", async () => {
  const { page, errors, close } = await open(LIST);
  await cardOf(page, NIGHT).getByRole("button", { name: "Dismiss" }).click();
  const dialog = page.getByRole("dialog", { name: `Why not “${NIGHT.title}”?` });
  await dialog.getByLabel("Something does it already").check();
  const body = nextBody(page, "/s-night/dismiss");
  await dialog.getByRole("button", { name: "Dismiss it" }).click();
  expect(await body).toEqual({ reason: "already_done" });
  const said = page.getByRole("status").filter({ hasText: `Dismissed: ${NIGHT.title}` });
  await said.waitFor();
  const reopened = page.waitForRequest(/s-night\/reopen$/);
  await said.getByRole("button", { name: "Undo" }).click();
  await reopened;
  await page.getByText(`Open again: ${NIGHT.title}`).waitFor();
  expect(errors).toEqual([]);
  await close();
});

test("what is put off comes again when it was said", async () => {
  const { page, close } = await open(LIST);
  await cardOf(page, NIGHT).getByRole("button", { name: "Later" }).click();
  const body = nextBody(page, "/s-night/snooze");
  await page.getByRole("dialog").getByRole("button", { name: "In a week" }).click();
  const days = ((await body).until - Date.UTC(2026, 10, 27, 10, 30)) / 86_400_000;
  expect(days).toBeCloseTo(7, 2);
  await page.getByText(`Put off: ${NIGHT.title}`).waitFor();
  await close();
});

test("who accepts sees what will stand in Home Assistant before it stands there", async () => {
  const { page, errors, close } = await open(LIST);
  await cardOf(page, NIGHT).getByRole("button", { name: "Accept" }).click();
  const dialog = page.getByRole("dialog", { name: /^Put “Kitchen light off at night”/ });
  await dialog.getByText("alias: Kitchen light off at night").waitFor();
  expect(await obstaclesOn(page)).toEqual([]);
  const body = nextBody(page, "/d-1/approve");
  await dialog.getByRole("button").first().click();
  expect(await body).toEqual({ hash: "h-1" });
  await page.getByText(`In use now, and watched for two weeks: ${NIGHT.title}`).waitFor();
  expect(errors).toEqual([]);
  await close();
});

test("who closes that again has accepted nothing", async () => {
  const { page, close } = await open(LIST);
  await cardOf(page, NIGHT).getByRole("button", { name: "Accept" }).click();
  const reopened = page.waitForRequest(/s-night\/reopen$/);
  await page.getByRole("dialog").getByRole("button", { name: "Close" }).click();
  await reopened;
  await close();
});

test("“Adjust” opens it as a draft in the editor", async () => {
  const { page, close } = await open(LIST);
  await cardOf(page, NIGHT).getByRole("button", { name: "Adjust" }).click();
  await page.getByRole("heading", { level: 1, name: "Kitchen light off at night" }).waitFor();
  expect(new URL(page.url()).search).toBe("?id=d-1");
  await close();
});

test("what must be chosen is chosen before it can be accepted", async () => {
  const { page, close } = await open(LIST);
  await cardOf(page, LEAK).getByRole("link", { name: "Choose and accept" }).click();
  await page.getByText("Still to be chosen: Which sensor").waitFor();
  const accept = page.getByRole("button", { name: "Accept" });
  expect(await accept.isDisabled()).toBe(true);
  await page.getByLabel("Which sensor").selectOption("Bath leak");
  await page.getByLabel("Ben's phone").check();
  await page.getByLabel(/Wait for/).fill("5");
  await page.getByLabel(/Wait for/).blur();
  const body = nextBody(page, "/s-leak/accept");
  await accept.click();
  expect(await body).toEqual({
    chosen: {
      sensor: "binary_sensor.bath_leak",
      wait: 5 * 60_000,
      told: [{ action: "notify.mobile_app_ada" }, { action: "notify.mobile_app_ben" }],
    },
  });
  await close();
});

test("who removes an automation is asked by its name", async () => {
  const { page, close } = await open(LIST);
  await page.getByRole("button", { name: "Remove it" }).click();
  const dialog = page.getByRole("dialog", {
    name: "Remove “Evening balcony light” from Home Assistant?",
  });
  const accepted = page.waitForRequest(/s-duplicate\/accept$/);
  await dialog.getByRole("button", { name: "Remove “Evening balcony light”" }).click();
  await accepted;
  await page.getByText(/^Done: Remove the automation/).waitFor();
  await close();
});
