import { expect, test } from "vitest";
import { createTibber, readTibber } from "#src/enrichment/tibber/tibber.ts";
import { expectRefusals, minutesOf, problemOf, problemOfAsync, replyOf } from "./replies.ts";
import { startVendor } from "./vendor-server.ts";

const prices = (date: string, totals: readonly (number | null)[]) =>
  totals.map((total, quarter) => ({
    total,
    currency: "NOK",
    startsAt: `${date}T00:${["00", "15", "30", "45"][quarter]}:00.000+01:00`,
  }));
const homeWith = (today: unknown, tomorrow: unknown, id = "a") => ({
  id,
  currentSubscription: { priceInfo: { today, tomorrow } },
});
const answer = (...homes: readonly unknown[]) => ({ data: { viewer: { homes } } });
const good = answer(homeWith(prices("2026-11-27", [0.5, 0.6]), prices("2026-11-28", [null, -0.1])));
const failure = (code: string, message = "no") => ({
  errors: [{ message, extensions: { code } }],
  data: null,
});

test("today and tomorrow are one curve of quarter hours, with all taxes", () => {
  const facts = readTibber(replyOf(good));
  expect(facts).toMatchObject({ currency: "NOK", isFinal: true });
  expect(facts.slots.map(({ price }) => price)).toEqual([0.5, 0.6, -0.1]);
  expect(minutesOf(facts.slots.slice(0, 2))).toEqual([15]);
});

test("a home is chosen, and one without a contract is passed over", () => {
  const empty = { id: "b", currentSubscription: null };
  const both = answer(
    empty,
    homeWith(prices("2026-11-27", [0.5]), []),
    homeWith(prices("2026-11-27", [0.9]), null, "c"),
  );
  expect(readTibber(replyOf(both)).slots[0]?.price).toBe(0.5);
  expect(readTibber(replyOf(both), "c").slots[0]?.price).toBe(0.9);
  expect(problemOf(() => readTibber(replyOf(both), "b"))).toBe("unconfigured tibber.no_home");
  expect(problemOf(() => readTibber(replyOf(answer())))).toBe("unconfigured tibber.no_home");
});

test("errors inside of an answer that looks fine are said as what they are", () => {
  expectRefusals((reply) => readTibber(reply), good);
  const said = (body: unknown, status = 200) => problemOf(() => readTibber(replyOf(body, status)));
  expect(said(failure("UNAUTHENTICATED"))).toBe("unconfigured http.refused");
  expect(said(failure("UNAUTHENTICATED"), 400)).toBe("unconfigured http.refused");
  expect(said({ errors: [{ message: "Context creation failed: invalid token" }] })).toBe(
    "unconfigured http.refused",
  );
  expect(said(failure("RATE_LIMITED"))).toBe("unavailable http.too_many");
  expect(said(failure("INTERNAL_SERVER_ERROR"))).toBe("unavailable tibber.failed");
  expect(said(failure("GRAPHQL_VALIDATION_FAILED"))).toBe("internal tibber.failed");
  expect(said({ data: { viewer: { homes: null } } })).toBe("internal http.unexpected_shape");
  expect(said(good, 400)).toBe("internal http.unexpected_status");
  expect(said(answer(homeWith([], null)))).toBe("unavailable price.none");
});

test("the token goes into the header and into no message", async () => {
  const token = "5K4MVS-secret-token";
  const vendor = await startVendor(() => ({
    body: failure("GRAPHQL_VALIDATION_FAILED", `bad token ${token}`),
  }));
  const thrown = await problemOfAsync(() =>
    createTibber({ token, baseUrl: vendor.baseUrl }).fetch(new AbortController().signal),
  );
  expect(vendor.asked[0]?.headers.authorization).toBe(`Bearer ${token}`);
  expect(vendor.asked[0]?.body).toContain("QUARTER_HOURLY");
  expect(thrown.message).toContain("bad token ***");
});
