import type { Kind, Want } from "../kind.ts";
import {
  WATER_HEATER as BOILER_WORDS,
  CAR,
  COFFEE,
  DECORATION,
  DISHWASHER,
  HOT,
  KEEP_ON,
  WASHER,
} from "./words.ts";

/** Things behind a plug or a relay, known by what they are called. */

const plug = (label: string, words: RegExp, more: Partial<Want> = {}): Kind => ({
  label,
  wants: [{ domain: "switch", words, ...more }],
});

export const COFFEE_MACHINE = plug("coffee", COFFEE);
/** A boiler gets hot as well, and is meant to stay on. */
export const HOT_PLUG = plug("hot_plug", HOT, { not: BOILER_WORDS });
export const DECORATION_PLUG: Kind = {
  label: "decoration",
  wants: [
    { domain: "switch", words: DECORATION },
    { domain: "light", words: DECORATION },
  ],
};
export const WALLBOX = plug("wallbox", CAR, { not: /phone|tablet|scooter|bike/ });
export const BOILER = plug("boiler", BOILER_WORDS);
/** What nobody should switch on from afar, or off to save something. */
const NOT_ANY = new RegExp(`${KEEP_ON.source}|${HOT.source}`);

/** What can wait for a better hour. */
export const PATIENT_PLUG: Kind = {
  label: "patient_plug",
  wants: [
    {
      domain: "switch",
      words: new RegExp(`${DISHWASHER.source}|${WASHER.source}|${BOILER_WORDS.source}`),
    },
    { domain: "switch", classes: ["outlet"], not: NOT_ANY },
  ],
};
/** What may be switched off at night. */
export const PLUG: Kind = {
  label: "plug",
  wants: [{ domain: "switch", classes: ["outlet"], not: NOT_ANY }],
};
