import type { Alarm } from "../model/clock.ts";
import type { Core } from "../model/core.ts";
import type { Change, Context } from "../model/state-machine.ts";
import { nextSunCrossing } from "../model/sun-position.ts";
import { findTargets, toList } from "../model/targets.ts";
import { toWireEvent, toWireState } from "../protocol/wire.ts";
import { toArray } from "./condition.ts";
import { minuteOf, periodMs } from "./period.ts";
import { watchTemplate } from "./template-trigger.ts";
import type { TriggerHub } from "./trigger-hub.ts";

type Config = Readonly<Record<string, unknown>>;

/** What a trigger tells when it fires. */
export interface Fired {
  readonly trigger: Readonly<Record<string, unknown>>;
  /** Of the event that fired it; absent for time and sun. */
  readonly context?: Context;
}

export type OnFired = (fired: Fired) => void;

const DAY_MS = 86_400_000;
const WEEKDAYS = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];
const PURPOSE_STATES: Readonly<Record<string, string>> = {
  turned_on: "on",
  turned_off: "off",
  detected: "on",
  cleared: "off",
  opened: "on",
  closed: "off",
  started_playing: "playing",
  locked: "locked",
  unlocked: "unlocked",
};

/** Attaches triggers; the returned function detaches them. */
export function attachTriggers(
  triggers: unknown,
  { core, hub, onFired }: { core: Core; hub: TriggerHub; onFired: OnFired },
): () => void {
  const ends: (() => void)[] = [];
  const flat = toArray(triggers).flatMap((one) => toArray(Object(one).triggers ?? one));
  for (const [index, one] of flat.entries()) {
    const config: Config = Object(one);
    if (config.enabled === false) continue;
    const platform = String(config.trigger ?? config.platform);
    const base = {
      id: String(config.id ?? index),
      idx: String(index),
      alias: config.alias ?? null,
      platform,
    };
    const fire = (facts: Config, context?: Context) =>
      onFired({ trigger: { ...base, ...facts }, ...(context === undefined ? {} : { context }) });
    ends.push(attach({ platform, config, core, hub, fire }));
  }
  return () => {
    for (const end of ends) end();
  };
}

interface Attachment {
  readonly platform: string;
  readonly config: Config;
  readonly core: Core;
  readonly hub: TriggerHub;
  readonly fire: (facts: Config, context?: Context) => void;
}

function attach(attachment: Attachment): () => void {
  const { platform, config, core, hub, fire } = attachment;
  switch (platform) {
    case "state":
      return watchState(attachment, toList(config.entity_id), (change) => fits(config, change));
    case "numeric_state":
      return watchNumber(attachment);
    case "zone": {
      const zone = String(config.zone).replace(/^zone\./u, "");
      const leaves = config.event === "leave";
      return watchState(attachment, toList(config.entity_id), ({ before, after }) => {
        const [was, is] = [before?.state === zone, after?.state === zone];
        return leaves ? was && !is : !was && is;
      });
    }
    case "event": {
      const wanted: Config = Object(config.event_data);
      return hub.onEvent(toArray(config.event_type).map(String), (event) => {
        const matches = Object.entries(wanted).every(([key, value]) => event.data[key] === value);
        const description = `event '${event.eventType}'`;
        if (matches) fire({ event: toWireEvent(event), description }, event.context);
      });
    }
    case "homeassistant":
      return hub.onEvent([`homeassistant_${String(config.event)}ed`], () =>
        fire({ event: config.event, description: "Home Assistant starting" }),
      );
    case "time":
      return atTimes(attachment);
    case "time_pattern":
      return atPattern(attachment);
    case "sun":
      return atSun(attachment);
    case "template":
      return watchTemplate(config, core, fire);
    default: {
      const [domain = "", what = ""] = platform.split(".");
      const wanted = PURPOSE_STATES[what];
      if (wanted === undefined) return () => undefined; // known to nobody here: never fires
      const ids = [...findTargets(Object(config.target), core)].filter(
        (id) =>
          id.startsWith(`${domain}.`) || core.states.get(id)?.attributes.device_class === domain,
      );
      return watchState(attachment, ids, ({ before, after }) => {
        const usable = before !== undefined && !/^un(known|available)$/u.test(before.state);
        return usable && before.state !== wanted && after?.state === wanted;
      });
    }
  }
}

function fits(config: Config, { before, after }: Change): boolean {
  if (before === undefined && after === undefined) return false;
  const attribute = config.attribute;
  const read = (state: Change["before"]) =>
    attribute === undefined ? state?.state : state?.attributes[String(attribute)];
  const [from, to] = [read(before), read(after)];
  const keys = ["to", "from", "not_to", "not_from"].filter((key) => key in config);
  if ((keys.length > 0 || attribute !== undefined) && from === to) return false;
  const among = (key: string, value: unknown) =>
    config[key] === null || toArray(config[key]).some((one) => String(one) === String(value));
  if ("to" in config && !among("to", to)) return false;
  if ("from" in config && !among("from", from)) return false;
  if ("not_to" in config && among("not_to", to)) return false;
  return !("not_from" in config && among("not_from", from));
}

function watchState(
  { config, core, hub, fire, platform }: Attachment,
  entityIds: readonly string[],
  matches: (change: Change) => boolean,
): () => void {
  const forMs = periodMs(config.for ?? Object(config.options).for) ?? 0;
  const pending = new Map<string, Alarm>();
  const end = hub.onStates(entityIds, (change) => {
    const { entityId, before, after, context } = change;
    if (before?.state !== after?.state) pending.get(entityId)?.cancel();
    if (!matches(change)) return;
    const tell = () =>
      fire(
        {
          entity_id: entityId,
          from_state: before === undefined ? null : toWireState(before),
          to_state: after === undefined ? null : toWireState(after),
          for: forMs === 0 ? null : { seconds: forMs / 1000 },
          attribute: config.attribute ?? null,
          description: platform === "zone" ? `${entityId} zone` : `state of ${entityId}`,
        },
        context,
      );
    if (forMs === 0) return tell();
    pending.set(entityId, core.clock.after(forMs, tell));
  });
  return () => {
    end();
    for (const alarm of pending.values()) alarm.cancel();
  };
}

function watchNumber(attachment: Attachment): () => void {
  const { config, core } = attachment;
  const limit = (key: string, fallback: number) => {
    const value = config[key];
    if (value === undefined) return fallback;
    return Number(typeof value === "string" ? (core.states.get(value)?.state ?? value) : value);
  };
  const attribute = config.attribute;
  const isInside = (state: Change["before"]) => {
    const raw = attribute === undefined ? state?.state : state?.attributes[String(attribute)];
    const value = Number(raw ?? Number.NaN);
    if (Number.isNaN(value) || raw === "") return undefined;
    return value > limit("above", -Infinity) && value < limit("below", Infinity);
  };
  const ids = toList(config.entity_id);
  const armed = new Set(ids.filter((id) => isInside(core.states.get(id)) === false));
  return watchState(attachment, ids, ({ entityId, after }) => {
    const inside = isInside(after);
    if (inside === false) armed.add(entityId);
    return inside === true && armed.delete(entityId);
  });
}

function repeat(core: Core, next: () => number, run: () => void): () => void {
  let alarm: Alarm;
  const schedule = () => {
    alarm = core.clock.at(next(), () => {
      schedule();
      run();
    });
  };
  schedule();
  return () => alarm.cancel();
}

function atTimes({ config, core, fire }: Attachment): () => void {
  const { clock, calendar, states } = core;
  const weekdays = toArray(config.weekday);
  const ends = toArray(config.at).flatMap((value) => {
    const named = String(Object(value).entity_id ?? value);
    const minute = minuteOf(named) ?? minuteOf(states.get(named)?.state);
    if (minute === undefined) return [];
    const next = () => {
      const today = calendar.momentOf(clock.now(), minute);
      return today > clock.now() ? today : calendar.momentOf(clock.now() + DAY_MS, minute);
    };
    return [
      repeat(core, next, () => {
        const day = WEEKDAYS[calendar.at(clock.now()).weekday];
        if (weekdays.length > 0 && !weekdays.includes(day)) return;
        fire({ now: calendar.iso(clock.now()), entity_id: null, description: "time" });
      }),
    ];
  });
  return () => {
    for (const end of ends) end();
  };
}

function atPattern({ config, core, fire }: Attachment): () => void {
  const { clock, calendar } = core;
  const matches = (key: string, value: number) => {
    const text = String(config[key]);
    if (text === "*") return true;
    if (text.startsWith("/")) return value % Number(text.slice(1)) === 0;
    return Number(text) === value;
  };
  const stepMs = config.seconds === undefined ? 60_000 : 1000;
  const next = () => (Math.floor(clock.now() / stepMs) + 1) * stepMs;
  return repeat(core, next, () => {
    const { minuteOfDay } = calendar.at(clock.now());
    const second = Math.floor((clock.now() / 1000) % 60);
    const hour = Math.floor(minuteOfDay / 60);
    const minute = Math.floor(minuteOfDay + 1e-6) % 60;
    const fits =
      (config.hours === undefined || matches("hours", hour)) &&
      (config.minutes === undefined
        ? config.hours === undefined || minute === 0
        : matches("minutes", minute)) &&
      (config.seconds === undefined || matches("seconds", second));
    if (fits) fire({ now: calendar.iso(clock.now()), description: "time pattern" });
  });
}

function atSun({ config, core, fire }: Attachment): () => void {
  const offset = periodMs(config.offset) ?? 0;
  const rising = config.event === "sunrise";
  const next = () =>
    nextSunCrossing(core.clock.now() - offset + 1000, { ...core.place, rising }) + offset;
  return repeat(core, next, () =>
    fire({
      event: config.event,
      offset: config.offset ?? null,
      description: `sun ${String(config.event)}`,
    }),
  );
}
