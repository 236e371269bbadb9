import { ApiError } from "#lib/api.ts";
import {
  type EntityStatistics,
  type HistoryAnswer,
  type Range,
  readHistory,
  readStatistics,
  type StatisticsPeriod,
} from "#lib/history-api.ts";
import { withOlder } from "./older.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const YEAR_MS = 365 * DAY_MS;

export const PERIOD_MS = {
  "1h": HOUR_MS,
  "24h": DAY_MS,
  "7d": 7 * DAY_MS,
  "30d": 30 * DAY_MS,
  "1y": YEAR_MS,
} as const;
export type Period = keyof typeof PERIOD_MS | "own";

export const MOST_ENTITIES = 24;
export const COLORS = 8;
const SHORTEST_MS = MINUTE_MS;
const LONGEST_MS = 20 * YEAR_MS;
/** From here on the raw changes may be gone already; the statistics are kept for years. */
const LONG_MS = 60 * DAY_MS;
/** Loaded on each side of what is seen, as a part of it: panning a little needs no new question. */
const MARGIN = 0.25;
const SETTLE_MS = 180;

const UNKNOWN_ENTITY = "history.unknown_entity";

interface Answered {
  readonly answer: HistoryAnswer;
  readonly statistics?: readonly EntityStatistics[] | undefined;
}

/** What one looks at, and what the server said about it. */
export class Explorer {
  entityIds = $state.raw<readonly string[]>([]);
  view = $state.raw<Range>({ from: 0, to: 1 });
  period = $state<Period>("24h");
  answer = $state.raw<HistoryAnswer>();
  statistics = $state.raw<readonly EntityStatistics[]>();
  failure = $state<string>();
  /** Of these nothing was ever recorded. */
  unknown = $state.raw<readonly string[]>([]);
  loading = $state(false);
  withStatistics = $state(false);
  /** The moment under the pointer. */
  cursor = $state.raw<number>();
  /** Of the plots, in pixels. */
  width = $state(800);

  #colors = new Map<string, number>();
  #loaded: Range | undefined;
  #settle: ReturnType<typeof setTimeout> | undefined;
  #running: AbortController | undefined;
  readonly #now: () => number;

  constructor(query: Pick<URLSearchParams, "get" | "has">, now: () => number = Date.now) {
    this.#now = now;
    this.entityIds = (query.get("entity") ?? "").split(",").filter(Boolean).slice(0, MOST_ENTITIES);
    this.withStatistics = query.has("statistics");
    const from = Number(query.get("from") ?? Number.NaN);
    const to = Number(query.get("to") ?? Number.NaN);
    const period = query.get("period") ?? "24h";
    if (from < to) this.showOwn({ from, to });
    else this.showPeriod(period in PERIOD_MS ? (period as keyof typeof PERIOD_MS) : "24h");
  }

  /** What a link to this view says. */
  get query(): string {
    const query = new URLSearchParams();
    if (this.entityIds.length > 0) query.set("entity", this.entityIds.join(","));
    if (this.period === "own") {
      query.set("from", String(Math.round(this.view.from)));
      query.set("to", String(Math.round(this.view.to)));
    } else query.set("period", this.period);
    if (this.withStatistics) query.set("statistics", "1");
    return query.toString().replaceAll("%2C", ",");
  }

  /** One color for an entity as long as it is shown. */
  color(entityId: string): number {
    const known = this.#colors.get(entityId);
    if (known !== undefined) return known;
    const taken = new Set(
      [...this.#colors].flatMap(([id, color]) => (this.entityIds.includes(id) ? [color] : [])),
    );
    let color = 0;
    while (taken.has(color)) color += 1;
    this.#colors.set(entityId, color);
    return color;
  }

  /** Answers how many of them found no place. */
  add(entityIds: readonly string[]): number {
    const all = [...new Set([...this.entityIds, ...entityIds])];
    this.entityIds = all.slice(0, MOST_ENTITIES);
    this.#ask(0);
    return all.length - this.entityIds.length;
  }

  remove(entityId: string): void {
    this.entityIds = this.entityIds.filter((one) => one !== entityId);
    this.#colors.delete(entityId);
    if (this.failure !== undefined) this.#ask(0);
  }

  showPeriod(period: keyof typeof PERIOD_MS): void {
    const to = this.#now();
    this.period = period;
    this.view = { from: to - PERIOD_MS[period], to };
    this.#ask(0);
  }

  showOwn(range: Range): void {
    this.period = "own";
    this.view = this.#clamp(range);
    this.#ask(0);
  }

  /** A period that ends now goes on with the clock. */
  follow(): void {
    if (this.period === "own" || this.loading) return;
    this.showPeriod(this.period);
  }

  /** Below 1: closer. The moment `around` stays where it is on the screen. */
  zoom(factor: number, around: number = (this.view.from + this.view.to) / 2): void {
    const { from, to } = this.view;
    const span = Math.min(LONGEST_MS, Math.max(SHORTEST_MS, (to - from) * factor));
    const share = (around - from) / (to - from);
    const start = around - share * span;
    this.#move({ from: start, to: start + span });
  }

  /** By a part of what is seen: 0.5 is half a view later. */
  pan(share: number): void {
    const by = (this.view.to - this.view.from) * share;
    this.#move({ from: this.view.from + by, to: this.view.to + by });
  }

  moveCursor(share: number): void {
    const { from, to } = this.view;
    const last = Math.min(to, this.#now());
    const at = (this.cursor ?? last) + (to - from) * share;
    this.cursor = Math.min(last, Math.max(from, at));
  }

  toggleStatistics(): void {
    this.withStatistics = !this.withStatistics;
    this.#ask(0);
  }

  retry(): void {
    this.#ask(0);
  }

  end(): void {
    clearTimeout(this.#settle);
    this.#running?.abort();
  }

  #move(range: Range): void {
    this.period = "own";
    this.view = this.#clamp(range);
    if (!this.#isLoaded()) this.#ask(SETTLE_MS);
  }

  #clamp({ from, to }: Range): Range {
    const over = Math.max(0, to - this.#now());
    return { from: from - over, to: to - over };
  }

  /** Is what is seen there already, and as fine as this screen can show it? */
  #isLoaded(): boolean {
    const { answer, view } = this;
    const loaded = this.#loaded;
    if (!answer || !loaded || view.from < loaded.from || view.to > loaded.to) return false;
    const finest = ((view.to - view.from) / this.width) * 3;
    return answer.entities.every(({ resolution }) => resolution === "raw" || resolution <= finest);
  }

  #ask(afterMs: number): void {
    clearTimeout(this.#settle);
    this.#settle = setTimeout(() => void this.#load(), afterMs);
  }

  async #load(): Promise<void> {
    this.#running?.abort();
    if (this.entityIds.length === 0) {
      this.answer = undefined;
      return;
    }
    const running = new AbortController();
    this.#running = running;
    this.loading = true;
    try {
      const span = this.view.to - this.view.from;
      const to = Math.min(this.#now(), this.view.to + span * MARGIN);
      const range = { from: this.view.from - span * MARGIN, to };
      const { answer, statistics } = await this.#readKnown(range, running.signal);
      if (running.signal.aborted) return;
      this.answer = answer;
      this.statistics = this.withStatistics ? statistics : undefined;
      this.#loaded = range;
      this.failure = undefined;
    } catch (error) {
      if (running.signal.aborted) return;
      this.failure = error instanceof Error ? error.message : String(error);
    } finally {
      if (this.#running === running) this.loading = false;
    }
  }

  /** One entity without a history does not hide the others. */
  async #readKnown(range: Range, signal: AbortSignal): Promise<Answered> {
    try {
      return await this.#read(range, signal);
    } catch (error) {
      if (!(error instanceof ApiError) || error.code !== UNKNOWN_ENTITY) throw error;
      const { entityIds } = error.facts;
      if (!Array.isArray(entityIds) || entityIds.every((one) => this.unknown.includes(one)))
        throw error;
      this.unknown = [...this.unknown, ...entityIds];
      return this.#read(range, signal);
    }
  }

  async #read(range: Range, signal: AbortSignal): Promise<Answered> {
    const entityIds = this.entityIds.filter((one) => !this.unknown.includes(one));
    if (entityIds.length === 0) return { answer: { ...range, entities: [], gaps: [] } };
    const query = { entityIds, ...range };
    const span = this.view.to - this.view.from;
    const points = Math.round(Math.min(1500, Math.max(200, this.width * 1.5)));
    const [answer, statistics] = await Promise.all([
      readHistory({ ...query, points }, signal),
      this.withStatistics || span > LONG_MS
        ? readStatistics({ ...query, period: statisticsPeriod(span) }, signal)
        : undefined,
    ]);
    if (span <= LONG_MS || !statistics) return { answer, statistics: statistics?.entities };
    return { answer: withOlder(answer, statistics.entities), statistics: statistics.entities };
  }
}

function statisticsPeriod(span: number): StatisticsPeriod {
  if (span <= DAY_MS / 2) return "5minute";
  if (span <= LONG_MS) return "hour";
  return span <= 5 * YEAR_MS ? "day" : "week";
}
