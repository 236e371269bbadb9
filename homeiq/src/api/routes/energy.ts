import { Hono } from "hono";
import { z } from "zod";
import type { EnergyAnalysis } from "#analysis/energy/energy.ts";
import { dropAbsent } from "#foundation/absent.ts";
import { answer } from "../answer.ts";
import { describe } from "../describe.ts";
import {
  BestStartAnswer,
  EnergyCostAnswer,
  EnergyReportAnswer,
  ForecastAnswer,
  SavingsAnswer,
} from "../energy-answers.ts";
import { validate } from "../validate.ts";
import type { VisitorEnv } from "../visitor.ts";

const ReportQuery = z.object({ days: z.coerce.number().int().min(1).max(60).default(14) }).strict();
const Hour = z.number().int().min(0).max(24);
const Sensor = z.string().regex(/^sensor\.[a-z0-9_]+$/, { message: "is no sensor" });
const SavingsQuery = z
  .object({ entityId: Sensor, since: z.coerce.number().int().positive() })
  .strict();
const Moment = z.coerce.number().int().positive();
const MOST_COST_MS = 400 * 86_400_000;
const CostQuery = z
  .object({
    entityId: z.string().regex(/^(sensor|homeiq)\.[a-z0-9_]+$/, { message: "is no sensor" }),
    from: Moment,
    to: Moment,
  })
  .strict()
  .refine(({ from, to }) => from < to && to - from <= MOST_COST_MS, {
    path: ["to"],
    message: "must be after from, at most 400 days",
  });
const StartWish = z
  .object({
    entityId: Sensor,
    deadline: z.number().int().positive(),
    by: z.enum(["price", "carbon"]).default("price"),
    allowed: z.object({ fromHour: Hour, toHour: Hour }).strict().optional(),
  })
  .strict();

interface Deps {
  readonly energy: Pick<EnergyAnalysis, "report" | "forecast" | "bestStart" | "cost" | "savings">;
}

/** `/api/v1/energy` */
export const energyRoutes = ({ energy }: Deps) =>
  new Hono<VisitorEnv>()
    .get(
      "/devices",
      describe("What each device draws, used and cost, with its evidence", EnergyReportAnswer),
      validate("query", ReportQuery),
      async (c) => answer(c, await energy.report(c.req.valid("query"), c.req.raw.signal)),
    )
    .get(
      "/forecast",
      describe("The load of the next 48 hours, beside seasonal-naive", ForecastAnswer),
      async (c) => answer(c, await energy.forecast()),
    )
    .get(
      "/cost",
      describe("What a counter of energy rose by, what that cost, and its CO2", EnergyCostAnswer),
      validate("query", CostQuery),
      async (c) => answer(c, await energy.cost(c.req.valid("query"))),
    )
    .get(
      "/savings",
      describe("What shifting an appliance saved, against days like them", SavingsAnswer),
      validate("query", SavingsQuery),
      async (c) => answer(c, await energy.savings(c.req.valid("query"))),
    )
    .post(
      "/best-start",
      describe("When an appliance had best start by price or carbon", BestStartAnswer),
      validate("json", StartWish),
      async (c) => answer(c, await energy.bestStart(dropAbsent(c.req.valid("json")))),
    );
