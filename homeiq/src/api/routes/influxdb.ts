import { Hono } from "hono";
import type { InfluxMirror } from "#ingest/influx/influx.ts";
import { describe } from "../describe.ts";
import { adminOnly, type VisitorEnv } from "../visitor.ts";

interface Deps {
  readonly influx: Pick<InfluxMirror, "status" | "retry">;
}

/** `/api/v1/influxdb` */
export const influxdbRoutes = ({ influx }: Deps) =>
  new Hono<VisitorEnv>()
    .get("/", describe("The copy of history in InfluxDB"), async (c) =>
      c.json(await influx.status()),
    )
    .post("/retry", describe("Tries to reach InfluxDB now"), adminOnly, async (c) =>
      c.json(await influx.retry()),
    );
