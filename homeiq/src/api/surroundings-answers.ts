import { z } from "zod";
import type { Sun, SunDay } from "#enrichment/astronomy/astronomy.ts";
import { MEANINGS, type OccupancyView } from "#enrichment/calendar/calendar.ts";
import { TOPICS } from "#enrichment/provider.ts";
import { PUBLISHED, type PublishingStatus } from "#enrichment/publish/publish.ts";
import type { Failure, ProviderStatus, TestResult } from "#enrichment/refresh/refresh.ts";
import { SPORTS_EVENTS, type SportsEvent } from "#enrichment/sports/sports.ts";
import type {
  Curve,
  CurveWindow,
  Overview,
  TopicView,
} from "#enrichment/surroundings/surroundings.ts";
import { ERROR_KINDS } from "#foundation/errors.ts";

// What the OpenAPI document says of answers about outside. Each is held to the type that is really answered.

const FailureAnswer = z.object({
  kind: z.enum(ERROR_KINDS),
  code: z.string(),
  message: z.string(),
  facts: z.record(z.string(), z.unknown()).exactOptional(),
  at: z.number(),
}) satisfies z.ZodType<Failure>;

const SunDayAnswer = z.object({
  sunrise: z.number().exactOptional(),
  sunset: z.number().exactOptional(),
  dawn: z.number().exactOptional(),
  dusk: z.number().exactOptional(),
  nauticalDawn: z.number().exactOptional(),
  nauticalDusk: z.number().exactOptional(),
  astronomicalDawn: z.number().exactOptional(),
  astronomicalDusk: z.number().exactOptional(),
  noon: z.number(),
  dayLengthMs: z.number(),
  polar: z.enum(["day", "night"]).exactOptional(),
}) satisfies z.ZodType<SunDay>;

const SunAnswer = z.object({
  at: z.number(),
  elevation: z.number(),
  azimuth: z.number(),
  isUp: z.boolean(),
  today: SunDayAnswer,
  tomorrow: SunDayAnswer,
}) satisfies z.ZodType<Sun>;

const topicFields = {
  topic: z.enum(TOPICS),
  state: z.enum(["ok", "stale", "waiting", "unconfigured", "unavailable", "off"]),
  provider: z.string().exactOptional(),
  at: z.number().exactOptional(),
  ageMs: z.number().exactOptional(),
  failure: FailureAnswer.exactOptional(),
  entityIds: z.array(z.string()),
  /** As the topic has them; see the source, `enrichment/provider.ts`. */
  facts: z.unknown().exactOptional(),
};

const ProviderAnswer = z.object({
  name: z.string(),
  topic: z.enum(TOPICS),
  isActive: z.boolean(),
  state: z.enum(["ok", "stale", "waiting", "unconfigured", "unavailable"]),
  maxAgeMs: z.number(),
  at: z.number().exactOptional(),
  ageMs: z.number().exactOptional(),
  nextAt: z.number().exactOptional(),
  failure: FailureAnswer.exactOptional(),
  isProbed: z.boolean(),
  asked: z.number().int(),
  ok: z.number().int(),
  failed: z.record(z.string(), z.number().int()),
  quota: z.object({ used: z.number().int(), mostPerDay: z.number().int() }).exactOptional(),
}) satisfies z.ZodType<ProviderStatus>;

const PublishingAnswer = z.object({
  state: z.enum(["off", "absent", "waiting", "ok", "unconfigured", "unavailable"]),
  broker: z.string().exactOptional(),
  failure: z
    .object({ kind: FailureAnswer.shape.kind, code: z.string(), message: z.string() })
    .exactOptional(),
  keys: z.array(z.enum(PUBLISHED)),
}) satisfies z.ZodType<PublishingStatus>;

export const OverviewAnswer = z.object({
  isOutsideAllowed: z.boolean(),
  topics: z.array(z.object(topicFields)),
  providers: z.array(ProviderAnswer),
  vendors: z.array(z.object({ topic: z.enum(TOPICS), name: z.string(), isLocal: z.boolean() })),
  publishing: PublishingAnswer,
  sun: SunAnswer.exactOptional(),
}) satisfies z.ZodType<Overview>;

export const TopicAnswer = z.object({
  ...topicFields,
  sun: SunAnswer.exactOptional(),
}) satisfies z.ZodType<TopicView & { readonly sun?: Sun }>;

export const TestAnswer = z.object({
  name: z.string(),
  topic: z.enum(TOPICS),
  ms: z.number(),
  facts: z.unknown().exactOptional(),
  failure: FailureAnswer.exactOptional(),
}) satisfies z.ZodType<TestResult>;

const SlotAnswer = z.object({ start: z.number(), end: z.number() });

const PriceSlotAnswer = SlotAnswer.extend({
  price: z.number(),
  parts: z
    .object({ market: z.number(), fees: z.number(), vat: z.number(), gridFee: z.number() })
    .exactOptional(),
});

const PriceDayAnswer = SlotAnswer.extend({
  slots: z.array(PriceSlotAnswer),
  gaps: z.array(SlotAnswer),
  mean: z.number().exactOptional(),
  lowest: PriceSlotAnswer.exactOptional(),
  highest: PriceSlotAnswer.exactOptional(),
});

const CarbonSlotAnswer = SlotAnswer.extend({ gramsPerKwh: z.number() });

/** Absent while nothing is known. */
export const CurveAnswer = z.object({
  curve: z
    .discriminatedUnion("topic", [
      z.object({
        topic: z.literal("price"),
        currency: z.string(),
        slots: z.array(PriceSlotAnswer),
        today: PriceDayAnswer,
        tomorrow: PriceDayAnswer,
        current: PriceSlotAnswer.exactOptional(),
        level: z.enum(["low", "ordinary", "peak"]).exactOptional(),
      }),
      z.object({
        topic: z.literal("carbon"),
        current: CarbonSlotAnswer.exactOptional(),
        ahead: z.array(CarbonSlotAnswer),
        gaps: z.array(SlotAnswer),
        today: z.array(CarbonSlotAnswer),
        tomorrow: z.array(CarbonSlotAnswer),
      }),
    ])
    .exactOptional(),
}) satisfies z.ZodType<{ readonly curve?: Curve }>;

/** Absent when no stretch is known that is long enough. */
export const WindowAnswer = z.object({
  window: SlotAnswer.extend({ mean: z.number(), unit: z.string() }).exactOptional(),
}) satisfies z.ZodType<{ readonly window?: CurveWindow }>;

const SideAnswer = z.object({
  id: z.string(),
  name: z.string(),
  short: z.string().exactOptional(),
  score: z.number().exactOptional(),
  rank: z.number().exactOptional(),
});
const SideName = z.enum(["home", "away"]);

const GameEventAnswer = z.object({
  kind: z.enum(SPORTS_EVENTS),
  at: z.number(),
  game: z.object({
    id: z.string(),
    league: z.string(),
    start: z.number(),
    status: z.enum(["scheduled", "playing", "over", "postponed", "canceled"]),
    home: SideAnswer,
    away: SideAnswer,
    clock: z.string().exactOptional(),
    followed: z.array(SideName).readonly().exactOptional(),
  }),
  side: SideName.exactOptional(),
}) satisfies z.ZodType<SportsEvent>;

/** The newest first. */
export const GameEventsAnswer = z.object({ events: z.array(GameEventAnswer) });

const HintAnswer = SlotAnswer.extend({
  meaning: z.enum(MEANINGS),
  /** 0 to 1. */
  confidence: z.number(),
  keyword: z.string(),
  event: SlotAnswer.extend({
    calendar: z.string(),
    summary: z.string(),
    isAllDay: z.boolean(),
  }),
});

export const OccupancyAnswer = z.object({
  hints: z.array(HintAnswer).readonly(),
  hours: z
    .array(
      SlotAnswer.extend({ home: z.number().exactOptional(), because: HintAnswer.exactOptional() }),
    )
    .readonly(),
  knownHours: z.number().int(),
  accuracy: z.discriminatedUnion("verdict", [
    z.object({
      verdict: z.literal("measured"),
      hours: z.number().int(),
      right: z.number(),
      rightByGuessing: z.number(),
      brier: z.number(),
    }),
    z.object({
      verdict: z.literal("not_enough"),
      hours: z.number().int(),
      needed: z.number().int(),
    }),
  ]),
}) satisfies z.ZodType<OccupancyView>;
