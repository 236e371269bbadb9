import { whyNotInstalled } from "./installation.ts";

/** Why these suites are skipped; `undefined` where a real Home Assistant is installed, as it must be in CI. */
export const missing = whyNotInstalled();
if (missing !== undefined && process.env.CI) throw new Error(missing);
if (missing !== undefined) console.warn(`skipped: ${missing}`);
