import { compares, iterate, listOf, truthy, Undefined } from "../python/python.ts";
import { type Run, step } from "../run.ts";
import { type Getter, getterOf, ignoreCase } from "./attribute.ts";

type Sortable = readonly [key: unknown, item: unknown];

/** Stable; throws TypeError of what has no order. */
export function sorted(run: Run, items: unknown, keyed: Getter, reverse: boolean): unknown[] {
  const all: Sortable[] = listOf(run, items).map((item) => [keyed(item), item]);
  if (reverse) all.reverse();
  all.sort(([one], [other]) => {
    step(run);
    if (compares("<", one, other)) return -1;
    return compares("<", other, one) ? 1 : 0;
  });
  if (reverse) all.reverse();
  return all.map(([, item]) => item);
}

/** The key by which items are sorted: an attribute, several (`"a,b"`), or the item itself. */
export function sortKey(run: Run, attribute: unknown, caseSensitive: unknown): Getter {
  const fold = truthy(caseSensitive) ? (value: unknown) => value : ignoreCase;
  if (typeof attribute !== "string" || !attribute.includes(",")) {
    const get = getterOf(run, attribute);
    return (item) => fold(get(item));
  }
  const getters = attribute.split(",").map((one) => getterOf(run, one));
  return (item) => getters.map((get) => fold(get(item)));
}

/** The least (`<`) or the largest (`>`) item; the first of equal ones. */
export function extreme(run: Run, items: unknown, keyed: Getter, sign: "<" | ">"): unknown {
  let best: Sortable | undefined;
  for (const item of iterate(run, items)) {
    step(run);
    const key = keyed(item);
    if (best === undefined || compares(sign, key, best[0])) best = [key, item];
  }
  return best === undefined ? new Undefined("No aggregated item, sequence was empty.") : best[1];
}
