import { z } from "zod";

/** A broker of the user's own; the one of Home Assistant's apps is found without it. */
export const publishOptions = z.object({
  mqtt_url: z.string().optional(),
  mqtt_username: z.string().optional(),
  mqtt_password: z.string().optional(),
});
