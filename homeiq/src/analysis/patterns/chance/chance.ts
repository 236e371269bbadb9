export { ALONE, discoveriesOf, FALSE_DISCOVERIES } from "./discoveries.ts";
export { createRandom, type Random } from "./random.ts";
export { atLeast, intervalOf } from "./tails.ts";
