import { type Definitions, numberOf, Tuple, toText, truthy } from "../python/python.ts";
import { failure, type Run, step } from "../run.ts";
import type { Family } from "./family.ts";
import { patternOf, replacementOf } from "./pattern.ts";

const find: (flags: string) => Definitions["x"] = (flags) => [
  "value find? ignorecase?",
  (_, [value, source = "", ignoreCase = false]) =>
    patternOf(toText(source), truthy(ignoreCase), flags).test(toText(value)),
];
const match = find("y");
const search = find("");

function findAll(run: Run, value: unknown, source: unknown, ignoreCase: unknown): unknown[] {
  const pattern = patternOf(toText(source), truthy(ignoreCase), "g");
  return [...toText(value).matchAll(pattern)].map((found) => {
    step(run);
    const [whole, ...groups] = found.map((group) => group ?? "");
    if (groups.length === 0) return whole;
    return groups.length === 1 ? groups[0] : new Tuple(groups);
  });
}

function replaceAll(run: Run, [value, source, to, ignoreCase]: readonly unknown[]): string {
  const pattern = patternOf(toText(source ?? ""), truthy(ignoreCase ?? false), "g");
  const text = toText(value);
  let [result, at] = ["", 0];
  for (const found of text.matchAll(pattern)) {
    step(run);
    result += text.slice(at, found.index) + replacementOf(toText(to ?? ""), found);
    at = found.index + found[0].length;
  }
  return result + text.slice(at);
}

/** Regular expressions. */
export const regex: Family = {
  filters: {
    regex_match: match,
    regex_search: search,
    regex_replace: [
      "value? find? replace? ignorecase?",
      (run, [value = "", ...rest]) => replaceAll(run, [value, ...rest]),
    ],
    regex_findall: [
      "value find? ignorecase?",
      (run, [value, source = "", ignoreCase = false]) => findAll(run, value, source, ignoreCase),
    ],
    regex_findall_index: [
      "value find? index? ignorecase?",
      (run, [value, source = "", index = 0, ignoreCase = false]) => {
        const found = findAll(run, value, source, ignoreCase).at(numberOf(index) ?? 0);
        if (found === undefined) throw failure("IndexError", "list index out of range");
        return found;
      },
    ],
  },
  tests: { match, search },
};
