import type { BrowserContextOptions, Page } from "playwright-core";
import type { BrowserHouse } from "#support/browser-house.ts";
import { NOW } from "./energy-answers.ts";

const ANSWERED =
  /\/api\/v1\/(surroundings|energy|session|statistics|patterns|suggestions|synergies|agent|automations\/drafts)/;

interface Answered extends BrowserContextOptions {
  /** By the path behind `/api/v1/`; what is not here the server itself answers. A function is given the address. */
  readonly answers: Readonly<Record<string, unknown>>;
  /** What is done to the page before all else. */
  readonly first?: (page: Page) => Promise<unknown>;
}

/** Opens a page to which is said what vendors and a meter would: the server itself has its own tests. */
export const openAnswered = (
  at: BrowserHouse,
  path: string,
  { answers, first, ...options }: Answered,
) =>
  at.open(path, {
    locale: "en-GB",
    ...options,
    prepare: async (page) => {
      await first?.(page);
      await page.clock.install({ time: NOW });
      await page.route(ANSWERED, (route) => {
        const [, key = ""] = new URL(route.request().url()).pathname.split("/api/v1/");
        const known = answers[key];
        if (known === undefined) return route.continue();
        const answer = typeof known === "function" ? known(new URL(route.request().url())) : known;
        const isRefused = Object(answer).error !== undefined;
        return route.fulfill({ status: isRefused ? 424 : 200, json: answer });
      });
    },
  });
