import { z } from "zod";

// Shapes of sections 10 to 12 of the WebSocket API, as sent.

export const WireHistory = z.record(
  z.string(),
  z.array(
    z.object({
      /** `null` only in rows of a database that was repaired. */
      s: z.string().nullable(),
      lu: z.number(),
      lc: z.number().nullish(),
    }),
  ),
);

export const WireLogbook = z.array(
  z.object({
    when: z.number(),
    /** Only entries of state changes have one. */
    state: z.string().nullish(),
    entity_id: z.string().nullish(),
    context_user_id: z.string().nullish(),
    context_event_type: z.string().nullish(),
    context_domain: z.string().nullish(),
    context_service: z.string().nullish(),
    context_entity_id: z.string().nullish(),
    context_name: z.string().nullish(),
  }),
);

export const WireStatisticIds = z.array(z.object({ statistic_id: z.string() }));

export const WireStatistics = z.record(
  z.string(),
  z.array(
    z.object({
      start: z.number(),
      mean: z.number().nullish(),
      min: z.number().nullish(),
      max: z.number().nullish(),
      change: z.number().nullish(),
      state: z.number().nullish(),
    }),
  ),
);

/** Fields differ between versions; `recording` and a migration decide whether one may ask. */
export const WireRecorderInfo = z.object({
  backlog: z.number().nullish(),
  migration_in_progress: z.boolean().catch(false),
  recording: z.boolean().catch(true),
  thread_running: z.boolean().catch(true),
});

export const WireCoreState = z.object({ state: z.string().catch("RUNNING") });
