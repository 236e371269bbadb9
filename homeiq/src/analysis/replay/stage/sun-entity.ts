import { MINUTE_MS } from "#foundation/time.ts";
import { ELEVATIONS, type SolarEvent, type Sun } from "./sun.ts";
import type { Timers } from "./timers.ts";
import type { Transition, World } from "./world.ts";

const ENTITY = "sun.sun";
const RECORDED_MS = 25 * MINUTE_MS; // at night it is told every twenty minutes
const HIGH = 10; // degrees from which on it changes little in a minute

type Phase = "night" | "astronomical" | "nautical" | "twilight" | "small day" | "day";

/** How often it is told in each phase: a degree takes the sun four minutes. */
const EVERY_MS: Readonly<Record<Phase, number>> = {
  night: 20 * MINUTE_MS,
  astronomical: 8 * MINUTE_MS,
  nautical: 4 * MINUTE_MS,
  twilight: 2 * MINUTE_MS,
  "small day": 2 * MINUTE_MS,
  day: 4 * MINUTE_MS,
};

const { astronomical, nautical, civil, horizon } = ELEVATIONS;

/** The sun's day: what comes next, and which phase is before it. */
const CYCLE: readonly {
  readonly event: SolarEvent;
  readonly elevation?: number;
  readonly before?: Phase;
}[] = [
  { event: "dawn", elevation: astronomical, before: "night" },
  { event: "dawn", elevation: nautical, before: "astronomical" },
  { event: "dawn", elevation: civil, before: "nautical" },
  { event: "sunrise", before: "twilight" },
  { event: "dawn", elevation: HIGH, before: "small day" },
  { event: "noon" },
  { event: "dusk", elevation: HIGH, before: "day" },
  { event: "sunset", before: "small day" },
  { event: "dusk", elevation: civil, before: "twilight" },
  { event: "dusk", elevation: nautical, before: "nautical" },
  { event: "dusk", elevation: astronomical, before: "astronomical" },
  { event: "midnight" },
];

const PHASES: readonly (readonly [number, Phase])[] = [
  [HIGH, "day"],
  [0, "small day"],
  [civil, "twilight"],
  [nautical, "nautical"],
  [astronomical, "astronomical"],
];

interface Deps {
  readonly world: World;
  readonly timers: Timers;
  readonly sun: Sun;
  tellLater(transition: Transition): void;
}

/**
 * Lets `sun.sun` say where the sun stands, as often as Home Assistant does (`components/sun/entity.py`, 2026.11).
 *
 * Its recorder does not keep that. Where we recorded it ourselves, this keeps quiet.
 */
export function driveSun({ world, timers, sun, tellLater }: Deps): void {
  let written: unknown;
  let recordedAt = Number.NEGATIVE_INFINITY;
  world.listen(ENTITY, ({ from, to }) => {
    const now = to?.attributes.elevation;
    if (now !== written && now !== from?.attributes.elevation) recordedAt = world.now;
  });

  function write(): void {
    if (world.now - recordedAt < RECORDED_MS) return;
    const { state, attributes } = placeAt(sun, world.now);
    written = attributes.elevation;
    const transition = world.set(ENTITY, state, attributes);
    if (transition) tellLater(transition);
  }

  function follow(): void {
    const { at, phase } = nextIn(sun, world.now);
    const every = EVERY_MS[phase];
    const again = (): void => {
      write();
      // one that comes shortly before the next phase is left out
      if (world.now + every * 1.25 <= at) timers.set(world.now + every, again);
    };
    again();
    if (Number.isFinite(at)) timers.set(at, follow);
  }

  follow();
}

function nextIn(sun: Sun, now: number): { readonly at: number; readonly phase: Phase } {
  let at = Number.POSITIVE_INFINITY;
  let phase: Phase | undefined;
  for (const { event, elevation, before } of CYCLE) {
    const next = sun.next(now, event, elevation === undefined ? {} : { elevation });
    if (next === undefined || next >= at) continue;
    at = next;
    phase = before;
  }
  return { at, phase: phase ?? phaseAt(sun.elevation(Number.isFinite(at) ? at : now)) };
}

const phaseAt = (elevation: number): Phase =>
  PHASES.find(([least]) => elevation >= least)?.[1] ?? "night";

const rounded = (value: number) => Math.round(value * 100) / 100;

function placeAt(sun: Sun, at: number) {
  const next = (event: SolarEvent) => sun.next(at, event);
  const iso = (moment: number | undefined) =>
    moment === undefined ? null : new Date(moment).toISOString().replace("Z", "+00:00");
  const elevation = rounded(sun.elevation(at));
  const [noon, midnight] = [next("noon"), next("midnight")];
  return {
    state: elevation > horizon ? "above_horizon" : "below_horizon",
    attributes: {
      ...{ elevation, azimuth: rounded(sun.azimuth(at)) },
      rising: (noon ?? 0) < (midnight ?? 0),
      ...{ next_noon: iso(noon), next_midnight: iso(midnight) },
      ...{ next_dawn: iso(next("dawn")), next_dusk: iso(next("dusk")) },
      ...{ next_rising: iso(next("sunrise")), next_setting: iso(next("sunset")) },
    },
  };
}
