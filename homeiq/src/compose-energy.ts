import { measureStepsJob } from "#analysis/energy/energy.job.ts";
import { createEnergyAnalysis, type EnergyAnalysis, findMeter } from "#analysis/energy/energy.ts";
import type { ValueSlot } from "#analysis/load-shifting/load-shifting.ts";
import type { CarbonFacts, MeterEntities, MeterFacts, PriceFacts } from "#enrichment/provider.ts";
import { OWN_DOMAIN, toEntityId } from "#enrichment/readings/readings.ts";
import type { Surroundings } from "#enrichment/surroundings/surroundings.ts";
import type { Clock } from "#foundation/clock.ts";
import { AppError } from "#foundation/errors.ts";
import type { Job } from "#foundation/jobs.ts";
import type { Command } from "#home/connection/connection.ts";
import type { Registry } from "#home/registry/registry.ts";
import type { History } from "#ingest/history/history.ts";
import { METER_IMPORT } from "#ingest/import/import.ts";
import type { Db } from "#store/database.ts";

interface Parts {
  readonly db: Db;
  readonly clock: Clock;
  readonly history: Pick<History, "scan" | "series" | "statistics" | "stateAt" | "entities">;
  readonly registry: Pick<Registry, "config">;
  readonly surroundings: Pick<Surroundings, "latest">;
  /** The power sensor of the whole house, as the user chose it. */
  readonly chosenMeter: string | undefined;
  readonly request: (command: Command) => Promise<unknown>;
}

const OWN_POWER = {
  powerW: toEntityId("house_power"),
  solarPowerW: toEntityId("solar_power"),
  batteryPowerW: toEntityId("battery_power"),
} satisfies MeterEntities;

/** What the energy goes to, and when to use it. */
export function composeEnergy(parts: Parts) {
  const { db, clock, history, registry, surroundings } = parts;
  let announced: string | undefined;

  /** What held, from the history, and what is known of the time to come. */
  async function slotsOf(
    series: string,
    coming: readonly ValueSlot[],
    { from, to }: { from: number; to: number },
  ): Promise<readonly ValueSlot[] | undefined> {
    const entityId = `${OWN_DOMAIN}.${series}`;
    if (!history.entities.find(entityId)) return coming.length > 0 ? coming : undefined;
    const now = Math.min(to, clock.now());
    const past = from < now ? await heldSlots(entityId, from, now) : [];
    const next = coming.filter(({ end }) => end > now && end > from);
    return [...past, ...next.map((slot) => ({ ...slot, start: Math.max(slot.start, now) }))];
  }

  async function heldSlots(entityId: string, from: number, to: number): Promise<ValueSlot[]> {
    const [found] = await history.series({ entityIds: [entityId], from, to });
    if (!found) return [];
    const moments = [
      ...(found.before?.value === undefined ? [] : [{ at: from, value: found.before.value }]),
      ...Array.from(found.at, (at, n) => ({ at, value: found.value[n] as number })),
    ];
    return moments.flatMap(({ at, value }, n) => {
      const end = moments[n + 1]?.at ?? to;
      return Number.isNaN(value) || end <= at ? [] : [{ start: at, end, value }];
    });
  }

  /** Home Assistant's own entity before ours, which has the same values less often. */
  function shownBy(power: keyof MeterEntities): string | undefined {
    const facts = surroundings.latest("meter")?.facts as MeterFacts | undefined; // by its topic
    return [facts?.shownBy?.[power], OWN_POWER[power]].find(
      (entityId) => entityId !== undefined && history.entities.find(entityId),
    );
  }

  const meter = () => parts.chosenMeter || announced || shownBy("powerW");
  const solar = () => shownBy("solarPowerW");
  const prices = (from: number, to: number) => {
    const facts = surroundings.latest("price")?.facts as PriceFacts | undefined; // by its topic
    const coming = (facts?.slots ?? []).map(({ start, end, price }) => ({
      ...{ start, end, value: price },
    }));
    return slotsOf("electricity_price", coming, { from, to });
  };
  const carbon = (from: number, to: number) => {
    const facts = surroundings.latest("carbon")?.facts as CarbonFacts | undefined; // by its topic
    const coming = (facts?.slots ?? []).map(({ start, end, gramsPerKwh }) => ({
      ...{ start, end, value: gramsPerKwh },
    }));
    return slotsOf("carbon_intensity", coming, { from, to });
  };
  const energy = createEnergyAnalysis({
    ...{ db, clock, history, meter, solar, prices, carbon },
    timeZone: () => registry.config()?.time_zone ?? "UTC",
    battery: () => shownBy("batteryPowerW"),
    importedMeter: METER_IMPORT,
    temperatures: (from, to) => slotsOf("outdoor_temperature", [], { from, to }),
    askSolar: () => optional(() => parts.request({ type: "energy/solar_forecast" })),
  });

  const jobs: readonly Job[] = [measureStepsJob({ energy })];
  return {
    faces: { energy },
    jobs,
    /** What else looks at energy needs of it. */
    measured: {
      ...{ prices, carbon },
      /** What shows the house's exchange with the grid, where it has panels. */
      gridMeter: () => (solar() === undefined ? undefined : meter()),
      watts: (signal: AbortSignal) => wattsIn(energy, signal),
    },
    /** The meter is the one of Home Assistant's energy dashboard unless one is chosen. */
    async follow() {
      announced = findMeter(await optional(() => parts.request({ type: "energy/get_prefs" })));
    },
    [Symbol.asyncDispose]: () => energy[Symbol.asyncDispose](),
  };
}

const WATTS_DAYS = 14;

/** What each device draws while it is on, by its own sensor or the meter, as far as that was measured. */
async function wattsIn(energy: Pick<EnergyAnalysis, "report">, signal: AbortSignal) {
  const { devices } = await energy.report({ days: WATTS_DAYS }, signal);
  return new Map(
    devices.flatMap(({ entityId, power, own }) => {
      if (power?.watts) return [[entityId, power.watts] as const];
      const watts = own?.watts;
      return watts === undefined
        ? []
        : [[entityId, { value: watts, low: watts, high: watts }] as const];
    }),
  );
}

/** Home Assistant may not know the question, or not be there: then there is no answer, and nothing waits for it. */
async function optional(ask: () => Promise<unknown>): Promise<unknown> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof AppError) return undefined;
    throw error;
  }
}
