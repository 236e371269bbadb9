import { XMLParser, XMLValidator } from "fast-xml-parser";
import { z } from "zod";
import { AppError } from "#foundation/errors.ts";
import { DAY_MS } from "#foundation/time.ts";

const one = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => (value === undefined || Array.isArray(value) ? value : [value]), schema);

const Amount = z
  .string()
  .regex(/^-?\d+(\.\d+)?$/)
  .transform(Number);
const MOST_DAYS = 32; // a period is a day; a curve that may leave points out must have an end
const Moment = z
  .string()
  .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?Z$/)
  .transform((text) => Date.parse(text))
  .pipe(z.number()); // no 31st of February

const Period = z.object({
  timeInterval: z
    .object({ start: Moment, end: Moment })
    .refine(({ start, end }) => end - start <= MOST_DAYS * DAY_MS, "A period of more than a month"),
  resolution: z.enum(["PT15M", "PT30M", "PT60M", "PT1H"]),
  Point: one(
    z
      .array(
        z.object({
          position: z
            .string()
            .regex(/^\d{1,5}$/)
            .transform(Number),
          "price.amount": Amount.optional(),
        }),
      )
      .default([]),
  ),
});

const TimeSeries = z.object({
  "currency_Unit.name": z.string().length(3),
  "price_Measure_Unit.name": z.literal("MWH"),
  curveType: z.enum(["A01", "A03"]).default("A01"),
  /** 1 is the auction that couples the markets; 2 is a local one beside it. */
  "classificationSequence_AttributeInstanceComponent.position": z.string().optional(),
  Period: one(z.array(Period).default([])),
});
export type TimeSeries = z.output<typeof TimeSeries>;

/** Either prices or the reason why there are none. */
export const EntsoEDocument = z.union([
  z.object({
    Publication_MarketDocument: z.object({ TimeSeries: one(z.array(TimeSeries).default([])) }),
  }),
  z.object({
    Acknowledgement_MarketDocument: z.object({
      Reason: one(
        z.array(z.object({ code: z.string().optional(), text: z.string().default("") })).min(1),
      ),
    }),
  }),
]);

/** The XML as objects, all values as text; throws `internal` `entso-e.not_xml` for what is not whole XML. */
export function parseXml(text: string): unknown {
  try {
    if (XMLValidator.validate(text) === true && !/<!DOCTYPE|<html/i.test(text)) {
      // No entities: none of the documents has any, and what they unfold to has no bound.
      return new XMLParser({
        parseTagValue: false,
        processEntities: false,
        removeNSPrefix: true,
      }).parse(text);
    }
  } catch (cause) {
    throw notXml(text, cause);
  }
  throw notXml(text);
}

function notXml(text: string, cause?: unknown): AppError {
  return new AppError("internal", "entso-e.not_xml", "The answer is not a whole XML document", {
    facts: { length: text.length },
    cause,
  });
}
