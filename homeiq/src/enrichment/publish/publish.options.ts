import { z } from "zod";
import { PUBLISHED, type PublishedKey } from "./sensors.ts";

const toNames = (text: string) => text.split(/[,;\s]+/).filter(Boolean);
const isKey = (name: string): name is PublishedKey => PUBLISHED.some((key) => key === name);

/** What is shown in Home Assistant, and a broker of the user's own; that of Home Assistant's apps is found without it. */
export const publishOptions = z.object({
  publish_off: z.boolean().optional(),
  publish_values: z
    .string()
    .trim()
    .optional()
    .refine((text) => toNames(text ?? "").every(isKey), {
      message: `Write some of these, separated by commas: ${PUBLISHED.join(", ")}`,
    }),
  publish_hours: z.number().min(0.25).max(24).optional(),
  mqtt_url: z.string().trim().optional(),
  mqtt_username: z.string().trim().optional(),
  mqtt_password: z.string().optional(),
});
export type PublishOptions = z.infer<typeof publishOptions>;

/** All, unless the user named some or turned it off. */
export function toChosenValues(options: PublishOptions): readonly PublishedKey[] {
  if (options.publish_off === true) return [];
  const named = toNames(options.publish_values ?? "").filter(isKey);
  return named.length > 0 ? named : PUBLISHED;
}
