import type { Kind } from "../kind.ts";
import {
  COFFEE_MACHINE,
  DISHWASHER_POWER,
  DRYER_POWER,
  MACHINE_DOOR,
  MOWER,
  PERSON,
  PROGRAM,
  RAINS,
  VACUUM,
  WASHER_POWER,
} from "../kinds/kinds.ts";
import {
  above,
  becomes,
  below,
  call,
  everybodyLeaves,
  is,
  onDays,
  rainBegins,
  tell,
  turnOff,
  turns,
  WORKDAYS,
  waitFor,
} from "../parts/parts.ts";
import { all, minutes, number, one, option, people, text } from "../slot.ts";
import { define } from "../template.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const LONGEST_PROGRAM_MS = 6 * HOUR_MS;

interface Machine {
  readonly id: string;
  readonly of: Kind;
  /** Watts that it takes only while it runs. */
  readonly running: number;
  /** For how long it may rest within a program. Minutes. */
  readonly rest: number;
}

/** Done when its power has been low for longer than it ever rests within a program. */
const doneByPower = ({ id, of, running, rest }: Machine) =>
  define({
    id,
    category: "appliances",
    saves: ["time"],
    per: "entity",
    slots: {
      power: one(of),
      running: number({
        ...{ label: "running", unit: "W", default: running, min: 10, max: 3000 },
        in: "power",
      }),
      done: number({ label: "done", unit: "W", default: 5, min: 1, max: 50, in: "power" }),
      rest: minutes("rest", { usual: rest, min: 1, max: 30 }),
      notify: people,
      message: text(),
    },
    build: ({ power, running: runs, done, rest: ms, notify, message }) => ({
      triggers: [above(power, runs, { for: MINUTE_MS })],
      actions: [
        {
          ...waitFor(below(power, done, { for: ms }), LONGEST_PROGRAM_MS),
          continueOnTimeout: false,
        },
        ...tell(notify, message),
      ],
      maxExceeded: "silent",
    }),
  });

const PROGRAM_DONE = option({
  label: "done_state",
  of: "program",
  attribute: "options",
  prefer: [
    ...["finished", "finish", "completed", "complete", "done", "program_ended", "ended", "end"],
    ...["program_finished", "ready_to_unload"],
  ],
});

/** Machines that are done, forgotten or stuck. */
export const APPLIANCES = [
  define({
    id: "program_done",
    category: "appliances",
    saves: ["time"],
    per: "device",
    slots: { program: one(PROGRAM), done: PROGRAM_DONE, notify: people, message: text() },
    build: ({ program, done, notify, message }) => ({
      triggers: [turns(program, done)],
      actions: tell(notify, message),
    }),
  }),
  doneByPower({ id: "laundry_done", of: WASHER_POWER, running: 20, rest: 4 }),
  doneByPower({ id: "dryer_done", of: DRYER_POWER, running: 60, rest: 5 }),
  doneByPower({ id: "dishwasher_done", of: DISHWASHER_POWER, running: 30, rest: 20 }),
  define({
    id: "laundry_left_in",
    category: "appliances",
    saves: ["time"],
    per: "device",
    slots: {
      program: one(PROGRAM),
      door: one(MACHINE_DOOR, { sameDeviceAs: "program" }),
      done: PROGRAM_DONE,
      wait: minutes("left_for", { usual: 45, min: 10, max: 240 }),
      notify: people,
      message: text(),
    },
    build: ({ program, door, done, wait, notify, message }) => ({
      triggers: [turns(program, done)],
      actions: [
        waitFor(becomes(door, "on"), wait),
        {
          kind: "condition",
          condition: { kind: "template", valueTemplate: "{{ not wait.trigger }}" },
        },
        ...tell(notify, message),
      ],
      mode: "restart",
    }),
  }),
  define({
    id: "coffee_machine_off",
    category: "appliances",
    saves: ["energy", "safety"],
    per: "entity",
    slots: { coffee: one(COFFEE_MACHINE), most: minutes("most", { usual: 55, min: 10, max: 240 }) },
    build: ({ coffee, most }) => ({
      triggers: [becomes(coffee, "on", { for: most })],
      actions: turnOff([coffee]),
    }),
  }),
  define({
    id: "vacuum_when_away",
    category: "appliances",
    saves: ["time"],
    per: "entity",
    slots: { vacuum: one(VACUUM), people: all(PERSON) },
    build: ({ vacuum }) => ({
      triggers: [everybodyLeaves({ for: 10 * MINUTE_MS })],
      conditions: [onDays(WORKDAYS), is(vacuum, "docked")],
      actions: [call("vacuum.start", vacuum)],
    }),
  }),
  define({
    id: "vacuum_is_stuck",
    category: "appliances",
    saves: ["time"],
    per: "entity",
    slots: { vacuum: one(VACUUM), notify: people, message: text() },
    build: ({ vacuum, notify, message }) => ({
      triggers: [becomes(vacuum, "error", { for: MINUTE_MS })],
      actions: tell(notify, message),
    }),
  }),
  define({
    id: "mower_home_in_the_rain",
    category: "garden",
    saves: ["time"],
    per: "entity",
    slots: { mower: one(MOWER), rain: one(RAINS) },
    build: ({ mower, rain }) => ({
      triggers: [rainBegins(rain)],
      conditions: [is(mower, "mowing")],
      actions: [call("lawn_mower.dock", mower)],
    }),
  }),
];
