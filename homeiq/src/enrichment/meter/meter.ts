// What all meters share: how bytes and answers get here, and where they did not.
export { findGaps } from "./gaps.ts";
export { phasesOf } from "./phases.ts";
export { pollMeter } from "./poll.ts";
export { type ByteStream, followTcp } from "./tcp.ts";
