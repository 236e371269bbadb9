import { z } from "zod";

const Rule = z.object({
  by: z.enum(["entity", "domain", "device_class", "area"]),
  /** A glob: `*` and `?`, as in `sensor.*_battery`. */
  pattern: z.string().trim().min(1).max(200),
});

/** Which entities are recorded. `exclude` drops what a rule names, `include` keeps only that; exceptions win. */
export const Filter = z.object({
  mode: z.enum(["exclude", "include"]),
  rules: z.array(Rule).max(500),
  exceptions: z.array(Rule).max(500),
});

export type Rule = z.infer<typeof Rule>;
export type Filter = z.infer<typeof Filter>;
