import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from "#foundation/time.ts";
import {
  type ClockTime,
  type SunTrigger,
  type TimePatternTrigger,
  type TimeTrigger,
  WEEKDAYS,
} from "#home/automation/automation.ts";
import { clockOf, momentIn } from "../conditions/conditions.ts";
import { type ClockPattern, isFailure, toPeriodMs } from "../stage/stage.ts";
import { type Attaching, type Detach, nothingToDetach, repeating, together } from "./attaching.ts";

export function attachTime(trigger: TimeTrigger, attaching: Attaching): Detach {
  return together(trigger.at.map((at) => attachClock(trigger, at, attaching)));
}

function attachClock(trigger: TimeTrigger, at: ClockTime, attaching: Attaching): Detach {
  const { stage, variables } = attaching;
  if ("ms" in at) return eachDay(trigger, attaching, { msOfDay: at.ms });
  if ("entityId" in at) {
    const offset = at.offset ? stage.texts.period(at.offset, variables) : 0;
    return isFailure(offset)
      ? nothingToDetach
      : followEntity(trigger, attaching, { entityId: at.entityId, offset });
  }
  const rendered = stage.texts.render(at.template, variables);
  if (typeof rendered === "string" && rendered.includes(".")) {
    return followEntity(trigger, attaching, { entityId: rendered, offset: 0 });
  }
  const ms = toPeriodMs(rendered);
  return isFailure(ms) ? nothingToDetach : eachDay(trigger, attaching, { msOfDay: ms });
}

interface Daily {
  readonly msOfDay: number;
  readonly entityId?: string;
}

function eachDay(trigger: TimeTrigger, attaching: Attaching, { msOfDay, entityId }: Daily): Detach {
  return repeating(
    attaching.stage,
    (after) => attaching.stage.days.nextAt(after, msOfDay),
    () => fireTime(trigger, attaching, entityId),
  );
}

function fireTime(trigger: TimeTrigger, { stage, fire }: Attaching, entityId?: string): void {
  const { weekdays } = trigger;
  const today = WEEKDAYS[stage.days.wallTime(stage.world.now).weekday];
  if (weekdays && today && !weekdays.includes(today)) return;
  const now = new Date(stage.world.now).toISOString();
  fire({
    platform: "time",
    description: entityId === undefined ? "time" : `time set in ${entityId}`,
    ...(entityId === undefined ? {} : { entityId }),
    values: () => ({ now, entity_id: entityId ?? null }),
  });
}

/** A time that an entity holds: a clock time each day, or one moment. */
function followEntity(
  trigger: TimeTrigger,
  attaching: Attaching,
  { entityId, offset }: { readonly entityId: string; readonly offset: number },
): Detach {
  const { stage } = attaching;
  let cancel: Detach = nothingToDetach;
  function update(): void {
    cancel();
    cancel = nothingToDetach;
    const state = stage.world.state(entityId);
    if (!state) return;
    const moment = momentIn(state, stage.days);
    if (moment !== undefined) {
      const at = moment + offset;
      if (at < stage.world.now) return;
      cancel = stage.timers.set(at, () => fireTime(trigger, attaching, entityId));
      return;
    }
    const clock = clockOf(state, stage.days);
    if (clock === undefined) return;
    const msOfDay = (((clock + offset) % DAY_MS) + DAY_MS) % DAY_MS;
    cancel = eachDay(trigger, attaching, { msOfDay, entityId });
  }
  update();
  const detach = stage.world.listen(entityId, update);
  return () => {
    detach();
    cancel();
  };
}

export function attachTimePattern(trigger: TimePatternTrigger, attaching: Attaching): Detach {
  const { stage, fire } = attaching;
  const pattern = toPattern(trigger);
  return repeating(
    attaching.stage,
    (after) => stage.days.nextFitting(after, pattern),
    () => {
      const now = new Date(stage.world.now).toISOString();
      fire({ platform: "time_pattern", description: "time pattern", values: () => ({ now }) });
    },
  );
}

/** Smaller units that are not said are 0, larger ones are any. */
export function toPattern({ hours, minutes, seconds }: TimePatternTrigger): ClockPattern {
  return {
    hour: toFit(hours),
    minutes: fitting(minutes ?? (hours === undefined ? undefined : "0")),
    seconds: fitting(seconds ?? "0"),
  };
}

const SIXTY = Array.from({ length: 60 }, (_, n) => n);

const fitting = (text: string | undefined) => SIXTY.filter(toFit(text));

function toFit(text: string | undefined): (value: number) => boolean {
  if (text === undefined || text === "*") return () => true;
  if (text.startsWith("/")) {
    const every = Number(text.slice(1));
    return (value) => value % every === 0;
  }
  const wanted = Number(text);
  return (value) => value === wanted;
}

export function attachSun(trigger: SunTrigger, attaching: Attaching): Detach {
  const { stage, fire, variables } = attaching;
  const offset = trigger.offset ? stage.texts.period(trigger.offset, variables) : 0;
  if (isFailure(offset)) return nothingToDetach;
  const next = (after: number) => stage.sun?.next(after, trigger.event, { offsetMs: offset });
  return repeating(stage, next, () =>
    fire({
      platform: "sun",
      description: `sun event ${trigger.event}`,
      values: () => ({ event: trigger.event, offset: offset / SECOND_MS }),
    }),
  );
}

/** "07:30" or "07:30:15". */
export function clockText(ms: number): string {
  const two = (value: number) => String(value).padStart(2, "0");
  const seconds = Math.floor((ms % MINUTE_MS) / SECOND_MS);
  const text = `${two(Math.floor(ms / HOUR_MS))}:${two(Math.floor((ms % HOUR_MS) / MINUTE_MS))}`;
  return seconds === 0 ? text : `${text}:${two(seconds)}`;
}
