import { present } from "#foundation/absent.ts";
import { type Cause, domainOf, isOperable } from "#ingest/normalize/normalize.ts";

/** What Home Assistant's records say of what was behind a change; empty when they say nothing. */
export interface PastOrigin {
  readonly userId?: string;
  readonly eventType?: string;
  /** Of the action that was called, or of the integration that describes the event. */
  readonly domain?: string;
  readonly service?: string;
  readonly byEntityId?: string;
  readonly byName?: string;
}

interface Facts {
  readonly entityId: string;
  readonly state: string;
  /** The state before, when it is known. */
  readonly before?: string;
  /** Absent when no record of causes could be had: then a hand is not guessed at. */
  readonly origin?: PastOrigin;
  readonly findUser: (userId: string) => { name?: string; isSystem: boolean } | undefined;
}

// Each stands below its live counterpart in docs/causes.md: order, commands and echoes are not in the records.
const SURE = 0.9;
const NAMED = 0.85;
const UNNAMED = 0.7;
const VENDOR = 0.6;
const OBSERVED = 0.85;
const SILENT = 0.4;

const NO_HUMAN_MEANING = new Set(["unavailable", "unknown"]);
const VOICE = new Set(["alexa", "google_assistant", "conversation", "assist_satellite"]);
/** Actions of `script` that are not a script's own name. */
const SCRIPT_ACTIONS = new Set(["turn_on", "turn_off", "toggle", "reload"]);

/** Names the cause of a change from what was recorded of it; `undefined` when nothing can be said. */
export function causeOfPast({ entityId, state, before, origin, findUser }: Facts) {
  if (NO_HUMAN_MEANING.has(state) || NO_HUMAN_MEANING.has(before ?? "")) {
    return { kind: "integration", confidence: OBSERVED } satisfies Cause;
  }
  const operable = isOperable(domainOf(entityId));
  const person = origin?.userId ? personOf(origin.userId, findUser) : undefined;
  const known = origin && causeOfOrigin(origin, person, operable);
  if (known) return known;
  if (!operable) return { kind: "integration", confidence: OBSERVED } satisfies Cause;
  // A hand, a vendor's app or a late report: the records do not tell them apart.
  // The first state that is known of an entity is no change at all.
  if (!origin || before === undefined) return undefined;
  return { kind: "physical", confidence: SILENT } satisfies Cause;
}

function causeOfOrigin(
  { eventType, domain, service, byEntityId, byName }: PastOrigin,
  person: Cause | undefined,
  operable: boolean,
): Cause | undefined {
  const root = person ? { rootKind: person.kind } : {};
  const by = { ...present("by", byEntityId), ...present("byName", byName) };
  if (eventType === "automation_triggered") {
    return { kind: "automation", confidence: SURE, ...by, ...root };
  }
  if (eventType === "script_started") return { kind: "script", confidence: NAMED, ...by, ...root };
  if (domain === "script" && service) {
    const named = SCRIPT_ACTIONS.has(service) ? {} : { by: `script.${service}` };
    return { kind: "script", confidence: NAMED, ...named, ...root };
  }
  if (domain === "scene") return { kind: "scene", confidence: NAMED, ...root };
  if (person && (operable || service)) return person;
  if (person) return { ...person, kind: "integration", confidence: VENDOR };
  if (domain && VOICE.has(domain)) return { kind: "person_voice", confidence: VENDOR };
  if (eventType || domain || byEntityId) return { kind: "integration", confidence: VENDOR };
  return undefined;
}

function personOf(userId: string, findUser: Facts["findUser"]): Cause {
  const user = findUser(userId);
  const who = { by: userId, ...(user?.name ? { byName: user.name } : {}) };
  if (user?.isSystem) return { kind: "integration", confidence: VENDOR, ...who };
  return { kind: "person_dashboard", confidence: user ? NAMED : UNNAMED, ...who };
}
