import { z } from "zod";

/** For how long automations are looked at. */
export const automationsOptions = z.object({
  /** How long a new automation is watched. */
  probation_days: z.int().min(1).max(90).optional(),
  /** After how long without a run an automation is pointed out. */
  never_fired_days: z.int().min(14).max(730).optional(),
});
