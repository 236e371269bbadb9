import { Cron } from "croner";

interface Counting {
  readonly timeZone: string;
  /** Exclusive. Milliseconds since the epoch. */
  readonly after: number;
}

/** When a pattern of five fields is due next, by the clocks of a zone; `undefined`: never, or it is no pattern. */
export function nextDue(pattern: string, { timeZone, after }: Counting): number | undefined {
  try {
    const cron = new Cron(pattern, { timezone: timeZone, paused: true, mode: "5-part" });
    return cron.nextRun(new Date(after))?.getTime();
  } catch {
    return undefined; // as said above
  }
}
