import { SECOND_MS } from "#foundation/time.ts";
import type { Act } from "../acts/acts.ts";

/** One hand at one thing shows at several entities at once. */
const AT_ONCE_MS = 2 * SECOND_MS;

/** Of one device the entity that says most of what was done; the others only follow it. */
const SAYS_MOST = [
  ...["light", "cover", "climate", "fan", "lock", "vacuum", "media_player", "humidifier"],
  ...["water_heater", "valve", "alarm_control_panel", "switch", "input_boolean", "siren"],
  ...["select", "input_select", "scene", "script", "button", "input_button", "event"],
];

interface Known {
  /** Members of entities that stand for several others. */
  readonly groups: ReadonlyMap<string, readonly string[]>;
  readonly deviceOf: (entityId: string) => string | undefined;
}

/** Without what only follows at the same moment: the members of a group, the other entities of a device. */
export function withoutEchoes(acts: readonly Act[], { groups, deviceOf }: Known): Act[] {
  const dropped = new Set<Act>();
  for (const [n, act] of acts.entries()) {
    const members = groups.get(act.entityId);
    const device = deviceOf(act.entityId);
    if (!members && device === undefined) continue;
    const near = around(acts, n);
    if (members) {
      const followed = near.filter(
        ({ entityId, to }) => to === act.to && members.includes(entityId),
      );
      if (followed.length === 1)
        dropped.add(act); // the group follows its member
      else for (const one of followed) dropped.add(one);
    }
    const siblings = near.filter(
      ({ entityId }) => entityId !== act.entityId && deviceOf(entityId) === device,
    );
    if (device !== undefined && siblings.some((one) => comesBefore(one, act))) dropped.add(act);
  }
  return dropped.size === 0 ? [...acts] : acts.filter((act) => !dropped.has(act));
}

/** The others at the same moment. */
function around(acts: readonly Act[], n: number): Act[] {
  const { at } = acts[n] as Act;
  const near: Act[] = [];
  for (let m = n - 1; m >= 0 && at - (acts[m] as Act).at <= AT_ONCE_MS; m -= 1) {
    near.push(acts[m] as Act);
  }
  for (let m = n + 1; m < acts.length && (acts[m] as Act).at - at <= AT_ONCE_MS; m += 1) {
    near.push(acts[m] as Act);
  }
  return near;
}

function comesBefore(one: Act, other: Act): boolean {
  const [first, second] = [rankOf(one), rankOf(other)];
  return first === second ? one.entityId < other.entityId : first < second;
}

function rankOf({ entityId }: Act): number {
  const rank = SAYS_MOST.indexOf(entityId.slice(0, entityId.indexOf(".")));
  return rank < 0 ? SAYS_MOST.length : rank;
}
