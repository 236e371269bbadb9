import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { launchChromium } from "#support/chromium.ts";
import { root } from "./root.ts";

// `node tools/render-brand.ts`: draws homeiq/icon.png and logo.png from docs/brand/*.svg, transparent.

const pictures = [
  { name: "icon", width: 128, height: 128 },
  { name: "logo", width: 250, height: 100 },
];

const browser = await launchChromium();
for (const { name, width, height } of pictures) {
  const page = await browser.newPage({ viewport: { width, height } });
  const svg = readFileSync(join(root, `docs/brand/${name}.svg`), "utf8");
  await page.setContent(`<body style="margin:0;display:grid">${svg}</body>`);
  writeFileSync(join(root, `homeiq/${name}.png`), await page.screenshot({ omitBackground: true }));
}
await browser.close();
