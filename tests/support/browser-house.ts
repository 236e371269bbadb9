import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { launchChromium } from "./chromium.ts";
import { eventually } from "./eventually.ts";
import { buildHomeIq, type Running, runHomeIq, runHouse } from "./home-iq-process.ts";
import { type IngressProxy, startIngressProxy } from "./ingress-proxy.ts";

interface OpenOptions extends BrowserContextOptions {
  /** What is done to the page before it goes anywhere, such as answering for a server. */
  readonly prepare?: (page: Page) => Promise<unknown>;
}

export interface Opened {
  readonly page: Page;
  /** What threw in the page. */
  readonly errors: readonly string[];
  close(): Promise<void>;
}

/** A simulated house, HomeIQ as in its image, Home Assistant's ingress before it, and a browser. */
export interface BrowserHouse extends AsyncDisposable {
  readonly house: Awaited<ReturnType<typeof runHouse>>;
  readonly homeiq: Running;
  readonly proxy: IngressProxy;
  /** A page of its own, with nothing remembered of others. */
  open(path: string, options?: OpenOptions): Promise<Opened>;
}

export async function openBrowserHouse({
  days = 0,
}: {
  /** Of history that the house brings along. */
  readonly days?: number;
} = {}): Promise<BrowserHouse> {
  await using building = new AsyncDisposableStack();
  buildHomeIq();
  const args = ["--preset", "flat", "--seed", "4", "--days", String(days)];
  const house = building.adopt(await runHouse(args), async (one) => void (await one.stop()));
  const homeiq = building.adopt(
    await runHomeIq({ HA_URL: house.url, HA_TOKEN: "fake-token" }),
    async (one) => void (await one.stop()),
  );
  const proxy = building.adopt(await startIngressProxy({ target: homeiq.url }), (one) =>
    one.close(),
  );
  const browser = building.adopt(await launchChromium(), (one) => one.close());
  await eventually("the house is known", async () => {
    const { automations } = await homeiq.get<{ automations: unknown[] }>("/api/v1/automations");
    return automations.length > 0 || undefined;
  });
  const all = building.move();
  return {
    house,
    homeiq,
    proxy,
    open: (path, options) => openPage(browser, `${proxy.url}${path}`, options),
    [Symbol.asyncDispose]: () => all.disposeAsync(),
  };
}

async function openPage(
  browser: Browser,
  url: string,
  { prepare, ...options }: OpenOptions = {},
): Promise<Opened> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const errors: string[] = [];
  page.on("pageerror", (error) => errors.push(error.message));
  await prepare?.(page);
  await page.goto(url);
  return { page, errors, close: () => context.close() };
}
