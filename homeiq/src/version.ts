import { readFileSync } from "node:fs";

/** As `package.json` says, which is also what `config.yaml` offers to users. */
export function readVersion(): string {
  const text = readFileSync(new URL("../package.json", import.meta.url), "utf8");
  return (JSON.parse(text) as { version: string }).version;
}
