import type { AutomationReview } from "#ai/automation-review/automation-review.ts";
import {
  type Automations,
  type CheckDraft,
  type ReadHouse,
  readStanding,
} from "#ai/automations/automations.ts";
import { refreshJob, suggestionsCatchUpJob } from "#ai/suggestions/suggestions.job.ts";
import { createSuggestions, lookIn } from "#ai/suggestions/suggestions.ts";
import { createTexts, type Names, type Texts } from "#ai/texts/texts.ts";
import { toLintedHouse } from "#analysis/automation-lint/automation-lint.ts";
import { dropAbsent } from "#foundation/absent.ts";
import type { Clock } from "#foundation/clock.ts";
import type { Job } from "#foundation/jobs.ts";
import type { Log } from "#foundation/log.ts";
import { createTopic, type Topic } from "#foundation/topic.ts";
import type { Command } from "#home/connection/connection.ts";
import { nameOf } from "#home/registry/names.ts";
import type { Registry } from "#home/registry/registry.ts";
import type { HomeSnapshot } from "#home/snapshot/snapshot.ts";
import type { EntityState } from "#home/states/states.ts";
import type { History } from "#ingest/history/history.ts";
import type { Db } from "#store/database.ts";
import type { Files } from "#store/files.ts";

interface Parts {
  readonly db: Db;
  readonly clock: Clock;
  readonly log: Log;
  readonly registry: Registry;
  readonly history: Pick<History, "summary">;
  readonly states: ReadonlyMap<string, EntityState>;
  /** Whether Home Assistant has told what is in the house. */
  readonly isReady: () => boolean;
  readonly files: Files;
  /** Something else was found than before. */
  readonly news: readonly Topic<void>[];
  readonly automationsChanged: Topic<readonly string[]>;
  /** Asks Home Assistant. */
  readonly request: (command: Command) => Promise<unknown>;
  readonly workshop: {
    readonly automations: Automations;
    readonly review: AutomationReview;
    readonly check: CheckDraft;
    readonly home: () => Promise<HomeSnapshot>;
    readonly house: ReadHouse;
  };
}

/** What is put to the household. */
export function composeSuggestions(parts: Parts) {
  const { clock, log, registry, workshop } = parts;
  const changed = createTopic<void>({ name: "suggestions changed", log });
  const timeZone = () => registry.config()?.time_zone ?? "UTC";
  const names = namesOf(parts);
  const texts = textsFor(() => ({
    language: registry.config()?.language ?? "en",
    timeZone: timeZone(),
  }));

  /** What stands in Home Assistant. */
  const standing = async () => ({
    automations: await readStanding(workshop.house, "automation"),
    scripts: await readStanding(workshop.house, "script"),
    scenes: await readStanding(workshop.house, "scene"),
  });

  /** The same, as rules read it. */
  const lintedHouse = async (home: HomeSnapshot) =>
    toLintedHouse({ ...{ now: clock.now(), home }, ...(await standing()) });

  const suggestions = createSuggestions({
    ...parts,
    ...{ changed, texts },
    look: (house, signal) => lookIn(parts.files, house, signal),
    names: () => names,
    currency: () => registry.config()?.currency ?? "",
    devices: () => [...registry.devices.values()].filter((one) => !one.disabled_by).length,
    automations: workshop.automations,
    review: workshop.review,
    oldestAt: async () => (await parts.history.summary()).oldestAt,
    check: workshop.check,
    home: workshop.home,
    house: lintedHouse,
    async lookedAt() {
      const home = await workshop.home();
      const language = registry.config()?.language ?? "en";
      const people = peopleOf(parts);
      const hidden = [...registry.entities.values()].filter(({ hidden_by: by }) => by);
      return {
        ...{ home, standing: await standing(), people, language, timeZone: timeZone() },
        hidden: new Set(hidden.map((one) => one.entity_id)),
        ...dropAbsent({ onDashboard: await shownEnergy(parts) }),
      };
    },
  });

  let newsAt: number | undefined;
  const endings = [
    ...parts.news.map((topic) =>
      topic.subscribe(() => {
        newsAt = clock.now();
      }),
    ),
    parts.automationsChanged.subscribe(suggestions.follow),
    // The workshop tells of its first look: Home Assistant is there, and what stands in it is known.
    parts.automationsChanged.subscribe(() => {
      if (!suggestions.lastRefresh() && !suggestions.isRunning()) first ??= firstLook();
    }),
  ];
  const ending = new AbortController();
  let first: Promise<void> | undefined;
  const firstLook = async () => {
    try {
      await suggestions.refresh(ending.signal);
    } catch (error) {
      first = undefined;
      log.info({ err: error }, "Suggestions are looked for later"); // by the job
    }
  };
  const jobs: readonly Job[] = [
    refreshJob({ suggestions }),
    suggestionsCatchUpJob({
      ...{ suggestions, clock, isReady: parts.isReady },
      newsAt: () => newsAt,
    }),
  ];
  return {
    ...{ suggestions, changed, jobs, texts, names, standing },
    lintedHouse: async () => lintedHouse(await workshop.home()),
    async [Symbol.asyncDispose]() {
      for (const end of endings) end();
      ending.abort();
      await first;
    },
  };
}

/** Made anew only when the house's language or zone changes. */
function textsFor(options: () => { readonly language: string; readonly timeZone: string }) {
  let made: { readonly texts: Texts; readonly key: string } | undefined;
  return (): Texts => {
    const now = options();
    const key = JSON.stringify(now);
    if (made?.key !== key) made = { texts: createTexts(now), key };
    return made.texts;
  };
}

/** Whatever the energy dashboard names; absent where there is none, or it cannot be asked now. */
async function shownEnergy({ request }: Pick<Parts, "request">) {
  const prefs = await request({ type: "energy/get_prefs" }).catch(() => undefined); // as said above
  const ids = JSON.stringify(prefs ?? "").match(/sensor\.[a-z0-9_]+/g);
  return ids ? new Set(ids) : undefined;
}

/** By the id of a user, and of their person. */
function peopleOf({ registry, states }: Pick<Parts, "registry" | "states">) {
  const persons = [...states.values()].filter(({ entityId }) => entityId.startsWith("person."));
  const named = persons.flatMap(({ entityId, attributes: { user_id: userId } }) => {
    const name = nameOf(entityId, { states, registry });
    const ids = typeof userId === "string" ? [entityId, userId] : [entityId];
    return ids.map((id) => [id, name] as const);
  });
  const users = [...registry.users].flatMap(([id, { name }]) =>
    name ? [[id, name] as const] : [],
  );
  return new Map([...users, ...named]);
}

function namesOf({ registry, states }: Pick<Parts, "registry" | "states">): Names {
  return {
    entity: (entityId) => nameOf(entityId, { states, registry }),
    deviceClass(entityId) {
      const { device_class: deviceClass } = states.get(entityId)?.attributes ?? {};
      return typeof deviceClass === "string" ? deviceClass : undefined;
    },
    area: (areaId) => registry.areas.get(areaId)?.name ?? areaId,
    person: (id) =>
      peopleOf({ registry, states }).get(id) ??
      (id.startsWith("person.") ? nameOf(id, { states, registry }) : undefined),
  };
}
