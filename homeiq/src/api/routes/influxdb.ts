import { Hono } from "hono";
import type { InfluxMirror } from "#ingest/influx/influx.ts";
import { answer } from "../answer.ts";
import { describe } from "../describe.ts";
import { InfluxAnswer } from "../past-answers.ts";
import { adminOnly, type VisitorEnv } from "../visitor.ts";

interface Deps {
  readonly influx: Pick<InfluxMirror, "status" | "retry">;
}

/** `/api/v1/influxdb` */
export const influxdbRoutes = ({ influx }: Deps) =>
  new Hono<VisitorEnv>()
    .get("/", describe("The copy of history in InfluxDB", InfluxAnswer), async (c) =>
      answer(c, await influx.status()),
    )
    .post("/retry", describe("Tries to reach InfluxDB now", InfluxAnswer), adminOnly, async (c) =>
      answer(c, await influx.retry()),
    );
