import { Hono } from "hono";
import { z } from "zod";
import { dropAbsent } from "#foundation/absent.ts";
import type { Clock } from "#foundation/clock.ts";
import { AppError } from "#foundation/errors.ts";
import { STATISTIC_PERIODS } from "#ingest/history/history.ts";
import { CATEGORIES, CAUSE_KINDS, CHANGE_KINDS } from "#ingest/normalize/normalize.ts";
import { describeFile } from "../describe.ts";
import type { Asked, Exporter } from "../export/exporter.ts";
import { FORMAT_NAMES, FORMATS } from "../export/formats.ts";
import { entityList, eventFields, moment, validate } from "../validate.ts";
import { toRange } from "./history.ts";

const instant = z.union([z.number().int().min(0).max(4102444800000), moment]);
const ids = z.array(z.string().max(255)).max(5000);
const kinds = { format: z.enum(FORMAT_NAMES), what: z.enum(["events", "statistics"]) };

const Body = z
  .object({
    ...kinds,
    query: z
      .object({
        entity: ids,
        domain: ids,
        device: ids,
        area: ids,
        category: z.array(z.enum(CATEGORIES)),
        cause: z.array(z.enum(CAUSE_KINDS)),
        kind: z.array(z.enum(CHANGE_KINDS)),
        from: instant,
        to: instant,
        text: z.string().trim().max(200),
        period: z.enum(STATISTIC_PERIODS),
      })
      .partial()
      .strict()
      .default({}),
  })
  .strict();

/** The same as one flat query, for a plain link. A long or odd query travels as `query`, base64url of its JSON. */
const Query = z
  .object({
    ...kinds,
    query: z.string().max(12_000).optional(),
    entity: entityList,
    ...eventFields,
    period: z.enum(STATISTIC_PERIODS).optional(),
  })
  .strict();

type Fields = z.infer<typeof Body>["query"];

interface Deps {
  readonly clock: Clock;
  readonly exporter: Exporter;
  readonly requireRecorded: (entityIds: readonly string[]) => readonly string[];
  /** Every entity that was ever recorded. */
  readonly recordedEntities: () => readonly string[];
}

/** `/api/v1/export` */
export const exportRoutes = (deps: Deps) => {
  const { exporter } = deps;
  return new Hono()
    .get("/", file("A file of events or statistics, for a link"), validate("query", Query), (c) => {
      const { format, what, query, ...fields } = c.req.valid("query");
      const asked = toAsked(what, { ...dropAbsent(fields), ...decode(query) }, deps);
      // A HEAD comes here as well: nobody would read the body.
      if (c.req.method === "HEAD") return exporter.announce(asked, format);
      return exporter.start(asked, format, c.req.raw.signal);
    })
    .post("/", file("A file of events or statistics"), validate("json", Body), (c) => {
      const { format, what, query } = c.req.valid("json");
      return exporter.start(toAsked(what, query, deps), format, c.req.raw.signal);
    });
};

function decode(query: string | undefined): Fields {
  if (query === undefined) return {};
  let json: unknown;
  try {
    json = JSON.parse(Buffer.from(query, "base64url").toString("utf8"));
  } catch (cause) {
    throw new AppError("invalid", "request.invalid", "query: must be base64url of JSON", { cause });
  }
  const parsed = Body.shape.query.safeParse(json);
  if (parsed.success) return parsed.data;
  throw new AppError("invalid", "request.invalid", `query: ${z.prettifyError(parsed.error)}`);
}

function toAsked(what: Asked["what"], fields: Fields, deps: Deps): Asked {
  const { entity, period, from, to = deps.clock.now(), ...more } = fields;
  if (entity) deps.requireRecorded(entity);
  if (from !== undefined && from >= to) {
    throw new AppError("invalid", "request.invalid", "from must be before to");
  }
  if (what === "events") {
    if (period) throw new AppError("invalid", "request.invalid", "period is for statistics only");
    return { what, query: { ...dropAbsent({ entity, from, ...more }), to } };
  }
  const [other] = Object.keys(dropAbsent(more));
  if (other) throw new AppError("invalid", "request.invalid", `${other} is for events only`);
  const range = toRange(deps.clock)({ from, to });
  const entityIds = entity ?? deps.recordedEntities();
  return { what, query: { ...range, entityIds, period: period ?? "hour" } };
}

const file = (summary: string) =>
  describeFile(
    summary,
    Object.values(FORMATS).map(({ mediaType }) => mediaType.split(";")[0] ?? mediaType),
  );
