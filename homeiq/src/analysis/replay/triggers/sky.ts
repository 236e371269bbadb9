import type { PurposeTrigger } from "#home/automation/automation.ts";
import { nextOfSky, offsetOf } from "../purposes/purposes.ts";
import { isFailure, moonOf, type Stage } from "../stage/stage.ts";
import { type Attaching, type Detach, nothingToDetach, repeating } from "./attaching.ts";

/** Moments of the sun, and before or after them. */
export function attachSky(trigger: PurposeTrigger, attaching: Attaching): Detach {
  const { stage, fire } = attaching;
  const { key, options } = trigger;
  const offsetMs = offsetOf(options);
  if (isFailure(offsetMs)) return nothingToDetach;
  const next = nextOfSky(key, { offsetMs, options, stage });
  if (!next) return nothingToDetach;
  return repeating(stage, next, () =>
    fire({
      platform: key,
      description: `sun event ${EVENTS[key] ?? key.slice("sun.".length)}`,
      values: () => ({ ...present("type", options.type), ...present("period", options.period) }),
    }),
  );
}

/** What Home Assistant's own library calls them. */
const EVENTS: Readonly<Record<string, string>> = {
  "sun.solar_noon": "noon",
  "sun.solar_midnight": "midnight",
};

const present = (name: string, value: unknown) => (value === undefined ? {} : { [name]: value });

/** The moon's phase is that of a day, so that it changes at midnight. */
export function attachMoon(trigger: PurposeTrigger, { stage, fire }: Attaching): Detach {
  const wanted = trigger.options.phase ?? "any";
  let last = phaseNow(stage);
  return repeating(
    stage,
    (after) => stage.days.nextAt(after, 0),
    () => {
      const [previous, phase] = [last, phaseNow(stage)];
      last = phase;
      if (phase === previous || (wanted !== "any" && wanted !== phase)) return;
      fire({
        platform: trigger.key,
        description: "moon phase changed",
        values: () => ({ phase, previous_phase: previous }),
      });
    },
  );
}

const phaseNow = ({ days, world }: Stage): string => moonOf(days.wallTime(world.now).day).phase;
