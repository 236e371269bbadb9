import { kinds } from "#analysis/templates/templates.ts";
import { present } from "#foundation/absent.ts";
import { median } from "#foundation/median.ts";
import { MINUTE_MS } from "#foundation/time.ts";
import type { HomeEntity } from "#home/snapshot/snapshot.ts";
import { type Candidate, type FoundOfType, measuredAt, type Question } from "./candidate.ts";
import { callFor } from "./home-look.ts";
import { awayOf, daysOf, nightsOf, stretchesOf } from "./past.ts";
import { hoursByDay, inside, lengthOf, type Stretch } from "./stretches.ts";
import type { Deed } from "./synergy.ts";

const LEAST_MS = 15 * MINUTE_MS; // who airs or takes the bins out comes back
const LEAST_TIMES = 2;
const MOST_SHARE = 0.8; // what is open nearly every time is meant to be

const UNSAFE: Readonly<Record<string, string>> = {
  lock: "unlocked",
  cover: "open",
  binary_sensor: "on",
};

/** Locks, doors, windows and garages that were open at night, or with nobody at home. */
export function findSecurity(question: Question): FoundOfType {
  const { around, past } = question;
  const { look } = around;
  const watched = new Map(
    [...look.find(kinds.LOCK), ...look.find(kinds.GARAGE_DOOR), ...look.find(kinds.WAY_IN)].map(
      (entity) => [entity.entityId, entity],
    ),
  );
  const known = [...watched.values()].filter(({ entityId }) => past.steps.has(entityId));
  if (known.length === 0) return { found: [], needs: ["lock_or_door"] };
  const people = look.find(kinds.PERSON).map(({ entityId }) => entityId);
  const times = { night: nightsOf(past), away: awayOf(past, people) };
  const found = known.flatMap((entity) =>
    (["night", "away"] as const).flatMap(
      (during) => openDuring(entity, { during, stretches: times[during], question }) ?? [],
    ),
  );
  return { found, ...(people.length === 0 && { needs: ["people"] }) };
}

interface During {
  readonly during: "night" | "away";
  readonly stretches: readonly Stretch[];
  readonly question: Question;
}

function openDuring(
  entity: HomeEntity,
  { during, stretches, question }: During,
): Candidate | undefined {
  const { entityId, domain } = entity;
  const { past, local, around } = question;
  const state = UNSAFE[domain];
  if (state === undefined) return undefined;
  const open = stretchesOf(past, entityId, (one) => one === state);
  const times = stretches.flatMap((stretch) => {
    const some = inside(open, stretch);
    return lengthOf(some) >= LEAST_MS ? [some] : [];
  });
  if (times.length < LEAST_TIMES || times.length > MOST_SHARE * stretches.length) return undefined;
  const action = safely(entity);
  const can = action && callFor(action, around.home) ? action : undefined;
  return {
    facts: {
      ...{ type: "security", entityId, state, while: during },
      ...(during === "night" ? present("night", past.night) : {}),
      minutes: median(times.map((some) => lengthOf(some) / MINUTE_MS)),
      ...present("action", can),
    },
    about: [entityId, during],
    entityIds: [entityId],
    edges: [{ from: during === "night" ? "night" : "people", to: entityId, joins: "when" }],
    measured: measuredAt(
      times.flatMap(([first]) => first?.from ?? []),
      { span: past, entityId, of: stretches.length },
    ),
    spared: [{ kind: "hours", days: daysOf(past), amounts: hoursByDay(times.flat(), local) }],
  };
}

/** A lock can be locked; what closes by a motor could shut somebody in, so that people are told. */
const safely = ({ entityId, domain }: HomeEntity): Deed | undefined =>
  domain === "lock" ? { entityId, to: "locked" } : undefined;
