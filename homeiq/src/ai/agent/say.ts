import { createTexts, type TextKey } from "#ai/texts/texts.ts";

type Values = Readonly<Record<string, string | number>>;

/** Of `ai/texts`, what the agent says with. */
export interface AgentTexts {
  say(key: TextKey, values?: Values): string;
  percent(share: number): string;
  list(texts: readonly string[]): string;
}

/** Says times, amounts and names as this house has them. */
export interface Say extends AgentTexts {
  /** `20:15`; of another day with the day before it. */
  time(at: number, now: number): string;
  day(at: number): string;
  temperature(celsius: number): string;
  price(value: number, currency: string): string;
  /** At most six; of more it says how many. */
  names(entityIds: readonly string[]): string;
}

const MOST_NAMED = 6; // a message is read at a glance

export function createSay(
  texts: AgentTexts,
  house: {
    readonly language: string;
    readonly timeZone: string;
    /** `°F` where the house has that. */
    readonly temperatureUnit: string;
    readonly nameOf: (entityId: string) => string;
  },
): Say {
  const { timeZone } = house;
  const locale = localeOf(house.language);
  const clock = new Intl.DateTimeFormat(locale, {
    ...{ hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
    timeZone,
  });
  const weekday = new Intl.DateTimeFormat(locale, { weekday: "long", timeZone });
  const date = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeZone });
  const degrees = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });

  return {
    ...texts,
    time: (at, now) =>
      date.format(at) === date.format(now)
        ? clock.format(at)
        : `${weekday.format(at)} ${clock.format(at)}`,
    day: (at) => date.format(at),
    temperature: (celsius) =>
      house.temperatureUnit === "°F"
        ? `${degrees.format(celsius * 1.8 + 32)} °F`
        : `${degrees.format(celsius)} °C`,
    price: (value, currency) =>
      new Intl.NumberFormat(locale, { style: "currency", currency }).format(value),
    names(entityIds) {
      const names = entityIds.map(house.nameOf);
      if (names.length <= MOST_NAMED) return texts.list(names);
      const rest = texts.say("agent.more", { n: names.length - MOST_NAMED + 1 });
      return texts.list([...names.slice(0, MOST_NAMED - 1), rest]);
    },
  };
}

/** As the house has it now; made anew only when it changes, because formats take a while to make. */
export function createSayHere(deps: {
  readonly house: () => {
    readonly language: string;
    readonly timeZone: string;
    readonly temperatureUnit: string;
  };
  readonly nameOf: (entityId: string) => string;
}): () => Say {
  let known: { readonly key: string; readonly say: Say } | undefined;
  return () => {
    const { language, timeZone, temperatureUnit } = deps.house();
    const key = [language, timeZone, temperatureUnit].join(" ");
    if (known?.key === key) return known.say;
    const house = { language, timeZone, temperatureUnit, nameOf: deps.nameOf };
    known = { key, say: createSay(createTexts({ language, timeZone }), house) };
    return known.say;
  };
}

function localeOf(language: string): string {
  try {
    return Intl.getCanonicalLocales(language)[0] ?? "en";
  } catch {
    return "en"; // Home Assistant's may be none
  }
}
