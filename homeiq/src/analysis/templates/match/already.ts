import { effectsOf, type LintedHouse } from "#analysis/automation-lint/automation-lint.ts";
import { type Automation, type CallAction, type Json, walk } from "#home/automation/automation.ts";
import type { HomeSnapshot } from "#home/snapshot/snapshot.ts";
import { momentsOf } from "./moments.ts";

/** What stands in the home already; also a house as the linter reads it. */
export type Existing = Partial<Pick<LintedHouse, "automations" | "scripts" | "scenes">>;

/** What the automations of a home do. */
export interface Already {
  /**
   * Whether one of them is set off by the same and does the same to the same: what an automation does first is what it is
   * for. `byDevice`: another entity of the same device is the same as well.
   */
  does(automation: Automation, options?: { readonly byDevice?: boolean }): boolean;
}

const TELLS = "somebody is told";

interface Deed {
  readonly moments: ReadonlySet<string>;
  readonly deeds: ReadonlySet<string>;
}

export function knowExisting(
  home: HomeSnapshot,
  { automations = [], scripts = [], scenes = [] }: Existing,
): Already {
  const house: LintedHouse = { now: 0, home, automations, scripts, scenes };
  const known = automations.flatMap((one): Deed[] => {
    const { configuration } = one;
    if (configuration?.kind === "blueprint_use") {
      // Its text is not known: what it is given, it may listen to and do anything with.
      const ids = new Set(textsIn(configuration.input));
      return [{ moments: ids, deeds: new Set([...ids, TELLS]) }];
    }
    if (configuration?.kind !== "automation") return [];
    const deeds = effectsOf(one, house).flatMap(({ entityId, to, action, toggles }) => [
      ...[to, action].map((what) => `${entityId} ${what}`),
      ...(toggles ? ["on", "off"].map((what) => `${entityId} ${what}`) : []),
    ]);
    const tells = callsOf(configuration).some(isTelling) ? [TELLS] : [];
    return [{ moments: momentsOf(configuration, home), deeds: new Set([...deeds, ...tells]) }];
  });

  const devices = (moments: ReadonlySet<string>): string[] =>
    [...moments].flatMap((id) => home.entities.get(id)?.deviceId ?? []);

  return {
    does(automation, { byDevice = false } = {}) {
      const moments = momentsOf(automation, home);
      const deeds = purposeOf(automation, house);
      const own = new Set(byDevice ? devices(moments) : []);
      return known.some(
        (other) =>
          deeds.some((deed) => other.deeds.has(deed)) &&
          (!moments.isDisjointFrom(other.moments) ||
            devices(other.moments).some((device) => own.has(device))),
      );
    },
  };
}

/** What its first call does, and to what: of a blueprint no more is known than which entities it is given. */
function purposeOf(automation: Automation, house: LintedHouse): string[] {
  const [first] = callsOf(automation).filter((one) => !isAsking(one));
  if (!first) return [];
  if (isTelling(first)) return [TELLS];
  const linted = {
    kind: "automation" as const,
    entityId: "",
    name: "",
    raw: undefined,
    configuration: automation,
    pathOf: () => undefined,
  };
  return effectsOf(linted, house)
    .filter(({ node }) => node === first)
    .flatMap(({ entityId, to, action }) => [`${entityId} ${to ?? action}`, entityId]);
}

function callsOf(automation: Automation): CallAction[] {
  const calls: CallAction[] = [];
  walk(automation, {
    action(action, { disabled }) {
      if (action.kind === "call" && !disabled) calls.push(action);
    },
  });
  return calls;
}

/** Every text in what a blueprint is given, at any depth: ids stand under keys of its own. */
function textsIn(value: Json): string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

/** What only asks, for a forecast or the days of a calendar, is not what it is for. */
const isAsking = ({ action }: CallAction) => /\.get_\w+$/.test(String(action));

const isTelling = ({ action }: CallAction) =>
  /^(notify|persistent_notification|tts|telegram_bot)\./.test(String(action));
