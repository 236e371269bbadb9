import { z } from "zod";

const Amount = z.number().min(-1e5).max(1e5); // pounds per MWh are below 5,000
/** Version 2 sent numbers as text. */
const Numeric = z
  .union([z.number(), z.string().regex(/^-?\d+(\.\d+)?$/)])
  .transform(Number)
  .pipe(Amount);
const Moment = z
  .string()
  .transform((text) => text.replace(/\.\d*Z$/, "Z")) // version 2 wrote "00.00Z"
  .pipe(z.iso.datetime({ offset: true }))
  .transform((text) => Date.parse(text));

export const SignalV2 = z.object({
  ba: z.string(),
  point_time: Moment,
  percent: Numeric.nullish(),
  moer: Numeric.nullish(),
});
export const SignalV3 = z.object({
  data: z.array(z.object({ point_time: Moment, value: Amount.nullable() })),
  meta: z.object({
    region: z.string(),
    units: z.string(),
    data_point_period_seconds: z.number().positive().max(86_400).nullish(),
  }),
});
export const Signal = z.union([SignalV3, SignalV2]);

export const Region = z.union([
  z.object({ region: z.string().min(1) }),
  z.object({ abbrev: z.string().min(1) }),
]);
export const Login = z.object({ token: z.string().min(1) });
export const Refusal = z.object({ error: z.string(), message: z.string().optional() });
