import { and, count, desc, eq, max, min, sql } from "drizzle-orm";
import { dropAbsent, present } from "#foundation/absent.ts";
import type { Clock } from "#foundation/clock.ts";
import { AppError } from "#foundation/errors.ts";
import type { JsonMap } from "#home/automation/automation.ts";
import type { Db } from "#store/database.ts";
import { type Person, toPerson } from "./audit.ts";
import { automationVersion } from "./automations.table.ts";
import { kindOf } from "./item-id.ts";
import { aliasOf, type DiffPart, diffOf, hashOf } from "./text.ts";

/** What stood under an id from `at` on. */
export interface Version {
  readonly automationId: string;
  /** 1 is the first. */
  readonly number: number;
  readonly at: number;
  readonly entityId?: string;
  readonly alias?: string;
  /** Absent when it was removed. */
  readonly config?: JsonMap;
  readonly source: string;
  /** `homeiq`: through us, by `author`. `home_assistant`: by whatever else, seen afterwards. */
  readonly origin: "homeiq" | "home_assistant";
  readonly author?: Person;
  readonly reason?: string;
  readonly evidence?: JsonMap;
  readonly draftId?: string;
}

export interface NewVersion extends Omit<Version, "number" | "at" | "alias" | "source"> {
  /** Absent: written from the configuration. */
  readonly source?: string;
}

export interface Versions {
  /** Newest first. */
  list(automationId: string): readonly Version[];
  latest(automationId: string): Version | undefined;
  /** Throws `not_found`. */
  get(automationId: string, number: number): Version;
  /** By automation: how many versions there are, and whether one of them came through us. */
  counts(): ReadonlyMap<string, { readonly versions: number; readonly ours: boolean }>;
  /** By automation: when it was first seen. */
  firstSeen(): ReadonlyMap<string, number>;
  /** Of a removed one as well, by the entity that it was. */
  idOf(entityId: string): string | undefined;
  /** Kept when it differs from the latest; answers the one that is latest then. */
  keep(version: NewVersion): Version;
  /** As a person last wrote it, with its comments, when this is that; else written anew. */
  textOf(automationId: string, config: JsonMap): string;
  /** Lines from the version before to this one. */
  diff(version: Version): readonly DiffPart[];
  /** The one of its kind that stands with this alias in any case, other than the given one. */
  idWithAlias(alias: string, except: string): string | undefined;
  /** Ids under which something stood when it was last looked at. */
  standingIds(): readonly string[];
}

interface Deps {
  readonly db: Db;
  readonly clock: Clock;
  readonly toText: (config: JsonMap) => string;
}

/** Every version of every automation, for ever. */
export function createVersions({ db, clock, toText }: Deps): Versions {
  const rowsOf = (automationId: string) =>
    db.select().from(automationVersion).where(eq(automationVersion.automationId, automationId));

  const latest = (automationId: string): Version | undefined => {
    const row = rowsOf(automationId).orderBy(desc(automationVersion.number)).limit(1).get();
    return row && toVersion(row);
  };
  const find = (automationId: string, number: number): Version | undefined => {
    const row = db
      .select()
      .from(automationVersion)
      .where(
        and(eq(automationVersion.automationId, automationId), eq(automationVersion.number, number)),
      )
      .get();
    return row && toVersion(row);
  };

  return {
    list: (automationId) =>
      rowsOf(automationId).orderBy(desc(automationVersion.number)).all().map(toVersion),
    latest,
    get(automationId, number) {
      const found = find(automationId, number);
      if (found) return found;
      throw new AppError("not_found", "automations.no_version", `There is no version ${number}`);
    },
    counts() {
      const rows = db
        .select({
          id: automationVersion.automationId,
          versions: count(),
          ours: sql<number>`sum(${automationVersion.origin} = 'homeiq')`,
        })
        .from(automationVersion)
        .groupBy(automationVersion.automationId)
        .all();
      return new Map(rows.map(({ id, versions, ours }) => [id, { versions, ours: ours > 0 }]));
    },
    firstSeen() {
      const { automationId: id, at } = automationVersion;
      const rows = db
        .select({ id, at: min(at) })
        .from(automationVersion)
        .groupBy(id)
        .all();
      return new Map(rows.map((row) => [row.id, row.at ?? 0]));
    },
    idOf: (entityId) =>
      db
        .select({ id: automationVersion.automationId })
        .from(automationVersion)
        .where(eq(automationVersion.entityId, entityId))
        .orderBy(desc(automationVersion.id))
        .limit(1)
        .get()?.id,
    keep({ config, source, author, ...rest }) {
      const before = latest(rest.automationId);
      const isSame = before && hashIn(before.config) === hashIn(config);
      if (isSame) return before;
      const row = db
        .insert(automationVersion)
        .values({
          ...rest,
          number: (before?.number ?? 0) + 1,
          at: clock.now(),
          config: config ?? null,
          hash: hashIn(config) ?? null,
          alias: (config ? aliasOf(config) : before?.alias) ?? null,
          source: source ?? (config ? toText(config) : ""),
          authorId: author?.id ?? null,
          authorName: author?.name ?? null,
        })
        .returning()
        .get();
      return toVersion(row);
    },
    textOf(automationId, config) {
      const known = latest(automationId);
      return known?.config && hashOf(known.config) === hashOf(config)
        ? known.source
        : toText(config);
    },
    diff: (version) =>
      diffOf(find(version.automationId, version.number - 1)?.source ?? "", version.source),
    idWithAlias(alias, except) {
      const wanted = alias.toLowerCase();
      return this.standingIds().find(
        (id) =>
          id !== except &&
          kindOf(id) === kindOf(except) &&
          latest(id)?.alias?.toLowerCase() === wanted,
      );
    },
    standingIds: () =>
      db
        .select({
          id: automationVersion.automationId,
          hash: automationVersion.hash,
          last: max(automationVersion.number),
        })
        .from(automationVersion)
        .groupBy(automationVersion.automationId)
        .all()
        .flatMap(({ id, hash }) => (hash === null ? [] : [id])), // SQLite gives the row of the maximum
  };
}

const hashIn = (config: JsonMap | undefined) => config && hashOf(config);

const toVersion = (row: typeof automationVersion.$inferSelect): Version => ({
  automationId: row.automationId,
  number: row.number,
  at: row.at,
  source: row.source,
  origin: row.origin as Version["origin"], // written by this room only
  ...(row.authorName === null ? {} : { author: toPerson(row.authorId, row.authorName) }),
  ...present("config", row.config),
  ...dropAbsent({
    entityId: row.entityId ?? undefined,
    alias: row.alias ?? undefined,
    reason: row.reason ?? undefined,
    evidence: row.evidence ?? undefined,
    draftId: row.draftId ?? undefined,
  }),
});
