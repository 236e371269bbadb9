import { MINUTE_MS } from "#foundation/time.ts";

const SETTLING_MS = MINUTE_MS; // devices report once more what they are, some of them late
const LEAST_ECHOES = 3; // one device that comes back is no restart of the house

/**
 * Knows when a change that looks like a hand may be Home Assistant coming back.
 *
 * A switch that is pressed and a device that reports late look the same: both come without a context.
 */
export interface Echoes {
  /** What was seen to be an echo of a restart. In order of time. */
  heard(entityId: string, at: number): void;
  /** Whether a change of unknown origin may be one too. */
  mayBeOne(entityId: string, at: number): boolean;
}

export function createEchoes(): Echoes {
  const own = new Map<string, number>();
  let ofHouse: number[] = [];
  const isFresh = (heardAt: number, at: number) => at - heardAt <= SETTLING_MS;
  return {
    heard(entityId, at) {
      own.set(entityId, at);
      ofHouse = [...ofHouse.slice(1 - LEAST_ECHOES), at];
    },
    mayBeOne(entityId, at) {
      const [first] = ofHouse;
      if (isFresh(own.get(entityId) ?? Number.NEGATIVE_INFINITY, at)) return true;
      return ofHouse.length >= LEAST_ECHOES && first !== undefined && isFresh(first, at);
    },
  };
}
