import { z } from "zod";
import {
  type EnergyAnalysis,
  type EnergyCost,
  type EnergyOfDevice,
  type FoundStart,
  VERDICTS,
} from "#analysis/energy/energy.ts";

// What the OpenAPI document says of answers about energy. Each is held to the type that is really answered.

const Estimate = z.object({ value: z.number(), low: z.number(), high: z.number() });

const Power = z.object({
  entityId: z.string(),
  verdict: z.enum(VERDICTS),
  n: z.number().int(),
  watts: Estimate.exactOptional(),
  levels: z
    .array(z.object({ level: z.number(), watts: z.number(), n: z.number().int() }))
    .exactOptional(),
  drawingShare: z.number().exactOptional(),
  together: z
    .object({ entityIds: z.array(z.string()), watts: Estimate.exactOptional() })
    .exactOptional(),
  lessThanW: z.number().exactOptional(),
  evidence: z.array(
    z.object({
      at: z.number(),
      turned: z.number(),
      stepW: z.number(),
      expectedW: z.number(),
      weight: z.number(),
      devices: z.number().int(),
    }),
  ),
});

const spent = {
  kwh: Estimate,
  hoursOn: z.number(),
  cost: z.number().exactOptional(),
  co2Grams: z.number().exactOptional(),
};

const OfDevice = z.object({
  entityId: z.string(),
  power: Power.exactOptional(),
  own: z
    .object({
      watts: z.number(),
      n: z.number().int(),
      differencePercent: z.number().exactOptional(),
    })
    .exactOptional(),
  standby: z.object({ entityId: z.string(), watts: z.number(), hours: z.number() }).exactOptional(),
  spent: z
    .object({
      entityId: z.string(),
      source: z.enum(["own_sensor", "meter"]),
      ...spent,
      byDay: z.array(z.object({ day: z.string(), ...spent })),
      byCause: z.array(z.object({ cause: z.string(), by: z.string().exactOptional(), ...spent })),
    })
    .exactOptional(),
}) satisfies z.ZodType<EnergyOfDevice>;

export const EnergyReportAnswer = z.object({
  from: z.number(),
  to: z.number(),
  /** Absent without one; then only devices with their own sensors have numbers. */
  meter: z.string().exactOptional(),
  devices: z.array(OfDevice),
  base: z
    .object({
      watts: Estimate,
      nights: z.number().int(),
      explainedW: z.number(),
      unexplainedW: z.number(),
    })
    .exactOptional(),
  /** Of the days that were measured whole. */
  flow: z
    .object({
      days: z.array(z.string()),
      hours: z.number(),
      importKwh: z.number(),
      exportKwh: z.number(),
      solarKwh: z.number().exactOptional(),
      batteryOutKwh: z.number().exactOptional(),
      batteryInKwh: z.number().exactOptional(),
    })
    .exactOptional(),
}) satisfies z.ZodType<Awaited<ReturnType<EnergyAnalysis["report"]>>>;

/** Of the last two weeks; absent where nothing can be compared yet. */
const errors = z
  .object({
    forecasts: z.number().int(),
    slots: z.number().int(),
    meanKwh: z.number(),
    naiveMeanKwh: z.number(),
  })
  .exactOptional();

const solar = z.array(z.object({ start: z.number(), end: z.number(), kwh: z.number() }));

export const ForecastAnswer = z.discriminatedUnion("verdict", [
  z.object({
    verdict: z.literal("forecast"),
    meter: z.string(),
    /** Home Assistant's; empty without one. */
    solar,
    errors,
    days: z.number(),
    slots: z.array(
      z.object({
        start: z.number(),
        end: z.number(),
        kwh: z.number(),
        meanKwh: z.number(),
        lowKwh: z.number(),
        highKwh: z.number(),
        lastWeekKwh: z.number().exactOptional(),
        lastDayKwh: z.number().exactOptional(),
      }),
    ),
  }),
  z.object({
    verdict: z.literal("too_little"),
    meter: z.string(),
    /** Home Assistant's; empty without one. */
    solar,
    errors,
    days: z.number(),
    neededDays: z.number(),
  }),
]) satisfies z.ZodType<Awaited<ReturnType<EnergyAnalysis["forecast"]>>>;

export const BestStartAnswer = z.discriminatedUnion("verdict", [
  z.object({
    verdict: z.literal("found"),
    runs: z.number().int(),
    kwh: z.number(),
    best: z.object({
      start: z.number(),
      end: z.number(),
      cost: z.number(),
      costNow: z.number().exactOptional(),
    }),
  }),
  z.object({ verdict: z.enum(["no_runs", "no_start"]), runs: z.number().int() }),
]) satisfies z.ZodType<FoundStart>;

export const SavingsAnswer = z.discriminatedUnion("verdict", [
  z.object({
    verdict: z.literal("verified"),
    saved: Estimate,
    days: z.number().int(),
    matches: z.number(),
  }),
  z.object({
    verdict: z.literal("not_enough_days"),
    days: z.number().int(),
    neededDays: z.number().int(),
    unmatchedDays: z.number().int(),
  }),
]) satisfies z.ZodType<Awaited<ReturnType<EnergyAnalysis["savings"]>>>;

export const EnergyCostAnswer = z.object({
  entityId: z.string(),
  kwh: z.number(),
  /** From when on it is known. */
  since: z.number().exactOptional(),
  /** In the main unit of the house's currency, of what has a known price. */
  cost: z.number().exactOptional(),
  unpricedKwh: z.number().exactOptional(),
  co2Grams: z.number().exactOptional(),
  unknownCarbonKwh: z.number().exactOptional(),
}) satisfies z.ZodType<EnergyCost>;
