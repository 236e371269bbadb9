import { AppError } from "#foundation/errors.ts";
import { type JsonMap, printBlueprint } from "#home/automation/automation.ts";
import type { Standing, UsedBlueprint } from "#home/automation-config/automation-config.ts";
import { type ChosenInput, toBlueprint } from "./to-blueprint.ts";

/** `body`: what is made of a blueprint as one of its own, with the inputs filled in. */
export type ExportAs =
  | { readonly as: "yaml" }
  | { readonly as: "body" }
  | { readonly as: "blueprint"; readonly inputs: readonly ChosenInput[] };

export interface Exported {
  readonly fileName: string;
  readonly yaml: string;
}

interface Exportable {
  readonly standing: Standing;
  readonly config: JsonMap;
  readonly yaml: string;
  /** The blueprint that it is made of. */
  readonly used: UsedBlueprint | undefined;
}

/**
 * A file to take away: its text as it is, or a blueprint with the chosen places as inputs.
 *
 * Throws `conflict` for a blueprint of what is made of one already, and of a scene: Home Assistant has none.
 */
export function toExport(
  { standing: { entityId, domain }, config, yaml, used }: Exportable,
  wanted: ExportAs,
  toText: (config: JsonMap) => string,
): Exported {
  const name = entityId.slice(domain.length + 1);
  const fileName = `${name}.yaml`;
  if (wanted.as === "yaml") return { fileName, yaml };
  if (wanted.as === "body") return { fileName, yaml: used?.body ? toText(used.body) : yaml };
  if (used) throw isMadeOf(used);
  if (domain === "scene") throw ofScene(entityId);
  const blueprint = printBlueprint(toBlueprint(config, { chosen: wanted.inputs, domain }));
  return { fileName: `${name}-blueprint.yaml`, yaml: toText(blueprint) };
}

const isMadeOf = ({ path, name }: UsedBlueprint) =>
  new AppError(
    "conflict",
    "automations.is_of_blueprint",
    `It is made of the blueprint "${name}" already: pass on that one, or export what it becomes`,
    { facts: { path } },
  );

const ofScene = (entityId: string) =>
  new AppError(
    "conflict",
    "automations.no_scene_blueprint",
    "Home Assistant has no blueprints of scenes",
    { facts: { entityId } },
  );
