import { AxeBuilder } from "@axe-core/playwright";
import type { Locator, Page } from "playwright-core";
import { expect } from "vitest";

/** How many pixels the page as a whole scrolls sideways, and what sticks out of it. */
export function sidewaysOf(page: Page): Promise<{ pixels: number; by: string[] }> {
  return page.evaluate(() => {
    const pixels = (document.scrollingElement?.scrollWidth ?? 0) - window.innerWidth;
    if (pixels <= 0) return { pixels, by: [] };
    const sticksOut = [...document.querySelectorAll("main *, dialog[open] *")].filter(
      (one) => one.getBoundingClientRect().right > window.innerWidth,
    );
    return { pixels, by: sticksOut.slice(0, 3).map(({ outerHTML }) => outerHTML.slice(0, 160)) };
  });
}

/** What keeps somebody from using the page, as axe sees it: serious and critical violations. */
export async function obstaclesOn(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
}

const MOST_TABS = 400;

/** Walks through the page with Tab: which visible controls were never in focus, and which had no visible focus. */
export async function controlsMissedByTab(page: Page) {
  const names = await page.evaluate(() => {
    const CONTROLS =
      "a[href], button, input, select, textarea, summary, [tabindex='0'], .cm-content";
    const controls = [...document.querySelectorAll<HTMLElement>(CONTROLS)].filter(
      (one) =>
        one.checkVisibility() && !one.matches(":disabled, .skip, [type=radio]:not(:checked)"),
    );
    for (const [index, one] of controls.entries()) one.dataset.control = String(index);
    return controls.map(({ outerHTML }) => outerHTML.slice(0, 120));
  });
  const reached = new Set<number>();
  const unseen: string[] = [];
  for (let n = 0; n < MOST_TABS && reached.size < names.length; n += 1) {
    await page.keyboard.press("Escape"); // leaves an editor by the next Tab
    await page.keyboard.press("Tab");
    const { control, isSeen } = await page.evaluate(() => {
      const focused = document.activeElement as HTMLElement | null;
      const marked = focused?.closest(".cm-editor") ?? focused;
      const { outlineStyle, outlineWidth } = getComputedStyle(marked ?? document.body);
      const isOutlined = outlineStyle !== "none" && Number.parseFloat(outlineWidth) > 0;
      return { control: focused?.dataset.control, isSeen: isOutlined };
    });
    if (control === undefined) continue;
    reached.add(Number(control));
    if (!isSeen) unseen.push(names[Number(control)] ?? "");
  }
  const missed = names.filter((_, index) => !reached.has(index));
  return { reached: reached.size, missed, unseen };
}

interface Walk {
  readonly page: Page;
  /** What the paths are below. */
  readonly url: string;
  readonly paths: readonly string[];
  /** Of the heading that is there once a page has what it shows. */
  readonly level?: 1 | 2;
}

/** Each page as soon as it has what it shows and asks for nothing more. */
async function onEach(
  { page, url, paths, level = 2 }: Walk,
  look: (path: string) => Promise<void>,
) {
  for (const path of paths) {
    await page.goto(`${url}${path}`);
    await page.getByRole("heading", { level }).first().waitFor();
    await page.waitForLoadState("networkidle");
    await look(path);
  }
}

/** Tab alone comes to every control of each page, and one sees where one is. */
export const expectAllReachedByTab = (walk: Walk) =>
  onEach({ level: 1, ...walk }, async (path) => {
    const { missed, unseen } = await controlsMissedByTab(walk.page);
    expect({ missed, unseen }, path).toEqual({ missed: [], unseen: [] });
  });

/** None of the pages scrolls sideways. */
export const expectNothingSideways = (walk: Walk) =>
  onEach(walk, async (path) => {
    expect(await sidewaysOf(walk.page), `${path} scrolls sideways`).toEqual({ pixels: 0, by: [] });
  });

/** Everybody can use each of the pages, and none scrolls sideways. */
export const expectUsableByAll = (walk: Walk) =>
  onEach(walk, async (path) => {
    expect(await sidewaysOf(walk.page), `${path} scrolls sideways`).toEqual({ pixels: 0, by: [] });
    expect(await obstaclesOn(walk.page), path).toEqual([]);
  });

/** An open dialog on a phone: axe finds nothing, nothing sticks out, and its first button can be brought into view. */
export async function expectDialogForAll(page: Page, dialog: Locator): Promise<void> {
  expect(await obstaclesOn(page)).toEqual([]);
  expect(await sidewaysOf(page)).toEqual({ pixels: 0, by: [] });
  const yes = dialog.getByRole("button").first();
  await yes.scrollIntoViewIfNeeded();
  const isWithinView = await yes.evaluate((element) => {
    const { top, bottom, left, right } = element.getBoundingClientRect();
    return top >= 0 && bottom <= innerHeight && left >= 0 && right <= innerWidth;
  });
  expect(isWithinView).toBe(true);
}

/** The dialog that a button opens begins with its question, keeps the focus, and gives it back to the button at Escape. */
export async function expectToKeepFocus(page: Page, button: Locator, dialog: Locator) {
  await button.focus();
  await page.keyboard.press("Enter");
  await dialog.waitFor();
  const isOutside = () =>
    page.evaluate(() => {
      const focused = document.activeElement;
      return focused !== document.body && !focused?.closest("dialog[open]");
    });
  const count = await dialog.locator("button, input, select, summary, a[href]").count();
  for (let n = 0; n < count + 3; n += 1) {
    expect(await isOutside(), `after ${n} times Tab`).toBe(false);
    await page.keyboard.press("Tab");
  }
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "hidden" });
  expect(await button.evaluate((one) => one === document.activeElement)).toBe(true);
}
