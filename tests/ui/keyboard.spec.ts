import { afterAll, beforeAll, expect, test } from "vitest";
import { type BrowserHouse, openBrowserHouse } from "#support/browser-house.ts";
import { controlsMissedByTab, expectToKeepFocus } from "#support/page-checks.ts";
import { EVERY_PAGE } from "./every-page.ts";

const PAGES = EVERY_PAGE.filter((path) => /^(automations|suggestions)\//.test(path));
const ENTITY = "automation.evening_balcony_light";

let at: BrowserHouse;

beforeAll(async () => {
  at = await openBrowserHouse({ days: 1 });
});

afterAll(() => at?.[Symbol.asyncDispose]());

test("with Tab alone one comes to every control of the workshop and of what is suggested, and sees where one is", async () => {
  const { page, errors, close } = await at.open("", { viewport: { width: 1440, height: 900 } });
  for (const path of PAGES) {
    await page.goto(`${at.proxy.url}${path}`);
    await page.getByRole("heading", { level: 1 }).waitFor();
    await page.waitForLoadState("networkidle");
    const { reached, missed, unseen } = await controlsMissedByTab(page);
    expect(reached, path).toBeGreaterThan(6); // the places alone are as many
    expect({ missed, unseen }, path).toEqual({ missed: [], unseen: [] });
  }
  expect(errors).toEqual([]);
  await close();
}, 120_000);

for (const [button, title] of [
  ["Remove", /^Remove “Evening balcony light”/],
  ["Test the actions", "Run the actions for real?"],
] as const) {
  test(`“${button}” asks in a dialog that keeps the focus, closes with Escape and gives it back`, async () => {
    const { page, close } = await at.open(`automations/automation/?entity=${ENTITY}`);
    const opening = page.getByRole("button", { name: button, exact: true });
    await opening.waitFor();
    await expectToKeepFocus(page, opening, page.getByRole("dialog", { name: title }));
    await close();
  });
}

test("Enter alone does not remove anything: the dialog begins with its question", async () => {
  const { page, close } = await at.open(`automations/automation/?entity=${ENTITY}`);
  await page.getByRole("button", { name: "Remove", exact: true }).focus();
  await page.keyboard.press("Enter");
  await page.getByRole("dialog").waitFor();
  await page.keyboard.press("Enter");
  expect(await page.getByRole("dialog").isVisible()).toBe(true);
  await page.keyboard.press("Escape");
  await close();
});

test("Tab indents in the editor, and leaves it after Escape", async () => {
  const { page, close } = await at.open("automations/draft/");
  const editor = page.locator(".cm-content");
  await editor.waitFor();
  await page.getByText("Press Escape, then Tab, to leave the text by keyboard.").waitFor();
  await editor.focus();
  const before = await editor.textContent();
  await page.keyboard.press("Tab");
  expect((await editor.textContent())?.length).toBe((before?.length ?? 0) + 2);
  await page.keyboard.press("Escape");
  await page.keyboard.press("Tab");
  expect(await page.getByLabel("Why (kept with the version)").evaluate(isFocused)).toBe(true);
  await close();
});

test("who presses a button by keyboard stays at it while it is busy", async () => {
  const { page, close } = await at.open(`automations/automation/?entity=${ENTITY}`);
  const button = page.getByRole("button", { name: "Play back" });
  await button.focus();
  await page.keyboard.press("Enter");
  await page.getByText(/It would (not )?have run/).waitFor();
  expect(await button.evaluate(isFocused)).toBe(true);
  await close();
});

const isFocused = (element: Element) => element === document.activeElement;
