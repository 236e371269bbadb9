import { z } from "zod";
import type { Clock } from "#foundation/clock.ts";
import type { Db } from "#store/database.ts";
import { retention } from "./history.table.ts";

const Days = z.number().int().min(1).max(36_500).nullable();

/** How long each tier is kept, in days; `null` is for ever. */
export const RetentionSchema = z
  .object({
    rawDays: Days,
    fiveMinuteDays: Days,
    hourlyDays: Days,
    /** Entities with a time of their own for their changes; the first that matches counts. */
    classes: z
      .array(
        z
          .object({
            match: z
              .string()
              .regex(/^(entity|domain|device_class|area):.+$/, {
                message: "must begin with entity:, domain:, device_class: or area:",
              })
              .max(200),
            rawDays: Days,
          })
          .strict(),
      )
      .max(100),
  })
  .strict();
export type Retention = z.infer<typeof RetentionSchema>;

/** Changes of a year and statistics for ever: at 5 to 12 bytes a change that is 1 to 4 GB in a large house. */
const USUAL: Retention = { rawDays: 365, fiveMinuteDays: 730, hourlyDays: null, classes: [] };

/** What the household chose, or what is usual. */
export function createRetention({ db, clock }: { db: Db; clock: Clock }) {
  return {
    get(): Retention {
      const row = db.select().from(retention).get();
      return row ? RetentionSchema.parse(JSON.parse(row.retention)) : USUAL;
    },
    set(next: Retention): void {
      const values = { retention: JSON.stringify(next), changedAt: clock.now() };
      db.insert(retention)
        .values({ id: 1, ...values })
        .onConflictDoUpdate({ target: retention.id, set: values })
        .run();
    },
  };
}
