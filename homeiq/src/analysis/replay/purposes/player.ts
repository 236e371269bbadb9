import type { Seen } from "./seen.ts";

const mutedIn = ({ state }: Seen) => state.attributes.is_volume_muted ?? null;
const levelIn = ({ state }: Seen) => state.attributes.volume_level ?? null;

/** Whether a player says anything that tells whether it is muted. */
export const saysVolume = (seen: Seen): boolean => mutedIn(seen) !== null || levelIn(seen) !== null;

/** It says so, or its volume is at nothing. */
export const isMuted = (seen: Seen): boolean => mutedIn(seen) === true || levelIn(seen) === 0;
