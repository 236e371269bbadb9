import {
  ALARM_AWAY,
  ALARM_NIGHT,
  BELL,
  DOOR,
  GARAGE_COVER,
  GARAGE_DOOR,
  LOCK,
  MAIL,
  MOTION_INDOORS,
  OPENING,
  PERSON,
  RAINS,
  WAY_IN,
} from "../kinds/kinds.ts";
import {
  alarm,
  at,
  becomes,
  call,
  everybodyLeaves,
  hasBeen,
  is,
  NOBODY_HOME,
  namesOfOn,
  rainBegins,
  rings,
  someIs,
  tell,
  turns,
  WHICH,
} from "../parts/parts.ts";
import { all, everybody, minutes, one, people, text, time } from "../slot.ts";
import { define } from "../template.ts";

const MINUTE_MS = 60_000;
const OPEN_NOW = "open_now";

/** Says which of these are open. */
const tellWhichAreOpen = (
  opened: readonly string[],
  ...[recipients, message]: Parameters<typeof tell>
) => [
  { kind: "variables" as const, variables: { [OPEN_NOW]: namesOfOn(opened) } },
  ...tell(recipients, message),
];

/** The house shut, and who comes to it. */
export const SECURITY = [
  define({
    id: "garage_left_open",
    category: "security",
    saves: ["safety"],
    per: "entity",
    slots: {
      garage: one(GARAGE_DOOR),
      wait: minutes("open_for", { usual: 15, min: 1, max: 59 }),
      notify: people,
      message: text(),
    },
    build: ({ garage, wait, notify, message }) => ({
      triggers: [becomes(garage, garage.startsWith("cover.") ? "open" : "on", { for: wait })],
      actions: tell(notify, message),
    }),
  }),
  define({
    id: "garage_shut_at_night",
    category: "security",
    saves: ["safety"],
    per: "home",
    slots: { garages: all(GARAGE_COVER), night: time("night", "22:30") },
    build: ({ garages, night }) => ({
      triggers: [at(night)],
      conditions: [someIs(garages, "open")],
      actions: [call("cover.close_cover", garages)],
    }),
  }),
  define({
    id: "door_left_open",
    category: "security",
    saves: ["safety", "energy"],
    per: "home",
    slots: {
      doors: all(DOOR),
      wait: minutes("open_for", { usual: 10, min: 1, max: 59 }),
      notify: people,
      message: text({ which: WHICH }),
    },
    build: ({ doors, wait, notify, message }) => ({
      triggers: [becomes(doors, "on", { for: wait })],
      actions: tell(notify, message),
      mode: "queued",
    }),
  }),
  define({
    id: "windows_open_when_leaving",
    category: "security",
    saves: ["safety", "energy"],
    per: "home",
    slots: {
      windows: all(WAY_IN),
      people: all(PERSON),
      notify: people,
      message: text({ open: `{{ ${OPEN_NOW} }}` }),
    },
    build: ({ windows, notify, message }) => ({
      triggers: [everybodyLeaves({ for: 2 * MINUTE_MS })],
      conditions: [someIs(windows, "on")],
      actions: tellWhichAreOpen(windows, notify, message),
    }),
  }),
  define({
    id: "windows_open_in_the_rain",
    category: "security",
    saves: ["safety", "time"],
    per: "home",
    slots: {
      windows: all(OPENING),
      rain: one(RAINS),
      notify: people,
      message: text({ open: `{{ ${OPEN_NOW} }}` }),
    },
    build: ({ windows, rain, notify, message }) => ({
      triggers: [rainBegins(rain)],
      conditions: [someIs(windows, "on")],
      actions: tellWhichAreOpen(windows, notify, message),
    }),
  }),
  define({
    id: "windows_open_at_night",
    category: "security",
    saves: ["safety"],
    per: "home",
    slots: {
      doors: all(WAY_IN),
      night: time("night", "22:45"),
      notify: people,
      message: text({ open: `{{ ${OPEN_NOW} }}` }),
    },
    build: ({ doors, night, notify, message }) => ({
      triggers: [at(night)],
      conditions: [someIs(doors, "on")],
      actions: tellWhichAreOpen(doors, notify, message),
    }),
  }),
  define({
    id: "lock_at_night",
    category: "security",
    saves: ["safety", "time"],
    per: "home",
    slots: { locks: all(LOCK), night: time("night", "22:30") },
    build: ({ locks, night }) => ({
      triggers: [at(night)],
      conditions: [someIs(locks, "unlocked")],
      actions: [call("lock.lock", locks)],
    }),
  }),
  define({
    id: "lock_when_leaving",
    category: "security",
    saves: ["safety", "time"],
    per: "home",
    slots: { locks: all(LOCK), people: all(PERSON) },
    build: ({ locks }) => ({
      triggers: [everybodyLeaves({ for: 2 * MINUTE_MS })],
      conditions: [someIs(locks, "unlocked")],
      actions: [call("lock.lock", locks)],
    }),
  }),
  define({
    id: "lock_after_closing",
    category: "security",
    saves: ["safety", "time"],
    per: "area",
    slots: {
      lock: one(LOCK),
      door: one(DOOR, { sameAreaAs: "lock" }),
      wait: minutes("closed_for", { usual: 5, min: 1, max: 59 }),
    },
    build: ({ lock, door, wait }) => ({
      triggers: [becomes(door, "off", { for: wait })],
      conditions: [is(lock, "unlocked")],
      actions: [call("lock.lock", lock)],
    }),
  }),
  define({
    id: "lock_is_jammed",
    category: "security",
    saves: ["safety"],
    per: "home",
    slots: { locks: all(LOCK), notify: everybody, message: text({ which: WHICH }) },
    build: ({ locks, notify, message }) => ({
      triggers: [becomes(locks, "jammed")],
      actions: alarm(notify, message),
    }),
  }),
  define({
    id: "arm_when_leaving",
    category: "security",
    saves: ["safety", "time"],
    per: "entity",
    slots: { alarm: one(ALARM_AWAY), people: all(PERSON) },
    // It never disarms: that somebody's phone is at home does not say who carries it.
    build: ({ alarm: panel }) => ({
      triggers: [everybodyLeaves({ for: 5 * MINUTE_MS })],
      conditions: [is(panel, "disarmed")],
      actions: [call("alarm_control_panel.alarm_arm_away", panel)],
    }),
  }),
  define({
    id: "arm_at_night",
    category: "security",
    saves: ["safety", "time"],
    per: "entity",
    slots: { alarm: one(ALARM_NIGHT), night: time("night", "23:30") },
    build: ({ alarm: panel, night }) => ({
      triggers: [at(night)],
      conditions: [is(panel, "disarmed")],
      actions: [call("alarm_control_panel.alarm_arm_night", panel)],
    }),
  }),
  define({
    id: "door_opens_while_away",
    category: "security",
    saves: ["safety"],
    per: "home",
    slots: {
      doors: all(WAY_IN),
      people: all(PERSON),
      notify: everybody,
      message: text({ which: WHICH }),
    },
    build: ({ doors, notify, message }) => ({
      triggers: [turns(doors, "on")],
      conditions: [NOBODY_HOME],
      actions: alarm(notify, message),
      mode: "queued",
    }),
  }),
  define({
    id: "motion_while_away",
    category: "security",
    saves: ["safety"],
    per: "home",
    slots: {
      motion: all(MOTION_INDOORS),
      people: all(PERSON),
      notify: everybody,
      message: text({ which: WHICH }),
    },
    // The last to leave still moves while the phone is counted as gone.
    build: ({ motion, notify, message }) => ({
      triggers: [turns(motion, "on")],
      conditions: [hasBeen("zone.home", "0", 10 * MINUTE_MS)],
      actions: alarm(notify, message),
    }),
  }),
  define({
    id: "doorbell_rings",
    category: "security",
    saves: ["comfort", "time"],
    per: "device",
    slots: { bell: one(BELL), notify: people, message: text() },
    build: ({ bell, notify, message }) => ({
      triggers: [rings(bell)],
      actions: tell(notify, message),
    }),
  }),
  define({
    id: "mail_has_come",
    category: "security",
    saves: ["time"],
    per: "entity",
    slots: { mail: one(MAIL), notify: people, message: text() },
    build: ({ mail, notify, message }) => ({
      triggers: [turns(mail, "on")],
      actions: tell(notify, message),
    }),
  }),
];
