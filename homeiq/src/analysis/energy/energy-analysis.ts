import {
  type Forecast,
  type ForecastErrors,
  readSolarForecast,
  type SolarSlot,
} from "#analysis/load-forecast/load-forecast.ts";
import type { Savings, ValueSlot } from "#analysis/load-shifting/load-shifting.ts";
import { present } from "#foundation/absent.ts";
import type { Clock } from "#foundation/clock.ts";
import { AppError } from "#foundation/errors.ts";
import { DAY_MS, MINUTE_MS } from "#foundation/time.ts";
import type { Db } from "#store/database.ts";
import { switchingsOf } from "./devices.ts";
import { keepSteps, readProgress, readSteps } from "./energy.store.ts";
import type { EnergyReport } from "./energy.ts";
import { type CostQuestion, costOf, type EnergyCost } from "./energy-cost.ts";
import { createEnergyThread, type FoundStart } from "./energy-thread.ts";
import { QUARTER_MS, readHouse, readMeans, toSlots } from "./house-load.ts";
import { type EnergyHistory, readDevices, readPower } from "./read-devices.ts";

export interface StartWish {
  /** The appliance's power sensor. */
  readonly entityId: string;
  readonly deadline: number;
  readonly by: "price" | "carbon";
  readonly allowed?: { readonly fromHour: number; readonly toHour: number };
}

export interface EnergyAnalysis extends AsyncDisposable {
  /** Measures the steps of the time that has settled since the last call, at most a day; false when all is done. */
  measureNext(signal: AbortSignal): Promise<boolean>;
  report(
    query: { readonly days: number },
    signal: AbortSignal,
  ): Promise<EnergyReport & { meter?: string }>;
  /** With how good it was in the last two weeks. Throws `unconfigured` without a meter. */
  forecast(): Promise<LoadForecast>;
  /** Throws `unconfigured` without prices, or carbon; `not_found` for an unknown sensor. */
  bestStart(wish: StartWish): Promise<FoundStart>;
  /** What a counter of energy rose by, and its cost. Throws `not_found`. */
  cost(question: CostQuestion): Promise<EnergyCost>;
  /** What shifting an appliance saved since a moment, by price. Throws as `bestStart`. */
  savings(query: { readonly entityId: string; readonly since: number }): Promise<Savings>;
}

/** `errors` is absent where nothing can be compared yet. */
export type LoadForecast = Forecast & {
  readonly meter: string;
  readonly solar: readonly SolarSlot[];
  readonly errors?: ForecastErrors;
};

interface Deps {
  readonly db: Db;
  readonly clock: Clock;
  readonly history: EnergyHistory;
  readonly timeZone: () => string;
  /** The entity that shows the power of the whole house; `undefined` where there is none. */
  readonly meter: () => string | undefined;
  /** The power of the house from files of the grid operator: what the meter has not seen. */
  readonly importedMeter?: string;
  /** The power of the panels, and out of the battery, where something shows it. */
  readonly solar?: () => string | undefined;
  readonly battery?: () => string | undefined;
  /** What one kWh costs, in order of time; `undefined` without a source. */
  readonly prices: (from: number, to: number) => Promise<readonly ValueSlot[] | undefined>;
  /** Grams of CO2 of one kWh. */
  readonly carbon: (from: number, to: number) => Promise<readonly ValueSlot[] | undefined>;
  /** °C outside. */
  readonly temperatures: (from: number, to: number) => Promise<readonly ValueSlot[] | undefined>;
  /** Home Assistant's `energy/solar_forecast`; `undefined` when it cannot say. */
  readonly askSolar: () => Promise<unknown>;
}

const SETTLED_MS = 10 * MINUTE_MS; // both windows of a slow meter, and the longest step
const KEPT_MS = 60 * DAY_MS;
const BEGIN_MS = 14 * DAY_MS;
const FORECAST_DAYS = 56;
const RUNS_DAYS = 14;
const COMPARED_DAYS = 56;

/** Energy of this house, worked out on a thread of its own. */
export function createEnergyAnalysis(deps: Deps): EnergyAnalysis {
  const { db, clock, history, timeZone } = deps;
  const thread = createEnergyThread(clock);

  const houseSources = () =>
    [deps.meter(), deps.importedMeter].flatMap((entityId) => entityId || []);

  function requireMeter(): string {
    const meter = houseSources().find((one) => history.entities.find(one));
    if (meter) return meter;
    throw new AppError("unconfigured", "energy.no_meter", "No meter of the whole house is known");
  }

  const meansOf = async (span: { from: number; to: number }, entityId: string | undefined) =>
    entityId && history.entities.find(entityId) ? readMeans(history, span, entityId) : undefined;

  async function requireSlots(by: "price" | "carbon", from: number, to: number) {
    const slots = await (by === "price" ? deps.prices : deps.carbon)(from, to);
    if (slots) return slots;
    throw new AppError("unconfigured", `energy.no_${by}`, `No source of ${by} is set up`);
  }

  async function requirePower(entityId: string, span: { from: number; to: number }) {
    const power = await readPower(history, span, entityId);
    if (power) return power;
    throw new AppError("not_found", "energy.no_power", `${entityId} has shown no power`);
  }

  return {
    async measureNext(signal) {
      const meter = deps.meter();
      if (!meter || !history.entities.find(meter)) return false;
      const known = readProgress(db);
      const now = clock.now();
      const from = known?.meter === meter ? known.doneUntil : now - BEGIN_MS;
      const to = Math.min(from + DAY_MS, now - SETTLED_MS);
      if (to <= from) return false;
      const around = { from: from - SETTLED_MS, to: to + SETTLED_MS };
      const devices = await readDevices(history, around, { signal, meter, withSensors: false });
      const switchings = switchingsOf(devices);
      // Mostly nothing was switched; then neither the meter is read nor a thread started.
      const series = switchings.length > 0 ? await readPower(history, around, meter) : undefined;
      const found = series ? await thread.ask("measure", { meter: series, switchings }) : [];
      signal.throwIfAborted();
      keepSteps(db, {
        steps: found.filter(({ at }) => at >= from && at < to),
        progress: { meter, doneUntil: to },
        forgetBefore: now - KEPT_MS,
      });
      return to < now - SETTLED_MS;
    },

    async report({ days }, signal) {
      const to = clock.now();
      const span = { from: to - days * DAY_MS, to };
      const meter = deps.meter();
      const [devices, prices, carbon, series, solar, battery] = await Promise.all([
        readDevices(history, span, { signal, meter, withSensors: true }),
        deps.prices(span.from, to),
        deps.carbon(span.from, to),
        meansOf(span, meter),
        meansOf(span, deps.solar?.()),
        meansOf(span, deps.battery?.()),
      ]);
      const isMeasured = meter !== undefined && readProgress(db)?.meter === meter;
      const found = await thread.ask("analyse", {
        ...span,
        timeZone: timeZone(),
        devices,
        steps: isMeasured ? readSteps(db, span) : [],
        ...present("means", series),
        ...present("solar", solar),
        ...present("battery", battery),
        ...present("prices", prices),
        ...present("carbon", carbon),
      });
      return { ...found, ...present("meter", meter) };
    },

    async forecast() {
      const meter = requireMeter();
      const now = clock.now();
      const from = Math.floor(now / QUARTER_MS) * QUARTER_MS;
      const span = { from: from - FORECAST_DAYS * DAY_MS, to: from };
      const house = await readHouse(history, span, houseSources());
      const past = house ? toSlots(house) : [];
      const question = { past, slotMs: QUARTER_MS, from, timeZone: timeZone() };
      const found = await thread.ask("forecast", question);
      const solar = readSolarForecast(await deps.askSolar()).filter(({ end }) => end > now);
      return { ...found, meter, solar };
    },

    async bestStart({ entityId, deadline, by, allowed }) {
      const now = clock.now();
      const slots = await requireSlots(by, now, deadline);
      const power = await requirePower(entityId, { from: now - RUNS_DAYS * DAY_MS, to: now });
      return thread.ask("bestStart", {
        ...{ power, slots, now, deadline },
        ...(allowed ? { allowed: { ...allowed, timeZone: timeZone() } } : {}),
      });
    },

    async cost(question) {
      const { entityId, from, to } = question;
      if (!history.entities.find(entityId)) {
        throw new AppError("not_found", "energy.no_counter", `${entityId} is not recorded`);
      }
      const [prices, carbon] = await Promise.all([deps.prices(from, to), deps.carbon(from, to)]);
      return costOf(question, history, { prices, carbon });
    },

    async savings({ entityId, since }) {
      const span = { from: since - COMPARED_DAYS * DAY_MS, to: clock.now() };
      const slots = await requireSlots("price", span.from, span.to);
      const power = await requirePower(entityId, span);
      const house = await readHouse(history, span, houseSources());
      const temperatures = await deps.temperatures(span.from, span.to);
      return thread.ask("savings", {
        ...{ power, slots, since, timeZone: timeZone() },
        ...present("house", house),
        ...present("temperatures", temperatures),
      });
    },

    [Symbol.asyncDispose]: () => thread[Symbol.asyncDispose](),
  };
}
