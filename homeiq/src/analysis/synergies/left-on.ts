import { kinds, type Look } from "#analysis/templates/templates.ts";
import { present } from "#foundation/absent.ts";
import { median } from "#foundation/median.ts";
import { MINUTE_MS } from "#foundation/time.ts";
import { type Candidate, type FoundOfType, measuredAt, type Question } from "./candidate.ts";
import { presenceHabits } from "./habits.ts";
import { callFor } from "./home-look.ts";
import { awayOf, daysOf, stretchesOf } from "./past.ts";
import { hoursByDay, inside, lengthOf } from "./stretches.ts";

const LEAST_MS = 15 * MINUTE_MS; // who left was still on the way
const LEAST_TIMES = 3;
const MOST_SHARE = 0.5; // what is on more often than not with nobody at home is meant to be
const NOT_ON = new Set(["off", "unavailable", "unknown", "standby", "idle", "paused"]);

/** What may be switched off when nobody is there, by what it is. */
const switchable = (look: Look) => [
  ...look.find(kinds.LIGHT),
  ...look.find(kinds.PLUG),
  ...look.find(kinds.HOT_PLUG),
  ...look.find(kinds.PLAYER),
  ...look.find(kinds.VENTILATOR),
];

/** What was left on with nobody at home, and what people do when they come or go. */
export function findPresence(question: Question): FoundOfType {
  const { around, past } = question;
  const habits = presenceHabits(question);
  const people = around.look.find(kinds.PERSON).map(({ entityId }) => entityId);
  const away = awayOf(past, people).filter(({ from, until }) => until - from >= LEAST_MS);
  if (away.length === 0) return { found: habits, needs: ["people"] };
  const ids = new Set(switchable(around.look).map(({ entityId }) => entityId));
  const left = [...ids].flatMap((entityId): Candidate[] => {
    const action = { entityId, to: "off" };
    if (!past.steps.has(entityId) || !callFor(action, around.home)) return [];
    const isOn = stretchesOf(past, entityId, (state) => !NOT_ON.has(state));
    const times = away.flatMap((stretch) => {
      const some = inside(isOn, stretch);
      // What comes on while they are away is not forgotten: a timer does that.
      const first = some.find(({ from }) => from === stretch.from);
      const isLeft = first !== undefined && first.until - first.from >= LEAST_MS;
      return isLeft ? [{ at: stretch.from, stretches: [first] }] : [];
    });
    if (times.length < LEAST_TIMES || times.length > MOST_SHARE * away.length) return [];
    const watts = past.watts.get(entityId);
    const hours = hoursByDay(
      times.flatMap(({ stretches }) => stretches),
      question.local,
    );
    const kwh = watts && new Map([...hours].map(([day, n]) => [day, (n * watts.value) / 1000]));
    const days = daysOf(past);
    return [
      {
        facts: {
          ...{ type: "presence", what: "left_on", action },
          minutes: median(times.map(({ stretches }) => lengthOf(stretches) / MINUTE_MS)),
          ...present("watts", watts),
        },
        about: ["left_on", entityId],
        entityIds: [entityId],
        edges: [{ from: "people", to: entityId, joins: "when" }],
        measured: measuredAt(
          times.map(({ at }) => at),
          { span: past, entityId, of: away.length },
        ),
        spared: [
          { kind: "hours", days, amounts: hours },
          ...(kwh ? [{ kind: "kwh" as const, days, amounts: kwh }] : []),
        ],
      },
    ];
  });
  return { found: [...habits, ...left] };
}
