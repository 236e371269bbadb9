import type { Noticed } from "../proposals/proposals.ts";
import type { Say } from "../say.ts";
import type { ProposalKind } from "../settings/settings.ts";
import { awayLeftOn, leftOnNobodyHome } from "./away.ts";
import type { Facts } from "./facts.ts";
import { openAtNight } from "./night.ts";
import { cheapHours, gameStarts } from "./outside.ts";
import {
  batteryBeforeTrip,
  batteryLow,
  laundryDone,
  safetyAlarm,
  suggestionsReady,
} from "./things.ts";
import { freezingNight, rainWindowsOpen } from "./weather.ts";

export { type BatteryCourse, courseOf, daysLeft } from "./battery-course.ts";
export type { BestRun, Facts, Trip } from "./facts.ts";
export { classOf, domainOf, isLeftOn, isOpenDoor, isOpenWindow, nobodySince } from "./house.ts";
export { type LaundryRun, lastRunOf } from "./laundry-run.ts";
export { type UsualReturns, usualReturns, type WhereStep } from "./usual-return.ts";

type Rule = (facts: Facts, say: Say) => readonly Noticed[];

/** What each kind is noticed by. Each is pure. */
const RULES: Readonly<Record<ProposalKind, Rule>> = {
  safety_alarm: safetyAlarm,
  rain_windows_open: rainWindowsOpen,
  open_at_night: openAtNight,
  left_on_nobody_home: leftOnNobodyHome,
  away_left_on: awayLeftOn,
  freezing_night: freezingNight,
  laundry_done: laundryDone,
  game_starts: gameStarts,
  cheap_hours: cheapHours,
  battery_before_trip: batteryBeforeTrip,
  battery_low: batteryLow,
  suggestions_ready: suggestionsReady,
};

/** All that is worth a word now, but for the kinds that the household turned off. The most urgent first. */
export const notice = (facts: Facts, say: Say, off: readonly ProposalKind[] = []): Noticed[] =>
  Object.entries(RULES).flatMap(
    ([kind, rule]) => (off.includes(kind as ProposalKind) ? [] : rule(facts, say)), // they are its keys
  );
