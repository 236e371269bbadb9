import { AppError } from "#foundation/errors.ts";
import {
  type Edit,
  editYaml,
  type Json,
  type Path,
  readYaml,
} from "#home/automation/automation.ts";
import { isMap } from "./steps.ts";

/**
 * The text of something made of a blueprint with other inputs; the rest of it stays as it is. `null` takes an
 * input away, so that its default holds. Throws `invalid` for a text that is made of none.
 */
export function withInputs(source: string, inputs: Readonly<Record<string, Json>>): string {
  const written = readYaml(source).value;
  const isList = Array.isArray(written) && written.length === 1;
  const one: unknown = isList ? written[0] : written;
  const use = isMap(one) ? one.use_blueprint : undefined;
  if (!isMap(use)) {
    throw new AppError("invalid", "automations.no_blueprint", "It is made of no blueprint");
  }
  const path: Path = [...(isList ? [0] : []), "use_blueprint", "input"];
  const given = isMap(use.input) ? use.input : {};
  const left = { ...given, ...inputs };
  const kept = Object.entries(left).filter(([, value]) => value !== null);
  if (kept.length === 0) return editYaml(source, [{ path, value: {} }]);
  const edits = Object.entries(inputs).flatMap(([key, value]): Edit[] => {
    if (value !== null) return [{ path: [...path, key], value }];
    return key in given ? [{ path: [...path, key], remove: true }] : [];
  });
  return editYaml(source, edits);
}
