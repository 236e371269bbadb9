import type { Pattern } from "#analysis/patterns/patterns.ts";
import type { Names, Words } from "./words.ts";

type Context = Extract<Pattern, { kind: "contextual" }>["context"];
type Sun = Extract<Context, { of: "sun" }>;
type Weather = Extract<Context, { of: "weather" }>;
type Presence = Extract<Context, { of: "presence" }>;
type Factor = Extract<Pattern, { kind: "multi_factor" }>["factors"][number];

const AT_ONCE = 3; // minutes; nearer than this nobody would say "before" or "after"

/** `20 minutes before sunset`, `when it is colder than 5 outside`, `when the last one leaves` */
export function sayWhen(words: Words, names: Names, context: Context): string {
  switch (context.of) {
    case "sun":
      return saySun(words, context);
    case "weather":
      return sayWeather(words, names, context);
    case "presence":
      return sayPresence(words, names, context);
  }
}

function saySun(words: Words, { event, offsetMinutes }: Sun): string {
  const said = words.say(`sun.${event}`);
  if (Math.abs(offsetMinutes) < AT_ONCE) return words.say("sun.at", { event: said });
  const minutes = words.duration(Math.abs(offsetMinutes));
  return words.say(offsetMinutes < 0 ? "sun.before" : "sun.after", { minutes, event: said });
}

function sayWeather(words: Words, names: Names, { signalId, when }: Weather): string {
  if ("is" in when) {
    return words.say("weather.is", { weather: when.is.replaceAll(/[-_]/g, " ") });
  }
  const [side, value] = "above" in when ? ["above", when.above] : ["below", when.below];
  const shown = { name: names.entity(signalId), value: Math.round((value as number) * 10) / 10 };
  if (/price/.test(signalId)) return words.sayFirst([`price.${side}`], shown);
  if (/temperature|^weather\./.test(signalId)) return words.sayFirst([`weather.${side}`], shown);
  return words.sayFirst([`value.${side}`], shown);
}

function sayPresence(words: Words, names: Names, { event, signalId }: Presence): string {
  const who = signalId === undefined ? undefined : names.person(signalId);
  const key = `presence.${event}`;
  return who === undefined ? words.sayFirst([key]) : words.sayFirst([`${key}.who`, key], { who });
}

export const sayFactor = (words: Words, { of, is }: Factor): string =>
  words.sayFirst([`factor.${of}.${is}`, `factor.${of}`], { is: is.replaceAll(/[-_]/g, " ") });
