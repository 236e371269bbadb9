import { gzipSync } from "node:zlib";
import { launchChromium } from "#support/chromium.ts";
import { buildHomeIq, runHomeIq, runHouse } from "#support/home-iq-process.ts";
import { startIngressProxy } from "#support/ingress-proxy.ts";
import { type Measure, measured } from "../../tools/bars.ts";
import { buildUiWhenStale } from "../../tools/ui-build.ts";

const RUNS = 5;

/** What a person waits for: the Overview behind an ingress-like proxy, with nothing in the cache. */
const ui: Measure = async () => {
  buildUiWhenStale();
  buildHomeIq();
  const house = await runHouse(["--preset", "flat", "--seed", "1", "--days", "0"]);
  const homeiq = await runHomeIq({ HA_URL: house.url, HA_TOKEN: "fake-token" });
  const proxy = await startIngressProxy({ target: homeiq.url });
  const browser = await launchChromium();
  const seconds: number[] = [];
  let scriptBytes = 0;
  for (let run = 0; run < RUNS; run += 1) {
    const context = await browser.newContext({ viewport: { width: 390, height: 844 } });
    const page = await context.newPage();
    const bodies: Promise<Buffer>[] = [];
    let early = true;
    page.on("response", (response) => {
      if (early && response.url().endsWith(".js")) bodies.push(response.body());
    });
    const startedAt = performance.now();
    await page.goto(proxy.url, { waitUntil: "commit" });
    await page.getByRole("heading", { name: "On now" }).waitFor();
    await page.keyboard.press("Control+k");
    await page.getByRole("searchbox").waitFor();
    seconds.push((performance.now() - startedAt) / 1000);
    early = false;
    const files = await Promise.all(bodies);
    scriptBytes = files.reduce((total, file) => total + gzipSync(file).length, 0);
    await context.close();
  }
  await browser.close();
  await proxy.close();
  await homeiq.stop();
  await house.stop();
  const median = seconds.sort((one, other) => one - other)[Math.floor(RUNS / 2)] ?? Number.NaN;
  process.stdout.write(
    `Overview, ${RUNS} runs: ${seconds.map((s) => s.toFixed(2)).join(", ")} s\n`,
  );
  return {
    bars: [
      measured(
        { bar: "initial JavaScript, gzipped", unit: "KB", limit: 150, direction: "max" },
        scriptBytes / 1000,
      ),
      measured(
        {
          bar: "Overview interactive under ingress, median",
          unit: "s",
          limit: 1,
          direction: "max",
        },
        median,
      ),
    ],
  };
};

export default ui;
