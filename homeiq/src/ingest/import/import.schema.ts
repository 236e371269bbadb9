import { z } from "zod";

/** A file that was put into the imports folder; a name, never a path. */
export const FileName = z
  .string()
  .max(120)
  .regex(/^[A-Za-z0-9_][A-Za-z0-9_. -]*$/, "must be a plain file name");

/** Where to import from. */
export const ImportSource = z.discriminatedUnion("kind", [
  z
    .object({
      kind: z.literal("influxdb"),
      url: z.url({ protocol: /^https?$/ }).max(500),
      database: z.string().min(1).max(200),
      /** Absent: the database's default. */
      retentionPolicy: z.string().min(1).max(200).optional(),
      username: z.string().max(200).optional(),
      password: z.string().max(500).optional(),
      /** Instead of a user: InfluxDB 2. */
      token: z.string().max(500).optional(),
    })
    .strict(),
  z.object({ kind: z.literal("recorder"), file: FileName }).strict(),
  z.object({ kind: z.literal("csv"), file: FileName }).strict(),
  z.object({ kind: z.literal("meter"), file: FileName }).strict(),
]);
export type ImportSource = z.infer<typeof ImportSource>;
