import { AppError } from "#foundation/errors.ts";
import type { Edit } from "./problem.ts";
import type { Path } from "./value.ts";

/** Applies edits, in order, to a copy of a configuration. Throws `not_found` when nothing stands at a path. */
export function editValue(value: unknown, edits: readonly Edit[]): unknown {
  return edits.reduce(applyEdit, value);
}

function applyEdit(value: unknown, edit: Edit): unknown {
  return change(value, edit.path, { edit, whole: edit.path });
}

function change(value: unknown, [step, ...rest]: Path, edit: { edit: Edit; whole: Path }): unknown {
  if (step === undefined) return "value" in edit.edit ? edit.edit.value : value;
  if (Array.isArray(value) && typeof step === "number")
    return changeItem(value, [step, ...rest], edit);
  if (typeof value === "object" && value !== null && !Array.isArray(value)) {
    return changeKey(value as Record<string, unknown>, [String(step), ...rest], edit);
  }
  if ("value" in edit.edit && (value === null || value === undefined)) {
    return change(typeof step === "number" ? [] : {}, [step, ...rest], edit);
  }
  throw notFound(edit.whole);
}

function changeItem(
  list: readonly unknown[],
  [index, ...rest]: [number, ...Path],
  edit: { edit: Edit; whole: Path },
): unknown[] {
  if (index >= list.length && !("value" in edit.edit)) throw notFound(edit.whole);
  if (rest.length === 0 && "remove" in edit.edit) return list.toSpliced(index, 1);
  return list.toSpliced(index, 1, change(list[index], rest, edit));
}

function changeKey(
  map: Readonly<Record<string, unknown>>,
  [key, ...rest]: [string, ...Path],
  edit: { edit: Edit; whole: Path },
): Record<string, unknown> {
  if (!(key in map)) {
    if (!("value" in edit.edit)) throw notFound(edit.whole);
    return { ...map, [key]: change(undefined, rest, edit) };
  }
  const entries = Object.entries(map).flatMap(([name, item]): [string, unknown][] => {
    if (name !== key) return [[name, item]];
    if (rest.length > 0 || "value" in edit.edit) return [[name, change(item, rest, edit)]];
    return "renameTo" in edit.edit ? [[edit.edit.renameTo, item]] : [];
  });
  return Object.fromEntries(entries);
}

const notFound = (path: Path) =>
  new AppError("not_found", "automation.no_such_path", "Nothing stands there", {
    facts: { path: path.join(".") },
  });
