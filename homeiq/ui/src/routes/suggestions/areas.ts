import type { HouseNames } from "#lib/names.ts";

export interface Choice {
  readonly value: string;
  readonly text: string;
}

interface Placed {
  readonly entityIds: readonly string[];
  readonly areaId?: string | undefined;
}

/** Whether something is in an area: itself, or with anything that takes part in it. */
export function createIsIn({ entities }: HouseNames): (one: Placed, area: string) => boolean {
  const areaOf = new Map(entities.map(({ entityId, areaId }) => [entityId, areaId]));
  return ({ areaId, entityIds }, area) =>
    areaId === area || entityIds.some((entityId) => areaOf.get(entityId) === area);
}

/** The areas in which any of them is, by name. */
export function areaChoices(all: readonly Placed[], names: HouseNames): Choice[] {
  const isIn = createIsIn(names);
  const areas = new Map(
    names.entities.flatMap(({ areaId, areaName }) =>
      areaId === undefined ? [] : [[areaId, areaName ?? areaId] as const],
    ),
  );
  return byText(
    [...areas]
      .filter(([area]) => all.some((one) => isIn(one, area)))
      .map(([value, text]) => ({ value, text })),
  );
}

export const byText = (choices: readonly Choice[]) =>
  choices.toSorted((one, other) => one.text.localeCompare(other.text));
