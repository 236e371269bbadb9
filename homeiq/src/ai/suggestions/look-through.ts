import { createTexts, type Done, type Names } from "#ai/texts/texts.ts";
import {
  effectsOf,
  type LintedHouse,
  toLintedHouse,
} from "#analysis/automation-lint/automation-lint.ts";
import type { DetectionRun, KnownPattern, Patterns } from "#analysis/patterns/patterns.ts";
import type { Synergies } from "#analysis/synergies/synergies.ts";
import { knowExisting, type Match, matchTemplates } from "#analysis/templates/templates.ts";
import type { HomeSnapshot } from "#home/snapshot/snapshot.ts";
import type { Candidate } from "./candidate.ts";
import type { ByHand } from "./factors.ts";
import { aroundOf, type FeaturePast, findUnused, type Unused } from "./features/features.ts";
import { fromFeatures } from "./from-features.ts";
import { fromPatterns } from "./from-patterns.ts";
import { fromSynergies } from "./from-synergies.ts";
import { fromTemplates } from "./from-templates.ts";
import { looksLivedIn } from "./lived-in.ts";
import type { Found, LookedAt } from "./looking.ts";
import type { SuggestionSource } from "./suggestion.ts";

/** What was found before. */
interface Known {
  readonly patterns: Pick<Patterns, "list" | "lastRun">;
  readonly synergies: Pick<Synergies, "list">;
  readonly past: FeaturePast;
}

type Look = readonly [
  sources: readonly SuggestionSource[],
  look: () => Promise<readonly Candidate[]> | readonly Candidate[],
];

/** Asks every source, habits first, as ideas are worth what habits show of them; one that fails does not take the others along. */
export async function lookThrough(
  { patterns, synergies, past }: Known,
  looked: LookedAt,
): Promise<Found> {
  const { home, timeZone, language, currency } = looked;
  const house = toLintedHouse({ now: looked.now, home, ...looked.standing });
  const texts = createTexts({ language, timeZone });
  const names = namesIn(home, looked.people);
  const actingOn = countActing(house);
  const already = knowExisting(home, house);
  const run = patterns.lastRun();
  let byHand: ReturnType<typeof countByHand> = () => undefined;
  let measured: (match: Match) => boolean = () => false;
  const given = { home, texts, names, actingOn };
  const looks: readonly Look[] = [
    [
      ["pattern", "scene"],
      () => {
        if (!run) return [];
        const known = patterns.list({ statuses: ["active"] });
        byHand = countByHand(known, run);
        return fromPatterns({ patterns: known, timeZone, ...given, ...run });
      },
    ],
    [
      ["synergy", "energy"],
      () =>
        fromSynergies({
          synergies: synergies.list({ statuses: ["active"] }),
          ...{ ...given, currency },
        }),
    ],
    [
      ["feature"],
      () => {
        const around = aroundOf(home, looked.onDashboard);
        const asked = { past, home, house, around, to: looked.now, timeZone };
        const unused = findUnused({ ...asked, hidden: looked.hidden });
        const found = fromFeatures({
          ...{ unused, home, around, texts, already, timeZone },
          to: looked.now,
        });
        measured = takenBy(unused, found);
        return found;
      },
    ],
    [
      ["template"],
      () =>
        fromTemplates({
          matches: matchTemplates(home, house).filter(
            (match) =>
              !measured(match) && !(match.template.id === PLAN_TEMPLATE && candidates.some(isPlan)),
          ),
          ...{ home, texts, actingOn, byHand },
        }),
    ],
  ];
  const isLivedIn = looksLivedIn(house);
  /** That its lights go on in the evening anyway says nothing of an empty house. */
  const isNew = ({ kind, make }: Candidate) =>
    kind === "presence_plan" ? !isLivedIn : make?.kind !== "automation" || !already.does(make);
  const candidates: Candidate[] = [];
  const failed = new Set<SuggestionSource>();
  const errors: string[] = [];
  for (const [sources, look] of looks) {
    try {
      candidates.push(...(await look()));
    } catch (error) {
      errors.push(error instanceof Error ? (error.stack ?? error.message) : String(error));
      for (const source of sources) failed.add(source);
    }
  }
  return { candidates: candidates.filter(isNew), failed, errors };
}

/** Lights while nobody is home, at any hours: those of a usual evening are better. */
const PLAN_TEMPLATE = "lights_while_on_vacation";
const isPlan = ({ kind }: Candidate) => kind === "presence_plan";

/** Ideas by the devices alone that say of a device what was measured of it. */
function takenBy(unused: readonly Unused[], found: readonly Candidate[]) {
  const kept = new Set(found.map(({ kind, entityIds }) => `${kind} ${entityIds[0]}`));
  const taken = unused.flatMap(({ kind, entity: { entityId } }) =>
    kept.has(`${kind.id} ${entityId}`)
      ? (kind.insteadOf ?? []).map((template) => `${template} ${entityId}`)
      : [],
  );
  return ({ template, slots }: Match): boolean =>
    taken.length > 0 &&
    Object.values(slots)
      .flatMap(({ value }) => [value ?? []].flat())
      .some((one) => taken.includes(`${template.id} ${one}`));
}

function namesIn(home: HomeSnapshot, people: ReadonlyMap<string, string>): Names {
  return {
    entity: (entityId) => home.entities.get(entityId)?.name ?? entityId,
    deviceClass(entityId) {
      const { device_class: deviceClass } = home.entities.get(entityId)?.attributes ?? {};
      return typeof deviceClass === "string" ? deviceClass : undefined;
    },
    area: (areaId) => home.areas.get(areaId)?.name ?? areaId,
    person: (id) => people.get(id),
  };
}

/** How many automations act on any of these. */
function countActing(house: LintedHouse) {
  const acting = house.automations.map(
    (one) => new Set(effectsOf(one, house).map(({ entityId }) => entityId)),
  );
  return (entityIds: readonly string[]): number =>
    acting.filter((touched) => entityIds.some((entityId) => touched.has(entityId))).length;
}

/** What habits by the clock say of how often something is done by hand; each of them has its own hours. */
function countByHand(known: readonly KnownPattern[], run: DetectionRun) {
  const times = new Map<string, number>();
  for (const { pattern, seenCount } of known) {
    if (pattern.kind !== "time_of_day") continue;
    const key = `${pattern.entityId} ${pattern.to}`;
    times.set(key, (times.get(key) ?? 0) + seenCount);
  }
  return ([first]: readonly Done[]): ByHand | undefined => {
    const seen = first && times.get(`${first.entityId} ${first.to}`);
    return seen === undefined ? undefined : { times: seen, from: run.from, to: run.to };
  };
}
