/** What Home Assistant fills into a message when it is sent: the name of what set it off. */
export const WHICH = "{{ trigger.to_state.name }}";

/** Those of these that are on, by name. */
export const namesOfOn = (ids: readonly string[]): string =>
  `{{ expand(${listed(ids)}) | selectattr('state', 'eq', 'on') | map(attribute='name') | join(', ') }}`;

/** Whether none of these is on. */
export const noneIsOn = (ids: readonly string[]): string =>
  `{{ ${listed(ids)} | select('is_state', 'on') | list | count == 0 }}`;

const listed = (ids: readonly string[]): string => `[${ids.map((id) => `'${id}'`).join(", ")}]`;
