import type { Automation } from "#home/automation/automation.ts";
import type { Filled } from "../slot.ts";
import type { AutomationTemplate } from "../template.ts";
import type { FilledSlots } from "./fill.ts";

/** A text of the catalogue and what stands in its placeholders. */
export interface Words {
  readonly key: string;
  readonly values: Readonly<Record<string, string>>;
}
/** Says it in the household's language. */
export type TextOf = (words: Words) => string;

/** A template that fits this home, at one place in it. */
export interface Match {
  /** The same for the same template at the same place in every run. */
  readonly key: string;
  readonly template: AutomationTemplate;
  readonly areaId?: string;
  readonly slots: FilledSlots;
  /** What its texts call things: the area, and each slot's only entity. */
  readonly names: Readonly<Record<string, string>>;
}

/**
 * The automation of a match, with what a person chose over what was filled in.
 * Throws `invalid` `templates.slot_wrong` as long as a slot is open that a person must choose.
 */
export function draftOf(
  { template, slots, names }: Match,
  { textOf, chosen = {} }: { readonly textOf: TextOf; readonly chosen?: Filled },
): Automation {
  const { id } = template;
  const filled = Object.entries(template.slots).flatMap(([name, slot]) => {
    const said =
      slot.kind === "text"
        ? textOf({ key: `template.${id}.${name}`, values: { ...names, ...slot.values } })
        : slots[name]?.value;
    const value = chosen[name] ?? said;
    return value === undefined ? [] : [[name, value] as const];
  });
  const title = textOf({ key: `template.${id}.title`, values: names });
  const description = textOf({ key: `template.${id}.text`, values: names });
  return template.build(Object.fromEntries(filled), { alias: title, description });
}

/** The slots that a person must fill or look at before it becomes an automation. */
export const toChoose = ({ slots }: Pick<Match, "slots">): string[] =>
  Object.entries(slots).flatMap(([name, { ask }]) => (ask ? [name] : []));
