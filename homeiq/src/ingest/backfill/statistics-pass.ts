import { DAY_MS, HOUR_MS } from "#foundation/time.ts";
import type { Recorder } from "#home/recorder/recorder.ts";
import { MOST_PER_CALL, type PastKeeper, type PastStatistic } from "#ingest/past/past.ts";
import type { Pace } from "./pace.ts";
import { createQuestions } from "./questions.ts";

const WINDOW_MS = 30 * DAY_MS;
const QUIET_WINDOWS = 13; // an entity without statistics for a year has none that are older
const ROWS_EACH = 2; // a row of a statistic is about twice as long as one of history

interface Deps {
  readonly recorder: Pick<Recorder, "statisticIds" | "statistics">;
  readonly pace: Pace;
  readonly addPastStatistics: PastKeeper["addPastStatistics"];
  isRecorded(entityId: string): boolean;
}

/** Walks through the hourly statistics that Home Assistant keeps for ever, newest part first. */
export function createStatisticsPass({ recorder, pace, addPastStatistics, isRecorded }: Deps) {
  const questions = createQuestions({ usualPerHour: ROWS_EACH });
  /** Entities that may have older statistics, with how many windows were empty in a row. */
  let quiet: Map<string, number> | undefined;

  async function begin(signal: AbortSignal): Promise<Map<string, number>> {
    const ids = await pace.ask(() => recorder.statisticIds(), signal);
    return new Map(ids.filter(isRecorded).map((id) => [id, 0]));
  }

  return {
    /** From here on all hours are over. */
    startOf: (now: number) => Math.floor(now / HOUR_MS) * HOUR_MS,

    /** Reads the window before `doneFrom`; answers its start, or `undefined` when nothing can be older. */
    async readBefore(
      doneFrom: number,
      signal: AbortSignal,
      onAdded: (added: number) => void,
    ): Promise<number | undefined> {
      quiet ??= await begin(signal);
      if (quiet.size === 0) {
        quiet = undefined; // a later run looks again
        return undefined;
      }
      const had = new Map<string, number>();
      const whole = { entityIds: [...quiet.keys()], from: doneFrom - WINDOW_MS, to: doneFrom };
      for (const question of questions.cut(whole, pace.rows())) {
        const answer = await pace.ask(() => recorder.statistics(question), signal);
        questions.learn(question, (id) => (answer.get(id)?.length ?? 0) * ROWS_EACH);
        const rows: PastStatistic[] = [];
        for (const entityId of question.entityIds) {
          const hours = answer.get(entityId) ?? [];
          had.set(entityId, (had.get(entityId) ?? 0) + hours.length);
          for (const hour of hours) rows.push({ entityId, ...hour });
        }
        for (let start = 0; start < rows.length; start += MOST_PER_CALL) {
          onAdded((await addPastStatistics(rows.slice(start, start + MOST_PER_CALL))).added);
        }
      }
      for (const [entityId, hours] of had) note(quiet, entityId, hours);
      return whole.from;
    },
  };
}

function note(quiet: Map<string, number>, entityId: string, hours: number): void {
  const empty = hours > 0 ? 0 : (quiet.get(entityId) ?? 0) + 1;
  if (empty >= QUIET_WINDOWS) quiet.delete(entityId);
  else quiet.set(entityId, empty);
}
