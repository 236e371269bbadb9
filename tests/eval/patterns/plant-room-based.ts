import type { Household } from "#src/analysis/patterns/pattern.ts";
import { createWriter, momentAt, poisson, written } from "./plant-co-activation.ts";

/** Things of one area that are done together, put into a home on purpose. */
export interface PlantedRoom {
  readonly areaId: string;
  readonly members: readonly { readonly entityId: string; readonly to: string }[];
  /** Of each member, each time. */
  readonly probability: number;
}

export interface HomeWithRooms {
  readonly household: Household;
  readonly rooms: readonly PlantedRoom[];
}

interface Wish {
  /** The same things are done as often, each by itself. */
  readonly onlyNoise?: boolean;
}

/** Adds rooms whose things are done within minutes in any order; what else is in the home is spread over five areas. */
export function plantRooms(
  household: Household,
  seed: number,
  { onlyNoise = false }: Wish = {},
): HomeWithRooms {
  const writer = createWriter(household, seed);
  const { random } = writer;
  const planned = [2, 3, 4, 5].map((size, n) => ({
    areaId: `area_${n}`,
    members: Array.from({ length: size }, (_, member) => ({
      entityId: `light.room_${n}_${member}`,
      to: n % 2 === 0 ? "on" : "off",
    })),
    probability: 0.88 + random() * 0.1,
    rate: 0.4 + random(),
    spanMinutes: 2 + random() * 7,
  }));
  const does = (day: number, minute: number, member: { entityId: string; to: string }) => {
    const at = momentAt(writer, day, minute);
    if (at !== undefined) writer.acts.push({ at: at + random() * 60_000, ...member });
  };
  for (const day of writer.lived) {
    for (const { members, probability, rate, spanMinutes } of planned) {
      for (let times = poisson(random, onlyNoise ? 0 : rate); times > 0; times -= 1) {
        const minute = waking(random);
        for (const member of members) {
          if (random() < probability) does(day, minute + random() * spanMinutes, member);
        }
      }
      for (const member of members) {
        const alone = poisson(random, onlyNoise ? rate : 0.1);
        for (let times = alone; times > 0; times -= 1) does(day, waking(random), member);
      }
    }
  }
  return { household: { ...written(household, writer), areaOf }, rooms: onlyNoise ? [] : planned };
}

function areaOf(entityId: string): string {
  const [, room, thing] = /room_(\d+)|thing_(\d+)/.exec(entityId) ?? [];
  return `area_${room ?? Number(thing ?? 0) % 5}`;
}

/** Minutes since midnight. */
const waking = (random: () => number) => 410 + random() * 960;
