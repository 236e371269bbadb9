import { type Adjustable, adjustablesOf } from "#analysis/replay/replay.ts";
import { AppError } from "#foundation/errors.ts";
import {
  type Automation,
  type Json,
  type JsonMap,
  type Path,
  parseAutomation,
  readYaml,
} from "#home/automation/automation.ts";
import type { AutomationConfig, UsedBlueprint } from "#home/automation-config/automation-config.ts";

/** What is looked at: a text, or what stands in Home Assistant. */
export interface Subject {
  /** YAML or JSON. */
  readonly source?: string;
  readonly entityId?: string;
}

/** A subject that was read. */
export interface ReadSubject {
  readonly automation: Automation;
  readonly adjustables: readonly Adjustable[];
}

/** Reads a text, or what stands there. Throws `not_found`, and `invalid` for what cannot be played. */
export const createReadSubject =
  (house: Pick<AutomationConfig, "configOf" | "blueprintOf">) =>
  async ({ source, entityId }: Subject): Promise<ReadSubject> => {
    const { written, path } =
      source === undefined
        ? { written: (await house.configOf(entityId ?? ""))?.config, path: [] }
        : onlyOne(readYaml(source).value as Json);
    if (written === undefined && source === undefined) {
      throw new AppError("not_found", "automations.unknown", `There is no ${entityId}`);
    }
    const used = isMap(written) ? await house.blueprintOf(written, "automation") : undefined;
    const parsed = parseAutomation(used ? used.body : written);
    if (parsed.value?.kind !== "automation") {
      throw new AppError("invalid", "automations.unreadable", unreadable(used));
    }
    // What stands in the blueprint can be another only there.
    if (used) return { automation: parsed.value, adjustables: [] };
    const adjustables = adjustablesOf(parsed, written ?? null).map((one) => ({
      ...one,
      at: [...path, ...one.at],
    }));
    return { automation: parsed.value, adjustables };
  };

const unreadable = (used: UsedBlueprint | undefined) =>
  used?.problem === undefined
    ? "It cannot be played back: it has errors"
    : `It cannot be played back. Home Assistant cannot use its blueprint: ${used.problem}`;

const isMap = (value: unknown): value is JsonMap =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** A text may be a list that holds one, as in Home Assistant's file. */
function onlyOne(value: Json): { written: Json; path: Path } {
  const [only] = Array.isArray(value) && value.length === 1 ? (value as Json[]) : [];
  return only === undefined ? { written: value, path: [] } : { written: only, path: [0] };
}

/** The number at this place. Throws `invalid` when there is none that can be another. */
export function adjustableAt({ adjustables }: ReadSubject, path: Path): Adjustable {
  const wanted = JSON.stringify(path);
  const found = adjustables.find((one) => JSON.stringify(one.path) === wanted);
  if (found) return found;
  throw new AppError(
    "invalid",
    "automations.not_adjustable",
    "There is no threshold, length of time or time of day at this place",
  );
}
