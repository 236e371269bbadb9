import { isEntityId } from "./entity-id.ts";
import { kindOf } from "./fields.ts";
import { readPlainEntityIds } from "./read-entity.ts";
import { toFloat } from "./read-number.ts";
import { readOffset } from "./read-period.ts";
import { readBoolean, readText, readWord } from "./read-text.ts";
import { checkThreshold } from "./read-threshold.ts";
import type { At, Reading } from "./reading.ts";

type Settings = Readonly<Record<string, unknown>>;
type Check = (r: Reading, at: At, settings: Settings) => void;

/** What Home Assistant's selectors take where an option of theirs is written; kinds that are not here take all. */
const CHECKS: Readonly<Record<string, Check>> = {
  numeric_threshold: checkThreshold,
  duration: checkDuration,
  select: checkSelect,
  state: checkState,
  entity: checkEntity,
  text: (r, at) => void readText(r, at),
  boolean: (r, at) => void readBoolean(r, at),
  number(r, at) {
    if (toFloat(at.value) === undefined) {
      r.error(at.path, "not_a_number", `A number is needed here, not ${kindOf(at.value)}.`);
    }
  },
};

/** Reports what a selector would not take. A text is a text there: no template is rendered in it. */
export function checkSelected(r: Reading, at: At, selector: Settings): void {
  const [kind = "", settings] = Object.entries(selector)[0] ?? [];
  const isSettings = typeof settings === "object" && settings !== null;
  if (Object.hasOwn(CHECKS, kind)) {
    CHECKS[kind]?.(r, at, isSettings ? (settings as Settings) : {}); // what JSON holds and is no list
  }
}

function checkDuration(r: Reading, at: At, { mode }: Settings): void {
  const isCountdown = at.path.at(-1) === "remaining";
  const isMap = typeof at.value === "object" && at.value !== null && !Array.isArray(at.value);
  if (isCountdown && !isMap) {
    r.error(at.path, "invalid_period", "This time is a set of units, as `minutes: 5`.");
    return;
  }
  const period = readOffset(r, at);
  if (mode !== "offset" && period && "ms" in period && period.ms < 0) {
    r.error(at.path, "negative_period", "This time must not be negative.");
  }
}

function checkSelect(
  r: Reading,
  at: At,
  { options, multiple, custom_value: free }: Settings,
): void {
  if (!Array.isArray(options)) return;
  const words = options.map((one: unknown) =>
    typeof one === "object" && one !== null && "value" in one ? one.value : one,
  );
  const known = words.filter((word) => typeof word === "string");
  if (multiple === true) {
    for (const each of listOf(at)) if (free !== true) readWord(known)(r, each);
  } else if (free !== true) readWord(known)(r, at);
}

const HVAC_MODES = ["off", "heat", "cool", "heat_cool", "auto", "dry", "fan_only"] as const;

function checkState(r: Reading, at: At): void {
  const isMode = at.path.at(-1) === "hvac_mode";
  if (Array.isArray(at.value) && at.value.length === 0) {
    r.error(at.path, "empty", "At least one is needed here.");
    return;
  }
  for (const each of listOf(at)) {
    if (isMode) readWord(HVAC_MODES)(r, each);
    else if (at.path.at(-1) === "event_type") readText(r, each);
    else readTextOnly(r, each);
  }
}

function listOf(at: At): At[] {
  if (!Array.isArray(at.value)) return [at];
  return at.value.map((value: unknown, index) => ({ value, path: [...at.path, index] }));
}

function readTextOnly(r: Reading, { value, path }: At): void {
  if (typeof value === "string") return;
  r.error(path, "not_text", `Text is needed here, not ${kindOf(value)}.`);
}

function checkEntity(r: Reading, at: At, { domain, multiple }: Settings): void {
  const ids = readPlainEntityIds(r, at);
  if (multiple !== true && ids && ids.length !== 1) {
    r.error(at.path, "two_keys", "Exactly one is needed here.");
  }
  if (domain === undefined) return;
  const domains: unknown[] = Array.isArray(domain) ? domain : [domain];
  for (const id of ids ?? []) {
    if (!isEntityId(id) || domains.includes(id.split(".")[0])) continue;
    r.error(at.path, "other_domain", `\`${id}\` is not of the kind ${domains.join(" or ")}.`);
  }
}
