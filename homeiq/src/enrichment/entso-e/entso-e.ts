import type { Clock } from "#foundation/clock.ts";
import { AppError } from "#foundation/errors.ts";
import { askServer } from "#foundation/http.ts";
import { HOUR_MS } from "#foundation/time.ts";
import { dayAfter, dayOf } from "../curve/curve.ts";
import type { PriceFacts, Provider } from "../provider.ts";
import { hideKeys } from "../vendor-text.ts";
import { findEntsoEArea } from "./entso-e.areas.ts";

const DAY_AHEAD_PRICES = "A44";
const DAY_AHEAD_AUCTION = "A01";

/**
 * Day-ahead prices of a bidding zone from the transparency platform, without taxes.
 *
 * Tomorrow's appear at about 13:00. At most 400 calls a minute. Needs a token, which the platform's help desk enables.
 * Source: https://transparencyplatform.zendesk.com, "Sitemap for Restful API Integration".
 */
export function createEntsoE({
  clock,
  token,
  area,
  timeZone,
  baseUrl = "https://web-api.tp.entsoe.eu/",
}: {
  clock: Clock;
  token: string;
  /** `AT`, `DE`, `SE3`, or the zone's code of 16 characters. */
  area: string;
  timeZone: string;
  baseUrl?: string;
}): Provider<PriceFacts> {
  return {
    name: "entso-e",
    topic: "price",
    maxAgeMs: HOUR_MS,

    async fetch(signal) {
      const domain = findEntsoEArea(area);
      if (domain === undefined) {
        throw new AppError("unconfigured", "entso-e.area", `There is no bidding zone ${area}`, {
          facts: { area },
        });
      }
      const today = dayOf(clock.now(), timeZone);
      const url = new URL("api", baseUrl);
      url.searchParams.set("securityToken", token);
      url.searchParams.set("documentType", DAY_AHEAD_PRICES);
      url.searchParams.set("contract_MarketAgreement.type", DAY_AHEAD_AUCTION);
      url.searchParams.set("in_Domain", domain);
      url.searchParams.set("out_Domain", domain);
      url.searchParams.set("periodStart", toPeriod(today.start));
      url.searchParams.set("periodEnd", toPeriod(dayAfter(today, timeZone).end));
      const reply = hideKeys(await askServer(url, { signal }), [token]);
      const { readEntsoE } = await import("./read-entso-e.ts"); // it brings a reader of XML along
      return readEntsoE(reply);
    },
  };
}

const toPeriod = (at: number) => new Date(at).toISOString().replace(/\D/g, "").slice(0, 12);
