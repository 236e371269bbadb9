import { Hono } from "hono";
import { z } from "zod";
import type { Jobs } from "#foundation/jobs.ts";
import type { ConnectionStatus } from "#home/connection/connection.ts";
import type { Gap } from "#ingest/gaps/gaps.ts";
import { describe } from "../describe.ts";
import type { Metrics } from "../metrics.ts";
import { count, validate } from "../validate.ts";
import { adminOnly, type Visitor, type VisitorEnv } from "../visitor.ts";

/** What a page must know of the house before it can show a time or a sum. */
export interface Session {
  readonly version: string;
  readonly mode: "app" | "direct" | "unconfigured";
  readonly user: Visitor;
  readonly house: {
    readonly name?: string;
    readonly timeZone: string;
    readonly language: string;
    readonly country?: string;
    readonly currency?: string;
    readonly haVersion?: string;
  };
}

interface Deps {
  readonly session: (visitor: Visitor) => Session;
  readonly connection: () => ConnectionStatus;
  readonly retry: () => void;
  readonly gaps: (limit: number) => readonly Gap[];
  readonly metrics: () => Promise<Metrics>;
  readonly jobs: Pick<Jobs, "list" | "run">;
}

const JobName = z.object({ name: z.string().max(100) });
const GapQuery = z.object({ limit: count(500, 50) }).strict();

/** `/api/v1/session`, `/connection`, `/gaps`, `/real-time-metrics` and `/jobs` */
export const systemRoutes = ({ session, connection, retry, gaps, metrics, jobs }: Deps) =>
  new Hono<VisitorEnv>()
    .get("/session", describe("Who you are and which house this is"), (c) =>
      c.json(session(c.get("visitor"))),
    )
    .get("/connection", describe("The connection to Home Assistant"), (c) => c.json(connection()))
    .post("/connection/retry", describe("Tries to connect now"), adminOnly, (c) => {
      retry();
      return c.json(connection());
    })
    .get("/gaps", describe("Times that were missed"), validate("query", GapQuery), (c) =>
      c.json({ gaps: gaps(c.req.valid("query").limit) }),
    )
    .get("/real-time-metrics", describe("This process, measured"), async (c) =>
      c.json(await metrics()),
    )
    .get("/jobs", describe("What runs by itself"), (c) => c.json({ jobs: jobs.list() }))
    .post(
      "/jobs/:name/run",
      describe("Runs a job now"),
      adminOnly,
      validate("param", JobName),
      async (c) => c.json(await jobs.run(c.req.valid("param").name)),
    );
