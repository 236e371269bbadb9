import {
  draftOf,
  type Filled,
  type Match,
  type TextOf,
  type Value,
} from "#src/analysis/templates/templates.ts";
import type { Automation } from "#src/home/automation/automation.ts";
import { enTemplates } from "../../homeiq/src/ai/texts/en-templates.ts";

/** By key; a catalogue is read as any other map here. */
export const TEXTS: ReadonlyMap<string, string> = new Map(Object.entries(enTemplates));

/** As the interface says it. Throws where the catalogue has no text, or a placeholder nothing to stand in it. */
export const textOf: TextOf = ({ key, values }) => {
  const text = TEXTS.get(key);
  if (text === undefined) throw new Error(`The catalogue has no ${key}`);
  return text.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`${key}: nothing stands for {${name}}`);
    return value;
  });
};

/** What a person who takes the first that is offered chooses. */
export function firstChoices({ slots, template }: Match): Filled {
  const open = Object.entries(slots).flatMap(([name, { value, choices }]): [string, Value][] => {
    const wanted = template.slots[name];
    const [first] = choices ?? [];
    if (wanted?.kind !== "entity" || value !== undefined || first === undefined) return [];
    return [[name, wanted.many && typeof first === "string" ? [first] : first]];
  });
  return Object.fromEntries(open);
}

/** The automation of a match in English, with more chosen over the first choices. */
export const drafted = (match: Match, more: Filled = {}): Automation =>
  draftOf(match, { textOf, chosen: { ...firstChoices(match), ...more } });
