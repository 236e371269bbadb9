import type { Core } from "../model/core.ts";
import type { Context } from "../model/state-machine.ts";
import { entitiesIn, render } from "./template.ts";

/** Fires when a template turns true because one of the entities that it names changed. */
export function watchTemplate(
  config: Readonly<Record<string, unknown>>,
  core: Core,
  fire: (facts: Readonly<Record<string, unknown>>, context?: Context) => void,
): () => void {
  const template = String(config.value_template);
  const named = new Set(entitiesIn(template));
  const isTrue = () => [true, "true", "on", 1].includes(render(template, core) as string);
  let was = isTrue();
  return core.states.onChange(({ entityId, context }) => {
    if (!named.has(entityId)) return;
    const is = isTrue();
    if (is && !was) fire({ entity_id: entityId, description: `${entityId} via template` }, context);
    was = is;
  });
}
