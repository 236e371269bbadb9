import { randomBytes } from "node:crypto";
import type { Clock } from "#foundation/clock.ts";
import { readYaml } from "#home/automation/automation.ts";
import type { AutomationConfig, Domain } from "#home/automation-config/automation-config.ts";
import { isMap } from "./steps.ts";
import { aliasOf } from "./text.ts";

interface Deps {
  readonly clock: Clock;
  readonly house: Pick<AutomationConfig, "find" | "findById">;
}

/** What Home Assistant calls its own actions of scripts. */
const RESERVED = new Set(["reload", "turn_on", "turn_off", "toggle"]);

/**
 * Unlike those that Home Assistant's own editor makes. The key of a script is its action's name as well:
 * it is made of its name, while that is free.
 */
export const createNewId =
  ({ clock, house }: Deps) =>
  (text: string, kind: Domain): string => {
    const unique = `homeiq_${clock.now().toString(36)}${randomBytes(3).toString("hex")}`;
    if (kind !== "script") return unique;
    const written = readYaml(text).value;
    const alias = isMap(written) ? aliasOf(written) : undefined;
    const slug = alias
      ?.toLowerCase()
      .normalize("NFKD")
      .replace(/[^a-z0-9]+/g, " ")
      .trim();
    const key = slug?.replaceAll(" ", "_") ?? "";
    const isFree = key !== "" && !RESERVED.has(key) && !house.find(`script.${key}`);
    return isFree && !house.findById({ domain: "script", id: key }) ? key : unique;
  };
