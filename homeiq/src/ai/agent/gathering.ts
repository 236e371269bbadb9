import type { FactsByTopic, OutsideTopic } from "#enrichment/provider.ts";
import type { Clock } from "#foundation/clock.ts";
import { toAppError } from "#foundation/errors.ts";
import type { Log } from "#foundation/log.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "#foundation/time.ts";
import type { EntityState } from "#home/states/states.ts";
import {
  type BestRun,
  classOf,
  courseOf,
  domainOf,
  type Facts,
  lastRunOf,
  type Trip,
  usualReturns,
  type WhereStep,
} from "./noticing/noticing.ts";
import type { AgentSettings } from "./settings/settings.ts";
import type { TaskFacts } from "./tasks/tasks.ts";

/** Where facts come from; each may fail, and then that fact is not known. */
export interface Sources {
  readonly states: ReadonlyMap<string, EntityState>;
  readonly latest: <T extends OutsideTopic>(
    topic: T,
  ) => { readonly facts: FactsByTopic[T]; readonly isStale: boolean } | undefined;
  /** Times away that the calendar knows of. */
  readonly trips: () => Promise<readonly Trip[]>;
  /** When an appliance with this power sensor had best run within a day. */
  readonly bestRun: (
    entityId: string,
    by: BestRun["by"],
  ) => Promise<Omit<BestRun, "entityId" | "by"> | undefined>;
  /** Where each person was since then, as recorded. */
  readonly whereabouts: (from: number) => Promise<readonly (readonly WhereStep[])[]>;
  /** What sensors showed, one value a day, oldest first. */
  readonly dailyLevels: (
    entityIds: readonly string[],
    from: number,
  ) => Promise<ReadonlyMap<string, readonly { readonly at: number; readonly percent: number }[]>>;
  /** What power sensors showed, as it changed, in watts. */
  readonly power: (
    entityIds: readonly string[],
    from: number,
  ) => Promise<
    ReadonlyMap<string, { readonly at: readonly number[]; readonly value: readonly number[] }>
  >;
  /** When a door of the same device was opened last. */
  readonly openedAt: (powerSensor: string) => number | undefined;
  readonly forgotten: () => ReadonlySet<string>;
  readonly newSuggestions: (since: number) => readonly string[];
  readonly openSuggestions: () => number;
  readonly energyWeek: () => Promise<TaskFacts["energyWeek"]>;
}

interface Deps {
  readonly clock: Clock;
  readonly log: Log;
  readonly sources: Sources;
  readonly settings: () => AgentSettings;
  readonly timeZone: () => string;
  readonly isService: (service: string) => boolean;
}

export interface Gathering {
  /** From memory, never waiting. */
  facts(): Facts;
  /** Works out what takes longer, where it is due. */
  refresh(signal?: AbortSignal): Promise<void>;
  /** All of it, once a night, with the suggestions since then. */
  refreshNightly(since: number, signal: AbortSignal): Promise<void>;
  /** They were put to people. */
  digested(): void;
  taskFacts(noticed: readonly string[]): Promise<TaskFacts>;
}

const LAUNDRY =
  /wash(er|ing)|dryer|laundry|wasch|trockner|wasmachine|droger|lave-?linge|lavadora|lavatrice/i;
const MOVABLE = new RegExp(
  `${LAUNDRY.source}|dish ?_?wash|sp[uü]lm|vaatwasser|lave-?vaisselle|wallbox|ev.?charger`,
  "i",
);
const LAUNDRY_EVERY_MS = 5 * MINUTE_MS;
const OUTLOOK_EVERY_MS = HOUR_MS;
const OUTLOOK_OF = ["calendar", "price", "carbon"] as const;
const LAUNDRY_PAST_MS = 8 * HOUR_MS;
const BATTERY_PAST_MS = 90 * DAY_MS;
const RETURNS_PAST_MS = 56 * DAY_MS; // what was before, other work and other seasons
const USUAL_NIGHT = { from: "22:00", to: "07:00" };

/** What is known now: what changes by the second from the house itself, the rest worked out from time to time. */
export function createGathering({ clock, log, sources, settings, ...deps }: Deps): Gathering {
  const known = {
    ...{ trips: [] as readonly Trip[], bestRuns: [] as readonly BestRun[] },
    ...{ batteries: [] as Facts["batteries"], laundry: [] as Facts["laundry"] },
    usualReturns: {} as Facts["usualReturns"],
    ...{
      newSuggestions: [] as readonly string[],
      forgotten: new Set<string>() as Facts["forgotten"],
    },
  };
  let outlookOf = "";
  const refreshedAt = { laundry: 0, outlook: 0, batteries: 0 };

  const sensors = (deviceClass: string, name?: RegExp) =>
    [...sources.states.values()]
      .filter(
        (one) =>
          domainOf(one.entityId) === "sensor" &&
          classOf(one) === deviceClass &&
          (name?.test(`${one.entityId} ${one.attributes.friendly_name ?? ""}`) ?? true),
      )
      .map(({ entityId }) => entityId);

  /** What cannot be known is not known; the rest is noticed all the same. */
  async function attempt<T>(what: string, work: () => Promise<T>, otherwise: T): Promise<T> {
    try {
      return await work();
    } catch (error) {
      log.info({ err: toAppError(error), what }, "The agent does not know this now");
      return otherwise;
    }
  }

  async function readLaundry(): Promise<Facts["laundry"]> {
    const now = clock.now();
    const wanted = sensors("power", LAUNDRY);
    if (wanted.length === 0) return [];
    const found = await sources.power(wanted, now - LAUNDRY_PAST_MS);
    return [...found].flatMap(([entityId, power]) => {
      const run = lastRunOf(entityId, power, now);
      const isEmptied = run && (sources.openedAt(entityId) ?? 0) > run.endedAt;
      return run && !isEmptied ? [run] : [];
    });
  }

  /** Money before grams: who pays by the hour decides by that. */
  function betterBy(): BestRun["by"] | undefined {
    if (sources.latest("price")) return "price";
    return (sources.latest("carbon")?.facts.slots.length ?? 0) > 0 ? "carbon" : undefined;
  }

  async function readBestRuns(signal?: AbortSignal): Promise<readonly BestRun[]> {
    const by = betterBy();
    if (!by) return [];
    const runs: BestRun[] = [];
    for (const entityId of sensors("power", MOVABLE)) {
      signal?.throwIfAborted();
      const run = await attempt("best run", () => sources.bestRun(entityId, by), undefined);
      if (run) runs.push({ by, entityId, ...run });
    }
    return runs;
  }

  async function readBatteries(): Promise<Facts["batteries"]> {
    const levels = await sources.dailyLevels(sensors("battery"), clock.now() - BATTERY_PAST_MS);
    return [...levels].flatMap(([entityId, shown]) => courseOf(entityId, shown) ?? []);
  }

  const readReturns = async () =>
    usualReturns(await sources.whereabouts(clock.now() - RETURNS_PAST_MS), deps.timeZone());

  const isDue = (what: keyof typeof refreshedAt, everyMs: number) => {
    if (clock.now() - refreshedAt[what] < everyMs) return false;
    refreshedAt[what] = clock.now();
    return true;
  };

  /** Whether something that the outlook is made of is known that was not: after a start it comes bit by bit. */
  function outsideCame(): boolean {
    const now = OUTLOOK_OF.filter((topic) => sources.latest(topic)).join();
    const isNews = now !== outlookOf;
    outlookOf = now;
    return isNews;
  }

  async function refresh(signal?: AbortSignal): Promise<void> {
    if (isDue("laundry", LAUNDRY_EVERY_MS)) {
      known.laundry = await attempt("laundry", readLaundry, []);
    }
    // Both are asked: either makes it due, and both remember that it was looked at.
    const [isNews, isTime] = [outsideCame(), isDue("outlook", OUTLOOK_EVERY_MS)];
    if (isNews || isTime) {
      known.trips = await attempt("trips", sources.trips, known.trips);
      known.forgotten = sources.forgotten();
      known.bestRuns = await readBestRuns(signal);
    }
    if (isDue("batteries", DAY_MS)) {
      known.usualReturns = await attempt("returns", readReturns, {});
      known.batteries = await attempt("batteries", readBatteries, []);
    }
  }

  function facts(): Facts {
    const weather = sources.latest("weather");
    const sports = sources.latest("sports");
    const price = sources.latest("price");
    const carbon = price ? undefined : sources.latest("carbon");
    return {
      ...{ ...known, now: clock.now(), timeZone: deps.timeZone(), states: sources.states },
      isService: deps.isService,
      night: settings().quietHours ?? USUAL_NIGHT,
      ...(weather && !weather.isStale ? { weather: weather.facts } : {}),
      ...(sports && !sports.isStale ? { sports: sports.facts } : {}),
      ...(price ? { price: price.facts } : {}), // each price has its own time
      ...(carbon ? { carbon: carbon.facts } : {}),
    };
  }

  return {
    facts,
    refresh,
    async refreshNightly(since, signal) {
      Object.assign(refreshedAt, { laundry: 0, outlook: 0, batteries: 0 });
      await refresh(signal);
      known.newSuggestions = sources.newSuggestions(since);
    },
    digested() {
      known.newSuggestions = [];
    },
    async taskFacts(noticed) {
      await refresh();
      const calendar = sources.latest("calendar")?.facts.events;
      const energyWeek = await attempt("energy", sources.energyWeek, undefined);
      return {
        ...{ ...facts(), noticed, openSuggestions: sources.openSuggestions() },
        ...(calendar ? { calendar } : {}),
        ...(energyWeek ? { energyWeek } : {}),
      };
    },
  };
}
