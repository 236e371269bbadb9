import { AppError } from "#foundation/errors.ts";

/** A point that the server refused for good. */
export interface RefusedPoint {
  readonly line: string;
  readonly reason: string;
}

export interface Delivery {
  readonly refused: readonly RefusedPoint[];
  /** With those that the server only counted. */
  readonly refusedCount: number;
}

const MOST_REQUESTS = 80; // finds a few bad points among 5,000, and ends when most of them are bad
const CONFLICTS_OF_A_FOREIGN_DATABASE = 10;

/** The server says how many it dropped for these, and took the rest: there is nothing to find out. */
const ONLY_COUNTED = new Set(["older than the retention allows", "too many series"]);

/**
 * Sends lines; where the server refuses some of them, finds out which by halves, so that the rest arrives.
 *
 * Sending a point twice is harmless, so a half that was partly taken may be sent again. Throws as `write`
 * does, save for `invalid`; `unconfigured` when so much is refused that the database must be another's.
 */
export async function deliver(
  lines: readonly string[],
  write: (lines: readonly string[]) => Promise<void>,
): Promise<Delivery> {
  const refused: RefusedPoint[] = [];
  let counted = 0;
  let requests = 0;

  async function send(part: readonly string[]): Promise<void> {
    requests += 1;
    if (requests > MOST_REQUESTS) throw foreignDatabase();
    const reason = await refusalOf(part, write);
    if (reason === undefined) return;
    const [line] = part;
    if (typeof reason === "object") counted += reason.dropped;
    else if (part.length === 1 && line !== undefined) refused.push({ line, reason });
    else {
      const middle = Math.ceil(part.length / 2);
      await send(part.slice(0, middle));
      await send(part.slice(middle));
    }
  }

  if (lines.length > 0) await send(lines);
  const conflicts = refused.filter(({ reason }) => reason === "field type conflict");
  if (conflicts.length >= CONFLICTS_OF_A_FOREIGN_DATABASE) throw foreignDatabase();
  return { refused, refusedCount: refused.length + counted };
}

/** Why points were refused: a text when it must be found out which, a number when the server knows how many. */
async function refusalOf(
  lines: readonly string[],
  write: (lines: readonly string[]) => Promise<void>,
): Promise<string | { dropped: number } | undefined> {
  try {
    await write(lines);
    return undefined;
  } catch (error) {
    if (!(error instanceof AppError) || error.kind !== "invalid") throw error;
    const { reason, dropped } = error.facts;
    if (typeof reason !== "string") return error.code;
    if (ONLY_COUNTED.has(reason) && typeof dropped === "number") return { dropped };
    return reason;
  }
}

const foreignDatabase = () =>
  new AppError(
    "unconfigured",
    "influxdb.foreign_database",
    "InfluxDB refuses most points: its database holds fields of other types. Name a database of HomeIQ's own in influxdb_database; nothing is lost meanwhile.",
  );
