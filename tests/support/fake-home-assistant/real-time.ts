import type { Simulation } from "./household/simulation.ts";

const TICK_MS = 50;
const RATE_TICK_MS = 100;

/** Ties the household's time to the wall's. */
export interface RealTime {
  /** Brings the simulated time up to now. */
  catchUp(): void;
  stop(): void;
}

/** Lets simulated time pass `speed` times as fast as real time. */
export function startRealTime({ core }: Simulation, speed: number): RealTime {
  let lastAt = performance.now();
  const catchUp = () => {
    const at = performance.now();
    const passedMs = (at - lastAt) * speed;
    lastAt = at;
    core.clock.advanceTo(core.clock.now() + passedMs);
  };
  const timer = setInterval(catchUp, TICK_MS);
  return { catchUp, stop: () => clearInterval(timer) };
}

/** Makes sensors report out of turn until so many states change each second. */
export function keepRate({ core, life }: Simulation, changesPerSecond: number): void {
  let changes = 0;
  let owed = 0;
  core.states.onChange(() => {
    changes += 1;
  });
  const tick = () => {
    owed += (changesPerSecond * RATE_TICK_MS) / 1000 - changes;
    owed = Math.max(-changesPerSecond, owed);
    changes = 0;
    for (let tries = Math.ceil(owed) * 4; tries > 0 && changes < owed; tries--) {
      life.readings.reportAny();
    }
    owed -= changes;
    changes = 0;
    core.clock.after(RATE_TICK_MS, tick);
  };
  core.clock.after(RATE_TICK_MS, tick);
}
