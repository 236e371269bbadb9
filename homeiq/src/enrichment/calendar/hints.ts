import type { CalendarEvent, Slot } from "#enrichment/provider.ts";
import { type Meaning, type OccupancyRule, simplify } from "./rules.ts";

/** What an event says about the home, and how sure that is. */
export interface OccupancyHint extends Slot {
  readonly meaning: Meaning;
  /** 0 to 1. */
  readonly confidence: number;
  readonly event: CalendarEvent;
  /** The word that it was found by. */
  readonly keyword: string;
}

const WHOLE = 0.9; // the event is called just that
const SHORT = 0.75; // "Urlaub in Tirol"
const LONG = 0.55; // a word among many may mean something else
const SHORT_WORDS = 4;
const BY_CALENDAR = 0.85; // a calendar with such a name holds nothing else
/** Right before a word they turn it around, and an event that begins so does not take place. */
const NOT = /(^| )(no|not|kein|keine|nicht|geen|pas de|sin|senza|ingen|after|nach|before|vor) $/;
const CALLED_OFF =
  /^ (canceled|cancelled|abgesagt|geannuleerd|annule|cancelado|annullato|installt|aflyst) /;

/** One hint an event at most: that of the longest word, so that "home office" is not the office. */
export function findHints(
  events: readonly CalendarEvent[],
  rules: readonly OccupancyRule[],
  nameOf: (calendar: string) => string = (calendar) => calendar,
): readonly OccupancyHint[] {
  const words = rules
    .flatMap(({ meaning, keywords }) =>
      keywords.map((keyword) => ({ meaning, keyword, simple: simplify(keyword) })),
    )
    .filter(({ simple }) => simple.trim() !== "")
    .sort((one, other) => other.simple.length - one.simple.length);

  return events.flatMap((event): OccupancyHint[] => {
    const summary = simplify(event.summary);
    if (CALLED_OFF.test(summary) || event.end <= event.start) return [];
    const inSummary = words.find(({ simple }) => summary.includes(simple));
    const calendar = simplify(nameOf(event.calendar).replace(/^calendar\./, ""));
    const found = inSummary ?? words.find(({ simple }) => calendar.includes(simple));
    if (!found) return [];
    const { meaning, keyword, simple } = found;
    if (inSummary && NOT.test(summary.slice(0, summary.indexOf(simple) + 1))) return [];
    const confidence = inSummary ? confidenceOf(summary, simple) : BY_CALENDAR;
    return [{ meaning, keyword, confidence, event, start: event.start, end: event.end }];
  });
}

function confidenceOf(summary: string, simple: string): number {
  if (summary === simple) return WHOLE;
  return summary.trim().split(" ").length <= SHORT_WORDS ? SHORT : LONG;
}
