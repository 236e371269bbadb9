import {
  BATTERY,
  LOW_BATTERY,
  SOIL,
  SPRINKLER,
  UPDATE,
  WASTE_CALENDAR,
  WEATHER,
} from "../kinds/kinds.ts";
import {
  at,
  below,
  by,
  choose,
  closeWater,
  is,
  not,
  openWater,
  RAINING,
  tell,
  turns,
  WHICH,
} from "../parts/parts.ts";
import { all, minutes, number, one, people, text, time } from "../slot.ts";
import { define } from "../template.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Plants, batteries, bins and updates. */
export const UPKEEP = [
  define({
    id: "battery_is_low",
    category: "upkeep",
    saves: ["time", "safety"],
    per: "home",
    slots: {
      batteries: all(BATTERY),
      lower: number({ label: "lower", unit: "%", default: 15, min: 1, max: 50 }),
      notify: people,
      message: text({ which: WHICH }),
    },
    build: ({ batteries, lower, notify, message }) => ({
      triggers: [below(batteries, lower)],
      actions: tell(notify, message),
      mode: "queued",
    }),
  }),
  define({
    id: "battery_says_low",
    category: "upkeep",
    saves: ["time", "safety"],
    per: "home",
    slots: { batteries: all(LOW_BATTERY), notify: people, message: text({ which: WHICH }) },
    build: ({ batteries, notify, message }) => ({
      triggers: [turns(batteries, "on")],
      actions: tell(notify, message),
      mode: "queued",
    }),
  }),
  define({
    id: "update_is_ready",
    category: "upkeep",
    saves: ["safety"],
    per: "home",
    slots: { updates: all(UPDATE), notify: people, message: text({ which: WHICH }) },
    build: ({ updates, notify, message }) => ({
      triggers: [turns(updates, "on")],
      actions: tell(notify, message),
      mode: "queued",
    }),
  }),
  define({
    id: "bins_out",
    category: "upkeep",
    saves: ["time"],
    per: "entity",
    slots: {
      calendar: one(WASTE_CALENDAR),
      evening: time("evening", "19:00"),
      notify: people,
      message: text({ what: "{{ trigger.calendar_event.summary }}" }),
    },
    // A day of collection begins at midnight: the evening before is so long before it.
    build: ({ calendar, evening, notify, message }) => ({
      triggers: [
        {
          kind: "calendar",
          entityId: calendar,
          event: "start",
          offset: { ms: evening - DAY_MS },
        },
      ],
      actions: tell(notify, message),
      mode: "queued",
    }),
  }),
  define({
    id: "plant_is_dry",
    category: "garden",
    saves: ["time"],
    per: "home",
    slots: {
      plants: all(SOIL),
      drier: number({ label: "drier_soil", unit: "%", default: 20, min: 1, max: 80 }),
      notify: people,
      message: text({ which: WHICH }),
    },
    build: ({ plants, drier, notify, message }) => ({
      triggers: [below(plants, drier, { for: HOUR_MS / 2 })],
      actions: tell(notify, message),
      mode: "queued",
    }),
  }),
  define({
    id: "water_the_garden",
    category: "garden",
    saves: ["time"],
    per: "entity",
    slots: {
      sprinkler: one(SPRINKLER),
      weather: one(WEATHER),
      morning: time("morning", "05:30"),
      length: minutes("water_for", { usual: 15, min: 1, max: 120 }),
    },
    // The end is a time of its own: after a restart in between the water still stops.
    build: ({ sprinkler, weather, morning, length }) => ({
      triggers: [at(morning, "begin"), at((morning + length) % DAY_MS, "end")],
      actions: [
        choose(
          { conditions: [by("end")], sequence: closeWater([sprinkler]) },
          {
            conditions: [by("begin"), not(is(weather, RAINING))],
            sequence: [openWater(sprinkler)],
          },
        ),
      ],
    }),
  }),
];
