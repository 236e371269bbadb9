import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  AgentAnswer,
  AgentLogAnswer,
  ProposalsAnswer,
  TasksAnswer,
} from "#src/api/agent-answers.ts";
import { type BrowserHouse, openBrowserHouse } from "#support/browser-house.ts";
import { translateToLongWords } from "#support/long-words.ts";
import {
  expectAllReachedByTab,
  expectNothingSideways,
  expectUsableByAll,
  obstaclesOn,
} from "#support/page-checks.ts";
import { enAgent } from "../../homeiq/ui/src/lib/i18n/en-agent.ts";
import { AGENT, NO_AGENT } from "./agent-answers.ts";
import { openAnswered } from "./answered.ts";
import { session } from "./energy-answers.ts";

const LOG = "suggestions/agent/";
const TASKS = "suggestions/agent/?view=tasks";
const SETTINGS = "suggestions/agent/?view=settings";
const PAGES = [LOG, TASKS, SETTINGS];

let at: BrowserHouse;

beforeAll(async () => {
  at = await openBrowserHouse();
});

afterAll(() => at?.[Symbol.asyncDispose]());

const open = (
  path: string,
  { answers = AGENT, ...options }: Partial<Parameters<typeof openAnswered>[2]> = {},
) => openAnswered(at, path, { answers: { session, ...answers }, ...options });
/** What the next question of this kind says. */
const nextBody = async (page: Page, path: RegExp) =>
  (
    await page.waitForRequest((one) => one.method() !== "GET" && path.test(one.url()))
  ).postDataJSON();

test("the answers that these pages are shown are such as the server gives", () => {
  for (const one of [AGENT, NO_AGENT]) {
    AgentAnswer.parse(one.agent);
    ProposalsAnswer.parse(one["agent/proposals"]);
    TasksAnswer.parse(one["agent/tasks"]);
  }
  AgentLogAnswer.parse(AGENT["agent/log"](new URL("http://homeiq/agent/log")));
});

test("it says whom it tells, how its proposals did, and what it keeps quiet about", async () => {
  const { page, errors, close } = await open(LOG, {
    answers: { ...AGENT, "agent/silences/x-1": { removed: true } },
  });
  await page
    .getByRole("heading", {
      name: "It notices, and sends messages to Ada, but none between 22:00 and 07:00.",
    })
    .waitFor();
  await page.getByText("In the last 30 days it proposed something 12 times.").waitFor();
  await page.getByText(/It asks first about media player until 17 Dec 2026/).waitFor();
  await page.getByText(/It does not speak of this until 29 Nov, .*: Door sensor: 12 %/).waitFor();
  const spoken = page.waitForRequest(/agent\/silences\/x-1$/);
  await page.getByRole("button", { name: /Speak of it again/ }).click();
  await spoken;
  expect(errors).toEqual([]);
  await close();
});

test("an open proposal says why it comes, and is answered with a button", async () => {
  const { page, errors, close } = await open(LOG);
  const title = "Rain in 20 minutes, and the bedroom window is open";
  const card = page.getByRole("article").filter({ hasText: title });
  await card.getByText("Why it tells you").click();
  await card.getByRole("link", { name: "Bedroom window is open" }).waitFor();
  await card.getByText("Rule: as far as the settings let it go").waitFor();
  const body = nextBody(page, /q-rain\/answer$/);
  await card.getByRole("button", { name: "Close the skylight" }).click();
  expect(await body).toEqual({ answer: "do" });
  await page.getByText("Done. It stands in the log below, where you can take it back.").waitFor();
  expect(errors).toEqual([]);
  await close();
});

test("the log says what decided, goes back page by page, and takes back what was done", async () => {
  const { page, errors, close } = await open(LOG);
  const log = page.locator("section").filter({ has: page.getByRole("heading", { name: "Log" }) });
  const refused = log.getByRole("listitem").filter({ hasText: "The front door was not unlocked" });
  await refused.getByText("Rule: this is never done, whatever is set").waitFor();
  await log.getByRole("button", { name: "Show more" }).click();
  await log.getByText("Look around at night").waitFor();
  expect(await log.getByRole("listitem").count()).toBe(5);
  expect(await log.getByRole("button", { name: "Show more" }).count()).toBe(0);
  const undone = page.waitForRequest(/agent\/actions\/a-1\/undo$/);
  await log.getByRole("button", { name: "Undo: Kitchen ceiling light was turned off" }).click();
  await undone;
  await page.getByText("Taken back.", { exact: true }).waitFor();
  expect(errors).toEqual([]);
  await close();
});

test("what it notices while one looks appears by itself, and what was unfolded stays", async () => {
  const { proposals } = AGENT["agent/proposals"];
  let shown = proposals;
  const { page, errors, close } = await open(LOG, {
    answers: { ...AGENT, "agent/proposals": () => ({ proposals: shown }) },
  });
  await page.getByRole("button", { name: "Show more" }).click();
  await page.getByText("Look around at night").waitFor();
  const title = "Laundry is done";
  shown = proposals.flatMap((one) =>
    one.id === "q-rain" ? [{ ...one, id: "q-new", title }, one] : [one],
  );
  await page.clock.runFor(20_000);
  await page.getByRole("article").filter({ hasText: title }).waitFor();
  expect(await page.getByText("Look around at night").count()).toBe(1);
  expect(errors).toEqual([]);
  await close();
});

test("the log is narrowed to some of its lines", async () => {
  const { page, close } = await open(LOG);
  await page.getByLabel("Which lines").selectOption("Decided");
  await page.getByText("Ada said yes").waitFor({ state: "detached" });
  await page.getByText("The front door was not unlocked").waitFor();
  await page.getByLabel("Which lines").selectOption("Settings");
  await page.getByText("No line is like that.").waitFor();
  await close();
});

test("while it is quiet the page says so, and what will come", async () => {
  const { page, close } = await open(LOG, { answers: NO_AGENT });
  await page.getByRole("heading", { name: /^It notices and shows it here/ }).waitFor();
  await page.getByText("Nothing was proposed in the last 30 days.").waitFor();
  await page.getByText("Nothing yet", { exact: true }).waitFor();
  await page.getByRole("button", { name: "At set times" }).click();
  await page.getByRole("heading", { name: "Nothing is said at set times" }).waitFor();
  await close();
});

test("what is said at set times is told by the clock of the house, said at once, and turned off", async () => {
  const { page, errors, close } = await open(TASKS, {
    answers: {
      ...AGENT,
      "agent/tasks/t-1/run": {
        ...{ id: 4, taskId: "t-1", at: 1, outcome: "shown", title: "Good morning", text: "4 °C" },
      },
      "agent/tasks/t-1": AGENT["agent/tasks"].tasks[0],
    },
  });
  const morning = page.getByRole("listitem").filter({ hasText: "Morning" });
  await morning.getByText(/Monday to Friday at 07:00 · next 30 Nov, 07:00/).waitFor();
  await page.getByText(/\*\/30 8-18 \* \* \* · off/).waitFor();
  await morning.getByRole("button", { name: "Say it now" }).click();
  await page.getByText("It said: Good morning").waitFor();
  const body = nextBody(page, /agent\/tasks\/t-1$/);
  await morning.getByRole("button", { name: "Turn off" }).click();
  expect(await body).toMatchObject({ cron: "0 7 * * 1-5", enabled: false });
  expect(errors).toEqual([]);
  await close();
});

test("something new is said at a time and on days that are chosen", async () => {
  const { page, errors, close } = await open(TASKS);
  await page.getByRole("button", { name: "Add something" }).click();
  const dialog = page.getByRole("dialog", { name: "Something at a set time" });
  await dialog.getByLabel("Name").fill("Doors");
  await dialog.getByLabel("What it says").selectOption("Choose myself");
  const save = dialog.getByRole("button", { name: "Save" });
  expect(await save.isDisabled()).toBe(true);
  await dialog.getByLabel("What is open").check();
  await dialog
    .getByRole("combobox", { name: "On", exact: true })
    .selectOption("Saturday and Sunday");
  await dialog.getByLabel("At", { exact: true }).fill("23:05");
  expect(await obstaclesOn(page)).toEqual([]);
  const body = nextBody(page, /agent\/tasks$/);
  await save.click();
  expect(await body).toEqual({
    ...{ name: "Doors", template: "custom", sections: ["open_now"], cron: "5 23 * * 6,0" },
    ...{ cooldownMinutes: 60, enabled: true, onlyIfSomething: false },
  });
  expect(errors).toEqual([]);
  await close();
});

test("quiet hours, levels, who is told and what is looked for are set in one form", async () => {
  const { page, errors, close } = await open(SETTINGS, {
    answers: { ...AGENT, "agent/settings": AGENT.agent.settings },
  });
  await page.getByLabel("From").fill("21:30");
  await page.getByLabel("How far it may go with light").selectOption("Only note it");
  await page.getByLabel("Add a kind of device").selectOption("media player");
  await page.getByLabel("How far it may go with media player").selectOption("Show it here");
  await page.getByRole("checkbox", { name: /^Ben/ }).uncheck();
  await page.getByLabel("A game starts").check();
  await page.getByLabel("Messages an hour to each person").fill("5");
  const body = nextBody(page, /agent\/settings$/);
  await page.getByRole("button", { name: "Save" }).click();
  expect(await body).toEqual({
    ...AGENT.agent.settings,
    quietHours: { from: "21:30", to: "07:00" },
    levels: {
      domains: [
        { domain: "light", level: "observe" },
        { domain: "media_player", level: "suggest" },
      ],
      areas: [],
    },
    recipients: ["person.ada"],
    limits: { ...AGENT.agent.settings.limits, messagesPerHour: 5 },
    rulesOff: [],
  });
  await page.getByText("Saved.").waitFor();
  expect(errors).toEqual([]);
  await close();
});

test("whoever is no administrator may look, and change nothing", async () => {
  const visitor = { ...session, user: { isAdmin: false } };
  const { page, close } = await open(SETTINGS, { answers: { ...AGENT, session: visitor } });
  await page.getByText("Only an administrator of Home Assistant can change these.").waitFor();
  expect(await page.getByLabel("Send messages to phones").isDisabled()).toBe(true);
  await page.getByRole("button", { name: "What happened" }).click();
  await page.getByText("Ada said yes").waitFor();
  expect(await page.getByRole("button", { name: /Undo|Not now/ }).count()).toBe(0);
  await close();
});

test("with Tab alone one comes to every control", async () => {
  const { page, close } = await open(LOG, { viewport: { width: 1440, height: 900 } });
  await expectAllReachedByTab({ page, url: at.proxy.url, paths: PAGES });
  await close();
}, 60_000);

test("it fits a phone in a language of long words", async () => {
  const { page, close } = await open(LOG, {
    viewport: { width: 390, height: 844 },
    first: (one) => translateToLongWords(one, enAgent),
  });
  await expectNothingSideways({ page, url: at.proxy.url, paths: PAGES, level: 1 });
  await close();
});

for (const width of [320, 390, 1440]) {
  for (const colorScheme of ["light", "dark"] as const) {
    test(`at ${width} px and ${colorScheme} it can be used by everybody`, async () => {
      for (const answers of [AGENT, NO_AGENT]) {
        const { page, close } = await open(LOG, {
          ...{ answers, colorScheme, viewport: { width, height: 800 } },
        });
        await expectUsableByAll({ page, url: at.proxy.url, paths: PAGES, level: 1 });
        await close();
      }
    }, 90_000);
  }
}
