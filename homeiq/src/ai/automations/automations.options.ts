import { z } from "zod";

/** For how long automations are looked at. */
export const automationsOptions = z.object({
  /** How long a new automation is watched. */
  probation_days: z.int().min(1).max(90).optional(),
  /** After how long without a run an automation is pointed out. */
  never_fired_days: z.int().min(14).max(730).optional(),
  /** Over how many of the last days an automation is played back when nobody says otherwise. */
  back_test_days: z.int().min(1).max(365).optional(),
});
