import { DAY_MS, MINUTE_MS } from "#foundation/time.ts";
import { momentOfWall, wallAt } from "#foundation/wall-time.ts";
import type { ProposedAction } from "../proposal.ts";
import type { Noticed } from "../proposals/proposals.ts";
import type { Say } from "../say.ts";
import type { Facts } from "./facts.ts";
import { all, domainOf, isOpenDoor, isOpenWindow, nobodySince } from "./house.ts";

const BEFORE_MS = 45 * MINUTE_MS; // while people may still be told
const OPEN_MS = 10 * MINUTE_MS;
const COLD_C = 10; // in a warm night windows are open on purpose

/** Doors and locks that are open as the night comes; windows only where nobody wants them open. */
export function openAtNight(facts: Facts, say: Say): Noticed[] {
  const { now, timeZone, night, weather } = facts;
  const wall = wallAt(timeZone, now);
  const midnight = Math.floor(wall / DAY_MS) * DAY_MS;
  const starts = [midnight - DAY_MS, midnight, midnight + DAY_MS].map(
    (day) => day + msOf(night.from),
  );
  const from = starts.findLast((one) => one - BEFORE_MS <= wall);
  if (from === undefined || wall >= endOf(from)) return [];
  const isCold = weather !== undefined && weather.now.temperatureC <= COLD_C;
  const areWindowsMeant = nobodySince(facts) === undefined && !isCold;
  const open = all(
    facts,
    (one) => isOpenDoor(one) || (!areWindowsMeant && isOpenWindow(one)),
  ).filter(({ lastChangedAt }) => now - lastChangedAt >= OPEN_MS);
  if (open.length === 0) return [];
  const entityIds = open.map(({ entityId }) => entityId);
  const actions = [
    ...calls(
      "lock.lock",
      entityIds.filter((id) => domainOf(id) === "lock"),
    ),
    ...calls(
      "cover.close_cover",
      entityIds.filter((id) => domainOf(id) === "cover"),
    ),
  ];
  const touched = actions.flatMap((one) => one.entityIds);
  const isLocks = touched.every((id) => domainOf(id) === "lock");
  return [
    {
      ...{ kind: "open_at_night", subject: "open_at_night", isSafety: false, entityIds },
      key: `open_at_night:${Math.floor(from / DAY_MS)}`,
      expiresAt: momentOfWall(timeZone, endOf(from)),
      title: say.say("agent.night.title"),
      text: say.say("agent.night", { names: say.names(entityIds) }),
      evidence: open.map(({ entityId, lastChangedAt }) => ({
        ...{ entityId, at: lastChangedAt },
        text: say.say("agent.open.evidence", {
          name: say.names([entityId]),
          time: say.time(lastChangedAt, now),
        }),
      })),
      ...(actions.length > 0
        ? {
            offer: {
              label: say.say(isLocks ? "agent.lock.do" : "agent.close.do", {
                names: say.names(touched),
              }),
              actions,
            },
          }
        : {}),
    },
  ];

  function endOf(start: number): number {
    const length = (msOf(night.to) - msOf(night.from) + DAY_MS) % DAY_MS;
    return start + length;
  }
}

const calls = (service: string, entityIds: readonly string[]): ProposedAction[] =>
  entityIds.length > 0 ? [{ service, entityIds }] : [];

function msOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(":").map(Number);
  return (hours * 60 + minutes) * MINUTE_MS;
}
