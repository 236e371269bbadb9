import { Hono } from "hono";
import { z } from "zod";
import type { Jobs } from "#foundation/jobs.ts";
import type { ConnectionStatus } from "#home/connection/connection.ts";
import type { Gap } from "#ingest/gaps/gaps.ts";
import { answer } from "../answer.ts";
import { describe } from "../describe.ts";
import type { Metrics } from "../metrics.ts";
import {
  ConnectionAnswer,
  GapsAnswer,
  JobAnswer,
  JobsAnswer,
  MetricsAnswer,
  type Session,
  SessionAnswer,
} from "../system-answers.ts";
import { count, validate } from "../validate.ts";
import { adminOnly, type Visitor, type VisitorEnv } from "../visitor.ts";

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
    .get("/session", describe("Who you are and which house this is", SessionAnswer), (c) =>
      answer(c, session(c.get("visitor"))),
    )
    .get("/connection", describe("The connection to Home Assistant", ConnectionAnswer), (c) =>
      answer(c, connection()),
    )
    .post(
      "/connection/retry",
      describe("Tries to connect now", ConnectionAnswer),
      adminOnly,
      (c) => {
        retry();
        return answer(c, connection());
      },
    )
    .get(
      "/gaps",
      describe("Times that were missed", GapsAnswer),
      validate("query", GapQuery),
      (c) => answer(c, { gaps: gaps(c.req.valid("query").limit) }),
    )
    .get("/real-time-metrics", describe("This process, measured", MetricsAnswer), async (c) =>
      answer(c, await metrics()),
    )
    .get("/jobs", describe("What runs by itself", JobsAnswer), (c) =>
      answer(c, { jobs: jobs.list() }),
    )
    .post(
      "/jobs/:name/run",
      describe("Runs a job now", JobAnswer),
      adminOnly,
      validate("param", JobName),
      async (c) => answer(c, await jobs.run(c.req.valid("param").name)),
    );
