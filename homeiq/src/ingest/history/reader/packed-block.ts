import { deserialize, serialize } from "node:v8";
import { moved } from "#store/serve-thread.ts";
import type { FoundChange } from "./events.ts";
import type { FoundBlock } from "./scan.ts";

/** A block as bytes: what is unpacked at once holds up the thread that asked for about two milliseconds. */
export interface PackedBlock {
  readonly slices: readonly Uint8Array[];
  readonly nextAfterId?: number;
}

const SLICE_ROWS = 250;

/** For the answer of a thread: the bytes move, nothing is copied. */
export function packBlock({ changes, ...rest }: FoundBlock): PackedBlock {
  const slices: Uint8Array[] = [];
  for (let start = 0; start < changes.length; start += SLICE_ROWS) {
    // Node's own buffer may be a part of a shared one, which cannot move.
    slices.push(new Uint8Array(serialize(changes.slice(start, start + SLICE_ROWS))));
  }
  return moved(
    { slices, ...rest },
    slices.map(({ buffer }) => buffer as ArrayBuffer),
  );
}

/** What `packBlock` packed. */
export const unpackSlice = (slice: Uint8Array): readonly FoundChange[] => deserialize(slice);
