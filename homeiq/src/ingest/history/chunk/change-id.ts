// A change's id is its moment and its order among the changes of that millisecond, as one number: it sorts by
// time, is stable wherever the change is kept, and costs nothing beside the moment.

const ORDERS = 4096; // 2^41 milliseconds times 2^12 is below 2^53 until the year 2039

export const FIRST_ORDER = 0;
export const LAST_ORDER = ORDERS - 1;

export const idOf = (at: number, order: number): number => at * ORDERS + order;
/** Milliseconds since the epoch. */
export const atOf = (id: number): number => Math.floor(id / ORDERS);
export const orderOf = (id: number): number => id % ORDERS;

/** Later than any change: the first moment that has no ids. Milliseconds since the epoch. */
export const END_OF_TIME = Math.floor(Number.MAX_SAFE_INTEGER / ORDERS);
