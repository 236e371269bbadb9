import type { StaticTariff } from "../static-tariff/static-tariff.ts";

// What people write into an option of one line, as the providers want it.

/** `calendar.family, calendar.work` */
export const toList = (text: string | undefined): string[] =>
  (text ?? "")
    .split(/[,;\s]+/)
    .map((one) => one.trim())
    .filter(Boolean);

/** What leagues are called in short; any other is written as ESPN's address has it, `soccer/ger.2`. */
const LEAGUES: Readonly<Record<string, string>> = {
  nfl: "football/nfl",
  ncaaf: "football/college-football",
  nba: "basketball/nba",
  wnba: "basketball/wnba",
  ncaab: "basketball/mens-college-basketball",
  mlb: "baseball/mlb",
  nhl: "hockey/nhl",
  mls: "soccer/usa.1",
  epl: "soccer/eng.1",
  bundesliga: "soccer/ger.1",
  laliga: "soccer/esp.1",
  seriea: "soccer/ita.1",
  ligue1: "soccer/fra.1",
  eredivisie: "soccer/ned.1",
  ucl: "soccer/uefa.champions",
};

/** `nfl:KC, mls:SEA` */
export function toFollowed(text: string | undefined): { leagues: string[]; teams: string[] } {
  const leagues = new Set<string>();
  const teams = new Set<string>();
  for (const one of toList(text)) {
    const [league = "", team] = one.split(":");
    leagues.add(LEAGUES[league.toLowerCase()] ?? league);
    if (team) teams.add(team);
  }
  return { leagues: [...leagues], teams: [...teams] };
}

const P1_PORT = 23; // what converters from serial to TCP listen on, unless told otherwise

/** `192.168.1.20`, `192.168.1.20:2000` or a whole address. */
export function toAddress(text: string | undefined): { host: string; port: number; url: string } {
  const given = text?.trim() ?? "";
  const whole = /^https?:\/\//.test(given) ? given : `http://${given}`;
  if (given === "" || !URL.canParse(whole)) return { host: "", port: P1_PORT, url: whole };
  const { hostname, port } = new URL(whole);
  return { host: hostname, port: port === "" ? P1_PORT : Number(port), url: whole };
}

const RATE = /^(\d{1,2})(?::(\d\d))?\s*-\s*(\d{1,2})(?::(\d\d))?\s+(-?\d+(?:\.\d+)?)$/;

/** `0.31, 22-6 0.24`: a price, and others for some hours. `undefined` when it is none. */
export function toTariff(text: string | undefined): StaticTariff | undefined {
  const [usual, ...others] = (text ?? "").split(",").map((part) => part.trim());
  const price = usual === undefined || usual === "" ? Number.NaN : Number(usual);
  const rates = others.map(toRate);
  if (!Number.isFinite(price) || rates.includes(undefined)) return undefined;
  return { price, rates: rates.filter((rate) => rate !== undefined) };
}

function toRate(text: string): StaticTariff["rates"][number] | undefined {
  const [, from, fromMinute = "00", to, toMinute = "00", price] = RATE.exec(text) ?? [];
  if (from === undefined || to === undefined) return undefined;
  const clock = (hour: string, minute: string) => `${hour.padStart(2, "0")}:${minute}`;
  return {
    ...{ from: clock(from, fromMinute), to: clock(to, toMinute), price: Number(price) },
  };
}
