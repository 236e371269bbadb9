import type { HouseNames } from "#lib/names.ts";
import type { KnownPattern, PatternKind, PatternStatus } from "#lib/pattern-api.ts";
import { byText, type Choice, createIsIn } from "../areas.ts";

/** What is looked for in the list; empty means any. */
export interface PatternWish {
  readonly text: string;
  readonly kind: PatternKind | "";
  readonly status: PatternStatus | "";
  readonly area: string;
  readonly entity: string;
}

/** The habits that are as wished, in their order. */
export function found<T extends KnownPattern>(
  all: readonly T[],
  { text, kind, status, area, entity }: PatternWish,
  names: HouseNames,
): T[] {
  const wanted = text.trim().toLocaleLowerCase();
  const isIn = createIsIn(names);
  return all.filter(
    (one) =>
      (kind === "" || one.kind === kind) &&
      (status === "" || one.status === status) &&
      (entity === "" || one.entityIds.includes(entity)) &&
      (area === "" || isIn(one, area)) &&
      (one.text.toLocaleLowerCase().includes(wanted) ||
        one.entityIds.some((id) => id.includes(wanted))),
  );
}

/** The devices that take part in any habit, by name. */
export function entityChoices(all: readonly KnownPattern[], { nameOf }: HouseNames): Choice[] {
  const ids = new Set(all.flatMap(({ entityIds }) => entityIds));
  return byText([...ids].map((id) => ({ value: id, text: nameOf(id) })));
}
