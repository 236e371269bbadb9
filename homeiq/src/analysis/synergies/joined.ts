import { effectsOf, type LintedHouse } from "#analysis/automation-lint/automation-lint.ts";
import type { Existing } from "#analysis/templates/templates.ts";
import { type CallAction, type Json, referencesOf, walk } from "#home/automation/automation.ts";
import type { HomeSnapshot } from "#home/snapshot/snapshot.ts";
import type { Deed } from "./synergy.ts";

/** What the automations, scripts and scenes of a home join already, however they are set off. */
export interface Joined {
  /** One of them has all of this done, and knows of one of these entities, where any are named. */
  does(deeds: readonly Deed[], knowing?: readonly string[]): boolean;
  /** One of them knows of one of these entities and tells people. */
  tellsOf(entityIds: readonly string[]): boolean;
}

interface One {
  readonly knows: ReadonlySet<string>;
  readonly deeds: ReadonlySet<string>;
  readonly tells: boolean;
}

export function joinedIn(
  home: HomeSnapshot,
  { automations = [], scripts = [], scenes = [] }: Existing,
): Joined {
  const house: LintedHouse = { now: 0, home, automations, scripts, scenes };
  const all = [...automations, ...scripts].flatMap((one): One[] => {
    const { configuration } = one;
    if (!configuration) return [];
    if (configuration.kind === "blueprint_use") {
      // Its text is not known: what it is given, it may listen to and do anything with.
      const ids = new Set(textsIn(configuration.input));
      return [{ knows: ids, deeds: ids, tells: true }];
    }
    const effects = effectsOf(one, house);
    const knows = referencesOf(configuration)
      .filter(({ kind }) => kind === "entity")
      .map(({ id }) => id);
    return [
      {
        knows: new Set(knows),
        deeds: new Set(effects.map(({ entityId, to, action }) => `${entityId} ${to ?? action}`)),
        tells: tells(configuration),
      },
    ];
  });
  return {
    does: (deeds, knowing = []) =>
      all.some(
        (one) =>
          (knowing.length === 0 || knowing.some((id) => one.knows.has(id))) &&
          deeds.every(
            ({ entityId, to }) =>
              one.deeds.has(`${entityId} ${endOf(to)}`) || one.deeds.has(entityId),
          ),
      ),
    tellsOf: (entityIds) =>
      all.some((one) => one.tells && entityIds.some((id) => one.knows.has(id))),
  };
}

/** A player that is turned on is told to be on, and idles or plays then. */
const endOf = (to: string) => (to === "playing" || to === "idle" || to === "paused" ? "on" : to);

function tells(configuration: Parameters<typeof walk>[0]): boolean {
  let found = false;
  walk(configuration, {
    action(action, { disabled }) {
      if (action.kind === "call" && !disabled && isTelling(action)) found = true;
    },
  });
  return found;
}

const isTelling = ({ action }: CallAction) =>
  /^(notify|persistent_notification|tts|telegram_bot)\./.test(String(action));

function textsIn(value: Json): string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [];
}
