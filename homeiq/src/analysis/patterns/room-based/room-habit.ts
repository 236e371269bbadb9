import type { Evidence } from "../pattern.ts";

/** Things of one area that are done together within minutes, in whatever order. */
export interface RoomBased extends Evidence {
  readonly kind: "room_based";
  readonly areaId: string;
  /** Two or more; the first is the one that tells best of the others. */
  readonly members: readonly RoomMember[];
  /** Minutes before or after the first. */
  readonly withinMinutes: number;
  /** Only at these times they are: minutes since the day began at 04:00; the end may be past 1440. */
  readonly hours?: { readonly start: number; readonly end: number };
}

export interface RoomMember {
  readonly entityId: string;
  readonly to: string;
  /** Of the times of the first at which this was done as well, 0 to 1. */
  readonly share: number;
}
