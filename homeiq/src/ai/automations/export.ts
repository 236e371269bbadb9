import { type JsonMap, printBlueprint } from "#home/automation/automation.ts";
import type { Standing } from "#home/automation-config/automation-config.ts";
import { type ChosenInput, toBlueprint } from "./to-blueprint.ts";

export type ExportAs =
  | { readonly as: "yaml" }
  | { readonly as: "blueprint"; readonly inputs: readonly ChosenInput[] };

export interface Exported {
  readonly fileName: string;
  readonly yaml: string;
}

interface Exportable {
  readonly standing: Standing;
  readonly config: JsonMap;
  readonly yaml: string;
}

/** A file to take away: its text as it is, or a blueprint with the chosen places as inputs. */
export function toExport(
  { standing: { entityId, domain }, config, yaml }: Exportable,
  wanted: ExportAs,
  toText: (config: JsonMap) => string,
): Exported {
  const name = entityId.slice(domain.length + 1);
  if (wanted.as === "yaml") return { fileName: `${name}.yaml`, yaml };
  const blueprint = printBlueprint(toBlueprint(config, wanted.inputs));
  return { fileName: `${name}-blueprint.yaml`, yaml: toText(blueprint) };
}
