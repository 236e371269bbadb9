import { Callable, type Definitions, functionsOf, type Named, toFloat } from "../python/python.ts";
import { type Library, notSupported, type Run } from "../run.ts";
import { AllStates } from "../state.ts";
import { casts } from "./casts.ts";
import { dates } from "./dates.ts";
import type { Family } from "./family.ts";
import { higher } from "./higher.ts";
import { house } from "./house.ts";
import { json } from "./json.ts";
import { math } from "./math.ts";
import { NOT_EVALUATED } from "./names.ts";
import { regex } from "./regex.ts";
import { registry } from "./registry.ts";
import { sequences } from "./sequences.ts";
import { tests as testsOfJinja } from "./tests.ts";
import { texts } from "./texts.ts";
import { values } from "./values.ts";

export { NOT_EVALUATED, NOT_LIMITED } from "./names.ts";

const FAMILIES: readonly Family[] = [
  casts,
  dates,
  higher,
  house,
  json,
  math,
  regex,
  registry,
  sequences,
  testsOfJinja,
  texts,
  values,
];

/** A function of Home Assistant that only it can answer. */
class NotEvaluated extends Callable {
  readonly #name: string;
  constructor(name: string) {
    super();
    this.#name = name;
  }
  call(_run: Run, _args: readonly unknown[], _named?: Named): never {
    throw notSupported(this.#name);
  }
}

function collect(
  notEvaluated: readonly string[],
  definitionsOf: (family: Family) => readonly (Definitions | undefined)[],
): Map<string, Callable> {
  const all = FAMILIES.flatMap(definitionsOf).flatMap((one) => [...functionsOf(one ?? {})]);
  return new Map<string, Callable>([
    ...notEvaluated.map((name) => [name, new NotEvaluated(name)] as const),
    ...all,
  ]);
}

const filters = collect(NOT_EVALUATED.filters, ({ filters: own, both }) => [both, own]);
const tests = collect(NOT_EVALUATED.tests, ({ tests: own }) => [own]);
const globals = new Map<string, unknown>([
  ...collect(NOT_EVALUATED.globals, ({ globals: own, both }) => [both, own]),
  ["states", new AllStates()],
  ["e", toFloat(Math.E)],
  ["pi", toFloat(Math.PI)],
  ["tau", toFloat(Math.PI * 2)],
]);

/** All filters, tests and globals of Jinja2 and Home Assistant. */
export const library: Library<Callable> & {
  names(): Record<"filters" | "tests" | "globals", string[]>;
} = {
  global: (name) => globals.get(name),
  filter: (name) => filters.get(name),
  test: (name) => tests.get(name),
  names: () => ({
    filters: [...filters.keys()].sort(),
    tests: [...tests.keys()].sort(),
    globals: [...globals.keys()].sort(),
  }),
};
