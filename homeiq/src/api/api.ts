import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { secureHeaders } from "hono/secure-headers";
import { openAPIRouteHandler } from "hono-openapi";
import type { Agent } from "#ai/agent/agent.ts";
import type { AutomationReview } from "#ai/automation-review/automation-review.ts";
import type { Automations } from "#ai/automations/automations.ts";
import type { Suggestions } from "#ai/suggestions/suggestions.ts";
import type { EnergyAnalysis } from "#analysis/energy/energy.ts";
import type { KnownPattern, Patterns } from "#analysis/patterns/patterns.ts";
import type { KnownSynergy, Synergies } from "#analysis/synergies/synergies.ts";
import type { Surroundings } from "#enrichment/surroundings/surroundings.ts";
import type { Clock } from "#foundation/clock.ts";
import { AppError } from "#foundation/errors.ts";
import type { Jobs } from "#foundation/jobs.ts";
import type { Log } from "#foundation/log.ts";
import type { ConnectionStatus } from "#home/connection/connection.ts";
import type { House } from "#home/house/house.ts";
import type { Backfill } from "#ingest/backfill/backfill.ts";
import type { Backup } from "#ingest/backup/backup.ts";
import type { EntityFilter, Filter } from "#ingest/filter/filter.ts";
import type { Gap } from "#ingest/gaps/gaps.ts";
import type { History } from "#ingest/history/history.ts";
import type { Imports } from "#ingest/import/import.ts";
import type { InfluxMirror } from "#ingest/influx/influx.ts";
import { describeLive } from "./describe.ts";
import { toAnswer } from "./errors.ts";
import type { Exporter } from "./export/exporter.ts";
import type { Inventory } from "./inventory.ts";
import type { Live } from "./live.ts";
import type { Metrics } from "./metrics.ts";
import { pages } from "./pages.ts";
import { agentRoutes } from "./routes/agent.ts";
import { automationBlueprintRoutes } from "./routes/automation-blueprints.ts";
import { automationDraftRoutes } from "./routes/automation-drafts.ts";
import { automationReviewRoutes } from "./routes/automation-review.ts";
import { automationRoutes } from "./routes/automations.ts";
import { backfillRoutes } from "./routes/backfill.ts";
import { backupRoutes } from "./routes/backup.ts";
import { energyRoutes } from "./routes/energy.ts";
import { entityRoutes } from "./routes/entities.ts";
import { eventRoutes } from "./routes/events.ts";
import { exportRoutes } from "./routes/export.ts";
import { filterRoutes } from "./routes/filter.ts";
import { historyRoutes, requireRecorded } from "./routes/history.ts";
import { homeRoutes } from "./routes/home.ts";
import { importRoutes, isImportFile } from "./routes/imports.ts";
import { influxdbRoutes } from "./routes/influxdb.ts";
import { patternRoutes, type SaidOfPattern } from "./routes/patterns.ts";
import { storageRoutes } from "./routes/storage.ts";
import { suggestionRoutes } from "./routes/suggestions.ts";
import { surroundingsRoutes } from "./routes/surroundings.ts";
import { type SaidOfSynergy, synergyRoutes } from "./routes/synergies.ts";
import { systemRoutes } from "./routes/system.ts";
import type { FilterPreview, Session } from "./system-answers.ts";
import { identify, type Visitor, type VisitorEnv } from "./visitor.ts";

export type * from "#home/automation/automation.ts";
export type { UsedInput } from "#home/automation-config/automation-config.ts";
export type { LiveMessage } from "./live.ts";

const MAX_BODY_BYTES = 256 * 1024;

interface Deps {
  readonly clock: Clock;
  readonly log: Log;
  readonly version: string;
  /** Installed in Home Assistant, so that visitors come through ingress. */
  readonly asApp: boolean;
  readonly pagesFolder: string;
  readonly isAdmin: (userId: string) => boolean;
  readonly history: Pick<
    History,
    | "events"
    | "event"
    | "stats"
    | "trace"
    | "historyJson"
    | "statisticsJson"
    | "stateAt"
    | "activity"
    | "storage"
    | "costs"
    | "retention"
    | "setRetention"
  >;
  readonly exporter: Exporter;
  readonly timeZone: () => string;
  /** Recorded at some time. */
  readonly isRecorded: (entityId: string) => boolean;
  readonly recordedEntities: () => readonly string[];
  readonly excludeEntity: (entityId: string) => void;
  readonly inventory: Inventory;
  readonly backup: Backup;
  readonly filter: EntityFilter;
  readonly previewFilter: (filter: Filter) => Promise<FilterPreview>;
  readonly house: () => House;
  readonly session: (visitor: Visitor) => Session;
  readonly connection: () => ConnectionStatus;
  readonly retry: () => void;
  readonly gaps: (limit: number) => readonly Gap[];
  readonly metrics: () => Promise<Metrics>;
  readonly jobs: Pick<Jobs, "list" | "run">;
  readonly influx: Pick<InfluxMirror, "status" | "retry">;
  readonly live: Live;
  readonly energy: EnergyAnalysis;
  readonly patterns: Patterns;
  readonly sayPattern: (known: KnownPattern) => SaidOfPattern;
  readonly whoDoes: () => Promise<ReadonlyMap<string, readonly string[]>>;
  readonly surroundings: Omit<Surroundings, "latest" | keyof Disposable>;
  readonly backfill: Pick<Backfill, "status" | "start" | "pause">;
  readonly imports: Imports;
  readonly agent: Agent;
  readonly automations: Automations;
  readonly automationReview: AutomationReview;
  readonly suggestions: Suggestions;
  readonly synergies: Synergies;
  readonly saySynergy: (known: KnownSynergy) => SaidOfSynergy;
}

/** Everything that answers over HTTP. */
export function createApi(deps: Deps) {
  const { log, version } = deps;
  const known = { requireRecorded: requireRecorded(deps.isRecorded) };
  const v1 = new Hono<VisitorEnv>()
    .route("/events", eventRoutes(deps))
    .route("/entities", entityRoutes(deps))
    .route("/backup", backupRoutes(deps))
    .route("/filter", filterRoutes({ filter: deps.filter, preview: deps.previewFilter }))
    .route("/", historyRoutes(deps))
    .route("/export", exportRoutes({ ...deps, ...known }))
    .route("/storage", storageRoutes({ ...deps, ...known }))
    .route("/influxdb", influxdbRoutes(deps))
    .route("/surroundings", surroundingsRoutes(deps))
    .route("/energy", energyRoutes(deps))
    .route("/patterns", patternRoutes(deps))
    .route("/backfill", backfillRoutes(deps))
    .route("/imports", importRoutes(deps))
    .route("/automations/drafts", automationDraftRoutes(deps))
    .route("/automations", automationBlueprintRoutes(deps))
    .route("/automations", automationReviewRoutes(deps))
    .route("/automations", automationRoutes(deps))
    .route("/suggestions", suggestionRoutes(deps))
    .route("/synergies", synergyRoutes(deps))
    .route("/agent", agentRoutes(deps))
    .route("/", homeRoutes(deps))
    .route("/", systemRoutes(deps))
    .get("/live", describeLive(), deps.live.upgrade);

  const app = new Hono<VisitorEnv>();
  app.onError((error, c) => {
    const { status, body } = toAnswer(error, log);
    // The rest of a body that is too large stays unread: this connection cannot carry another request.
    if (body.error.code === "request.too_large") c.header("Connection", "close");
    return c.json(body, status);
  });
  app.use(secureHeaders({ xFrameOptions: "SAMEORIGIN", crossOriginResourcePolicy: false }));
  app.get("/health", (c) =>
    c.json({
      status: "ok" as const,
      version,
      uptimeSeconds: Math.round(process.uptime()),
      homeAssistant: deps.connection().status,
    }),
  );
  app.use(identify({ asApp: deps.asApp, isAdmin: deps.isAdmin }));
  const limited = bodyLimit({
    maxSize: MAX_BODY_BYTES,
    onError: () => {
      throw new AppError("invalid", "request.too_large", "The request body is larger than 256 KB");
    },
  });
  app.use("/api/*", (c, next) =>
    isImportFile(c.req.method, c.req.path) ? next() : limited(c, next),
  );
  app.get(
    "/api/openapi.json",
    openAPIRouteHandler(v1, {
      includeEmptyPaths: true, // a route that nobody described is seen, and a test refuses it
      defaultValidationErrorResponse: false, // that of the library is not what we answer
      documentation: {
        info: {
          title: "HomeIQ",
          version,
          description: "Times are milliseconds since the epoch, UTC.",
        },
        servers: [{ url: "v1" }],
      },
    }),
  );
  app.all("/api/v1/:rest{.*}", async (c, next) => {
    c.header("Cache-Control", "no-store");
    await next();
  });
  const served = app.route("/api/v1", v1);
  served.all("/api/*", (c) => {
    throw new AppError("not_found", "api.unknown", `There is no ${c.req.method} ${c.req.path}`);
  });
  served.route("/", pages({ folder: deps.pagesFolder }));
  return served;
}

/** The routes as a type, for the pages' client. */
export type Api = ReturnType<typeof createApi>;
