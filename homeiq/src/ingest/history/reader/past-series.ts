import { drizzle } from "drizzle-orm/better-sqlite3";
import type { Clock } from "#foundation/clock.ts";
import { connect, type Files } from "#store/files.ts";
import { createRecordedEntities, type RecordedEntities } from "../recorded-entities.ts";
import { createSeriesQueries, type SeriesQueries } from "../series-queries.ts";
import { readActivity } from "./activity.ts";
import type { Reader, ReaderHandlers } from "./reader.ts";
import { readSeries } from "./series.ts";
import { openSource } from "./source.ts";
import { readStatistics } from "./statistics.ts";

/** What history answers to bounded questions. */
export interface PastSeries extends Pick<SeriesQueries, "series" | "statistics" | "activity"> {
  readonly entities: Pick<RecordedEntities, "find">;
}

/** The same as the history of the program answers, on the thread that calls it, with a connection of its own. */
export function openPastSeries(files: Files, clock: Clock): PastSeries & Disposable {
  const database = connect(files, { readonly: true });
  const source = openSource(database);
  const answers = {
    series: (query) => source.inOneView(() => readSeries(source, query)),
    statistics: (query) => source.inOneView(() => readStatistics(source, query)),
    activity: (query) => source.inOneView(() => readActivity(source, query)),
  } satisfies Pick<ReaderHandlers, "series" | "statistics" | "activity">;
  // What is handed out asks for nothing else.
  const ask = (async (name: keyof typeof answers, query: never) =>
    answers[name](query)) as Reader["ask"];
  const entities = createRecordedEntities({
    ...{ db: drizzle(database), clock },
    describe: (entityId) => ({ name: entityId }), // of new ones, and nothing new is recorded here
  });
  const { series, statistics, activity } = createSeriesQueries({
    ...{ reader: { ask }, entities, clock },
  });
  return {
    ...{ series, statistics, activity, entities },
    [Symbol.dispose]: () => void database.close(),
  };
}
