import type {
  HouseMap,
  PastChange,
  PastEvent,
  PastWorld,
  WorldState,
} from "#src/analysis/replay/replay.ts";
import type { Automation } from "#src/home/automation/automation.ts";
import { parseAutomation } from "#src/home/automation/automation.ts";

export const BERLIN = { latitude: 52.52, longitude: 13.4, elevation: 34 };
/** A Monday in winter, midnight in Berlin. */
export const MONDAY = Date.parse("2026-01-12T00:00:00+01:00");

interface Script {
  readonly start?: number;
  readonly end?: number;
  readonly timeZone?: string;
  /** States at the start: text, or text and attributes. */
  readonly initial?: Readonly<
    Record<string, string | readonly [string, Readonly<Record<string, unknown>>]>
  >;
  /** `[seconds after the start, entity id, state, changed attributes, cause]`. */
  readonly changes?: readonly (readonly [
    number,
    string,
    string | undefined,
    Readonly<Record<string, unknown>>?,
    PastChange["cause"]?,
  ])[];
  readonly events?: readonly PastEvent[];
  readonly house?: HouseMap;
}

/** A past of a few written lines. */
export function scripted({
  start = MONDAY,
  end = start + 86_400_000,
  timeZone = "Europe/Berlin",
  initial = {},
  changes = [],
  events,
  house,
}: Script): PastWorld {
  return {
    ...{ start, end, timeZone, position: BERLIN },
    initial: Object.entries(initial).map(([entityId, said]) => toState(entityId, said, start)),
    changes: changes.map(([seconds, entityId, state, changedAttributes, cause]) => ({
      at: start + seconds * 1000,
      entityId,
      ...(state === undefined ? {} : { state }),
      ...(changedAttributes ? { changedAttributes } : {}),
      ...(cause ? { cause } : {}),
    })),
    ...(events ? { events } : {}),
    ...(house ? { house } : {}),
  };
}

function toState(
  entityId: string,
  said: string | readonly [string, Readonly<Record<string, unknown>>],
  start: number,
): WorldState {
  const [state, attributes] = typeof said === "string" ? [said, {}] : said;
  return { entityId, state, attributes, lastChangedAt: start - 1e9, lastUpdatedAt: start - 1e9 };
}

/** An automation as a person writes it. */
export function automation(raw: Readonly<Record<string, unknown>>): Automation {
  const parsed = parseAutomation({ actions: [], triggers: [], ...raw });
  if (parsed.value?.kind !== "automation") {
    throw new Error(parsed.problems.map(({ message }) => message).join("; "));
  }
  return parsed.value;
}
