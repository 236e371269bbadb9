import type { HouseNames } from "#lib/names.ts";
import type { KnownPattern, PatternKind, PatternStatus } from "#lib/pattern-api.ts";

/** What is looked for in the list; empty means any. */
export interface PatternWish {
  readonly text: string;
  readonly kind: PatternKind | "";
  readonly status: PatternStatus | "";
  readonly area: string;
  readonly entity: string;
}

export interface Choice {
  readonly value: string;
  readonly text: string;
}

/** The habits that are as wished, in their order. */
export function found<T extends KnownPattern>(
  all: readonly T[],
  { text, kind, status, area, entity }: PatternWish,
  names: HouseNames,
): T[] {
  const wanted = text.trim().toLocaleLowerCase();
  const areaOf = areasOf(names);
  return all.filter(
    (one) =>
      (kind === "" || one.kind === kind) &&
      (status === "" || one.status === status) &&
      (entity === "" || one.entityIds.includes(entity)) &&
      (area === "" || one.areaId === area || one.entityIds.some((id) => areaOf(id) === area)) &&
      (one.text.toLocaleLowerCase().includes(wanted) ||
        one.entityIds.some((id) => id.includes(wanted))),
  );
}

/** The devices that take part in any habit, by name. */
export function entityChoices(all: readonly KnownPattern[], { nameOf }: HouseNames): Choice[] {
  const ids = new Set(all.flatMap(({ entityIds }) => entityIds));
  return byText([...ids].map((id) => ({ value: id, text: nameOf(id) })));
}

/** The areas in which any habit is, by name. */
export function areaChoices(all: readonly KnownPattern[], names: HouseNames): Choice[] {
  const areaOf = areasOf(names);
  const titles = new Map(
    names.entities.flatMap(({ areaId, areaName }) =>
      areaId === undefined ? [] : [[areaId, areaName ?? areaId] as const],
    ),
  );
  const ids = new Set(all.flatMap(({ areaId, entityIds }) => [areaId, ...entityIds.map(areaOf)]));
  return byText(
    [...ids].flatMap((id) => (id === undefined ? [] : [{ value: id, text: titles.get(id) ?? id }])),
  );
}

function areasOf({ entities }: HouseNames): (entityId: string) => string | undefined {
  const byId = new Map(entities.map(({ entityId, areaId }) => [entityId, areaId]));
  return (entityId) => byId.get(entityId);
}

const byText = (choices: readonly Choice[]) =>
  choices.toSorted((one, other) => one.text.localeCompare(other.text));
