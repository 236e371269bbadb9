import { isInZone } from "../stage/stage.ts";
import { ons } from "./entities.ts";
import type { Asked, Look, Rule } from "./rule.ts";
import type { EntityKind, Seen } from "./seen.ts";

const WHO = ons("person", "device_tracker");
const ZONE: readonly EntityKind[] = ons("zone");

const isWithin = ({ state }: Seen, { options, stage }: Asked): boolean =>
  isInZone(state, String(options.zone), stage.world);

const isOutside = (seen: Seen, asked: Asked): boolean => !isWithin(seen, asked);

export const ENTERED: Rule = {
  ...{ of: WHO, isMet: isWithin },
  isTransition: (from, _, asked) => isOutside(from, asked),
};
export const LEFT: Rule = {
  ...{ of: WHO, isMet: isOutside },
  isTransition: (from, _, asked) => isWithin(from, asked),
};
export const IN_ZONE: Look = ENTERED;
export const NOT_IN_ZONE: Look = LEFT;

const COUNT = /^[+-]?\d+$/;
const countIn = ({ state }: Seen) =>
  COUNT.test(state.state.trim()) ? Number(state.state) : undefined;
const isOccupied = (seen: Seen) => (countIn(seen) ?? 0) >= 1;
const ofItsZone = { of: ZONE, entity: { option: "zone" } } as const;

export const OCCUPIED: Rule = {
  ...{ ...ofItsZone, isMet: isOccupied },
  isTransition: (from) => !isOccupied(from),
};
export const VACATED: Rule = {
  ...ofItsZone,
  isMet: (seen) => countIn(seen) === 0,
  isTransition: isOccupied,
};
