import { readFileSync } from "node:fs";
import type { TemplateWorld, WorldState } from "#src/home/template/template.ts";

/** A template, and what Home Assistant made of it: a result, or the first line of its error. */
export interface TemplateCase {
  readonly template: string;
  readonly result?: unknown;
  readonly error?: string;
}

type Wire = readonly [
  entityId: string,
  state: string,
  attributes: Readonly<Record<string, unknown>>,
];
interface Recorded {
  readonly states: readonly Wire[];
  readonly cases: readonly TemplateCase[];
}

const file = new URL("./template-cases.json", import.meta.url);
const recorded = JSON.parse(readFileSync(file, "utf8")) as Recorded;

export const templateCases = recorded.cases;
export const templateStates = recorded.states;

/** A house in Berlin with these states, which changed a second ago. */
export function worldOf(
  states: readonly Wire[],
  more: Partial<TemplateWorld> & { readonly now?: number } = {},
): TemplateWorld {
  const now = more.now ?? Date.UTC(2026, 6, 1, 10, 30);
  const all = new Map(
    states.map(([entityId, state, attributes]): [string, WorldState] => [
      entityId,
      { entityId, state, attributes, lastChangedAt: now - 1000, lastUpdatedAt: now - 1000 },
    ]),
  );
  return {
    now,
    timeZone: "Europe/Berlin",
    state: (entityId) => all.get(entityId),
    entityIds: (domain) =>
      [...all.keys()].filter((id) => domain === undefined || id.startsWith(`${domain}.`)),
    ...more,
  };
}
