import { afterAll, beforeAll, expect, test } from "vitest";
import { type BrowserHouse, openBrowserHouse } from "#support/browser-house.ts";
import { expectDialogForAll, expectToKeepFocus } from "#support/page-checks.ts";
import { AGENT } from "./agent-answers.ts";
import { openAnswered } from "./answered.ts";
import { session } from "./energy-answers.ts";
import { PATTERNS } from "./pattern-answers.ts";
import { NIGHT, SUGGESTIONS } from "./suggestion-answers.ts";

const LIST = "suggestions/";
const TASKS = "suggestions/agent/?view=tasks";

const DIALOGS: readonly {
  readonly asks: string;
  readonly path: string;
  /** The first of this name opens it. */
  readonly button: string;
  /** What it is in, where another has its name. */
  readonly group?: string;
  readonly title: string | RegExp;
}[] = [
  {
    asks: "before something is put into Home Assistant",
    ...{ path: LIST, button: "Accept", title: /^Put “Kitchen light off at night”/ },
  },
  {
    asks: "until when it is put off",
    ...{ path: LIST, group: NIGHT.title, button: "Later" },
    ...{ title: `When shall “${NIGHT.title}” come again?` },
  },
  {
    asks: "why it is dismissed",
    ...{ path: LIST, button: "Dismiss", title: `Why not “${NIGHT.title}”?` },
  },
  {
    asks: "before an automation is removed",
    ...{ path: LIST, button: "Remove it", title: /^Remove “Evening balcony light”/ },
  },
  {
    asks: "before it is taken back",
    path: "suggestions/?show=taken",
    ...{ button: "Take it back", title: /^Take back/ },
  },
  {
    asks: "what is to be said at a set time",
    ...{ path: TASKS, button: "Add something", title: "Something at a set time" },
  },
  {
    asks: "before a task is removed",
    ...{ path: TASKS, button: "Remove", title: /^Remove “Morning”/ },
  },
];

let at: BrowserHouse;

beforeAll(async () => {
  at = await openBrowserHouse();
});

afterAll(() => at?.[Symbol.asyncDispose]());

for (const { asks, path, group, button, title } of DIALOGS) {
  test(`the dialog that asks ${asks} keeps the focus, closes with Escape and can be used by everybody`, async () => {
    for (const colorScheme of ["light", "dark"] as const) {
      const { page, errors, close } = await openAnswered(at, path, {
        answers: { session, ...PATTERNS, ...AGENT, ...SUGGESTIONS },
        ...{ viewport: { width: 360, height: 640 }, colorScheme },
      });
      const place =
        group === undefined ? page.getByRole("main") : page.getByRole("group", { name: group });
      const opening = place.getByRole("button", { name: button, exact: true }).first();
      const dialog = page.getByRole("dialog", { name: title });
      await expectToKeepFocus(page, opening, dialog);
      await opening.click();
      await dialog.waitFor();
      await expectDialogForAll(page, dialog);
      expect(errors).toEqual([]);
      await close();
    }
  });
}
