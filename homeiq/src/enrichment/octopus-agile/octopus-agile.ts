import { z } from "zod";
import type { Clock } from "#foundation/clock.ts";
import { AppError } from "#foundation/errors.ts";
import { askServer, type Reply, readJson } from "#foundation/http.ts";
import { HOUR_MS } from "#foundation/time.ts";
import { dayAfter, dayOf, within } from "../curve/curve.ts";
import { joinPriceFacts, perKwh, toPriceFacts } from "../price/price.ts";
import type { PriceFacts, Provider, Slot } from "../provider.ts";

const MOST_PAGES = 5; // two days of half hours are one
const PER_PENNY = 0.01;
const TARIFF = /^[EG]-[12]R-(.+)-[A-P]$/; // E-1R-AGILE-24-10-01-C: one register, the product, the region

const Entry = z.object({
  value_inc_vat: z.number().nullable(),
  valid_from: z.iso.datetime({ offset: true }),
  valid_to: z.iso.datetime({ offset: true }).nullable(),
  payment_method: z.string().nullish(),
});
const Page = z.object({ results: z.array(Entry), next: z.string().nullish() });
const Answer = z.union([Page, Entry]);

/**
 * Half-hour prices of Octopus Energy's tariffs in Britain, with value added tax; the standing charge is not in them.
 *
 * Tomorrow's appear at about 16:00. Source: https://docs.octopus.energy/rest/guides/endpoints. Needs no key.
 */
export function createOctopusAgile({
  clock,
  tariff,
  timeZone = "Europe/London",
  baseUrl = "https://api.octopus.energy/",
}: {
  clock: Clock;
  /** The tariff's code, with the region: `E-1R-AGILE-24-10-01-C`. */
  tariff: string;
  timeZone?: string;
  baseUrl?: string;
}): Provider<PriceFacts> {
  return {
    name: "octopus-agile",
    topic: "price",
    maxAgeMs: HOUR_MS,

    async fetch(signal) {
      const product = TARIFF.exec(tariff)?.[1];
      if (product === undefined) throw unknownTariff(tariff);
      const today = dayOf(clock.now(), timeZone);
      const range = { start: today.start, end: dayAfter(today, timeZone).end };
      const path = `v1/products/${product}/electricity-tariffs/${tariff}/standard-unit-rates/`;
      let url: URL | undefined = new URL(path, baseUrl);
      url.searchParams.set("period_from", new Date(range.start).toISOString());
      url.searchParams.set("period_to", new Date(range.end).toISOString());
      const pages: PriceFacts[] = [];
      for (let page = 0; url && page < MOST_PAGES; page++) {
        const reply: Reply = await askServer(url, { signal });
        if (reply.status === 404) throw unknownTariff(tariff);
        pages.push(readOctopusAgile(reply, range));
        url = nextPage(reply, url);
      }
      return joinPriceFacts(pages);
    },
  };
}

/** Only on the same server: an answer does not choose whom we ask. */
function nextPage(reply: Reply, { origin }: URL): URL | undefined {
  const answer = readJson(reply, Answer);
  const next = "results" in answer && answer.next ? URL.parse(answer.next) : null;
  return next && next.origin === origin ? next : undefined;
}

/**
 * A page of rates, newest first, or one entry. A rate without an end holds until the end of `range`, or for half an
 * hour when that is absent. Of rates by way of payment the direct debit's counts.
 */
export function readOctopusAgile(reply: Reply, range?: Slot): PriceFacts {
  const answer = readJson(reply, Answer);
  const entries = "results" in answer ? answer.results : [answer];
  const slots = entries.flatMap((entry) => {
    if (entry.value_inc_vat === null || entry.payment_method === "NON_DIRECT_DEBIT") return [];
    const start = Date.parse(entry.valid_from);
    const open = range && range.end > start ? range.end : start + HOUR_MS / 2;
    const end = entry.valid_to === null ? open : Date.parse(entry.valid_to);
    return [{ start, end, price: perKwh(entry.value_inc_vat, PER_PENNY) }];
  });
  return toPriceFacts({
    currency: "GBP",
    isFinal: true,
    slots: range ? within(slots, range) : slots,
  });
}

function unknownTariff(tariff: string): AppError {
  return new AppError("unconfigured", "octopus-agile.tariff", `There is no tariff ${tariff}`, {
    facts: { tariff },
  });
}
