import { z } from "zod";
import { AppError } from "#foundation/errors.ts";
import { askServer, parseJson, type Reply, readShape, refuseBadStatus } from "#foundation/http.ts";
import { HOUR_MS } from "#foundation/time.ts";
import { toSteps } from "../curve/curve.ts";
import { toPriceFacts } from "../price/price.ts";
import type { PriceFacts, Provider } from "../provider.ts";
import { hideKeys, toVendorText } from "../vendor-text.ts";

const QUERY = `{ viewer { homes { id currentSubscription { priceInfo(resolution: QUARTER_HOURLY) {
  today { total startsAt currency } tomorrow { total startsAt currency } } } } } }`;

const Prices = z
  .array(
    z.object({
      total: z.number().nullable(),
      startsAt: z.iso.datetime({ offset: true }),
      currency: z.string().length(3).nullish(),
    }),
  )
  .nullish();
const Home = z.object({
  id: z.string().optional(),
  currentSubscription: z
    .object({
      priceInfo: z
        .object({
          today: Prices,
          tomorrow: Prices,
          current: z.object({ currency: z.string().length(3) }).nullish(),
        })
        .nullable(),
    })
    .nullable(),
});
const Answer = z.object({ data: z.object({ viewer: z.object({ homes: z.array(Home) }) }) });
const Failed = z.object({
  errors: z
    .array(
      z.object({
        message: z.string(),
        extensions: z.object({ code: z.string().optional() }).nullish(),
      }),
    )
    .min(1),
});

/**
 * What a customer of Tibber pays, with all taxes; the grid's fee only where Tibber bills it.
 *
 * Tomorrow's appear at about 13:00. Source: https://developer.tibber.com/docs/reference. At most 100 calls in five
 * minutes. Needs a personal access token.
 */
export function createTibber({
  token,
  homeId,
  baseUrl = "https://api.tibber.com/",
}: {
  token: string;
  /** The first home with a contract when absent. */
  homeId?: string;
  baseUrl?: string;
}): Provider<PriceFacts> {
  return {
    name: "tibber",
    topic: "price",
    maxAgeMs: HOUR_MS,

    async fetch(signal) {
      const reply = await askServer(new URL("v1-beta/gql", baseUrl), {
        signal,
        method: "POST",
        headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
        body: JSON.stringify({ query: QUERY }),
      });
      return readTibber(hideKeys(reply, [token]), homeId);
    },
  };
}

/** GraphQL says its errors inside of an answer that looks fine. */
export function readTibber(reply: Reply, homeId?: string): PriceFacts {
  if (reply.status !== 400) refuseBadStatus(reply);
  const answer = parseJson(reply.text);
  const failed = Failed.safeParse(answer);
  const found = Answer.safeParse(answer);
  if (failed.success && !found.success) throw toError(failed.data.errors[0]);
  refuseBadStatus(reply);
  const { data } = readShape(answer, Answer);
  const homes = data.viewer.homes.filter(({ id }) => homeId === undefined || id === homeId);
  const info = homes.find(({ currentSubscription }) => currentSubscription)?.currentSubscription
    ?.priceInfo;
  if (!info) {
    throw new AppError("unconfigured", "tibber.no_home", "No home with a contract was found");
  }
  const prices = [...(info.today ?? []), ...(info.tomorrow ?? [])];
  const points = prices.flatMap(({ startsAt, total }) =>
    total === null ? [] : [{ at: Date.parse(startsAt), value: total }],
  );
  const currency = prices.find((one) => one.currency)?.currency ?? info.current?.currency;
  if (points.length > 0 && !currency) {
    throw new AppError("internal", "http.unexpected_shape", "The answer names no currency");
  }
  return toPriceFacts({
    currency: currency ?? "",
    isFinal: true,
    slots: toSteps(points).map(({ value, ...slot }) => ({ ...slot, price: value })),
  });
}

type Problem = z.infer<typeof Failed>["errors"][number];

function toError(problem: Problem | undefined): AppError {
  const code = problem?.extensions?.code ?? "";
  const said = toVendorText(problem?.message ?? "");
  if (/UNAUTHENTICATED|FORBIDDEN/.test(code) || /invalid token|not authenticated/i.test(said)) {
    return new AppError("unconfigured", "http.refused", "The key was refused");
  }
  if (/RATE_LIMIT|TOO_MANY/.test(code)) {
    return new AppError("unavailable", "http.too_many", "Asked too often");
  }
  const isTheirs = code === "INTERNAL_SERVER_ERROR";
  return new AppError(
    isTheirs ? "unavailable" : "internal",
    "tibber.failed",
    `Tibber answered: ${said}`,
  );
}
