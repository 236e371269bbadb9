import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";

const KNOWN_PATHS = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
  "/snap/bin/chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
];

/** Path of the machine's Chromium or Chrome: `CHROMIUM_PATH`, else the usual places. Throws with advice. */
export function findChromium(): string {
  const wanted = process.env.CHROMIUM_PATH;
  const found = wanted ?? KNOWN_PATHS.find((path) => existsSync(path));
  if (found && existsSync(found)) return found;
  throw new Error(
    wanted
      ? `CHROMIUM_PATH is ${wanted}, and there is no such file`
      : "The browser tests need Chromium. Install it (Debian: apt-get install chromium) or set CHROMIUM_PATH",
  );
}

/** A headless browser that also starts as root and in a container with a small /dev/shm. */
export function launchChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath: findChromium(),
    args: ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--hide-scrollbars"],
  });
}
