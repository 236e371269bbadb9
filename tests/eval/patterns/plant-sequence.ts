import type { Household } from "#src/analysis/patterns/pattern.ts";
import { createWriter, momentAt, normal, poisson, written } from "./plant-co-activation.ts";

/** Things that are done in a row, put into a home on purpose. */
export interface PlantedSequence {
  readonly steps: readonly { readonly entityId: string; readonly to: string }[];
  /** Of each step that the next one follows. */
  readonly probability: number;
  readonly delaySeconds: number;
}

export interface HomeWithSequences {
  readonly household: Household;
  readonly sequences: readonly PlantedSequence[];
}

interface Wish {
  /** The same things are done as often, but in no order. */
  readonly onlyNoise?: boolean;
}

/**
 * Adds chains of three to five; and what looks like one and is none: A then B in the morning, B then C in the evening,
 * but never the three in a row.
 */
export function plantSequences(
  household: Household,
  seed: number,
  { onlyNoise = false }: Wish = {},
): HomeWithSequences {
  const writer = createWriter(household, seed);
  const { random } = writer;
  const planned = [3, 4, 5, 3].map((length, n) => ({
    steps: Array.from({ length }, (_, step) => ({
      entityId: `switch.chain_${n}_${step}`,
      to: random() < 0.7 ? "on" : "off",
    })),
    probability: 0.85 + random() * 0.13,
    delaySeconds: 10 + random() ** 2 * 200,
    rate: 0.4 + random() * 1.2,
  }));
  const does = (day: number, minute: number, step: { entityId: string; to: string }) => {
    const at = momentAt(writer, day, minute);
    if (at !== undefined) writer.acts.push({ at, ...step });
  };
  for (const day of writer.lived) {
    for (const { steps, probability, delaySeconds, rate } of planned) {
      for (const step of steps) {
        const alone = poisson(random, onlyNoise ? rate : 0.15);
        for (let times = alone; times > 0; times -= 1) does(day, waking(random), step);
      }
      for (let times = poisson(random, onlyNoise ? 0 : rate); times > 0; times -= 1) {
        let minute = waking(random);
        for (const step of steps) {
          does(day, minute, step);
          if (random() > probability) break;
          minute += (Math.max(3, delaySeconds * (1 + 0.3 * normal(random))) + 2) / 60;
        }
      }
    }
    if (onlyNoise) continue;
    const [morning, evening] = [420 + random() * 240, 1020 + random() * 240];
    does(day, morning, NO_CHAIN[0]);
    does(day, morning + 1 + random(), NO_CHAIN[1]);
    does(day, evening, NO_CHAIN[1]);
    does(day, evening + 1 + random(), NO_CHAIN[2]);
  }
  return { household: written(household, writer), sequences: onlyNoise ? [] : planned };
}

const NO_CHAIN = [
  { entityId: "switch.no_chain_0", to: "on" },
  { entityId: "switch.no_chain_1", to: "on" },
  { entityId: "switch.no_chain_2", to: "on" },
] as const;

/** Minutes since midnight. */
const waking = (random: () => number) => 410 + random() * 960;
