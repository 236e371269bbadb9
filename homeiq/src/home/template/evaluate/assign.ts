import { listOf, Namespace } from "../python/python.ts";
import { failure } from "../run.ts";
import type { Target } from "../syntax/syntax.ts";
import { assign, type Frame, findName } from "./frame.ts";

type Store = (frame: Frame, value: unknown) => void;

/** Gives a name, several names, or an attribute of a namespace a value. */
export function compileAssign(target: Target): Store {
  if (target.kind === "name") return (frame, value) => assign(frame, target.name, value);
  if (target.kind === "namespaced") {
    return (frame, value) => {
      const namespace = findName(frame, target.name);
      if (!(namespace instanceof Namespace)) {
        const message = "cannot assign attribute on non-namespace object";
        throw failure("TemplateRuntimeError", message);
      }
      namespace.set(target.attribute, value);
    };
  }
  const stores = target.targets.map(compileAssign);
  return (frame, value) => {
    const values = listOf(frame.run, value);
    if (values.length > stores.length) {
      const message = `too many values to unpack (expected ${stores.length}, got ${values.length})`;
      throw failure("ValueError", message);
    }
    if (values.length < stores.length) {
      const message = `not enough values to unpack (expected ${stores.length}, got ${values.length})`;
      throw failure("ValueError", message);
    }
    for (const [index, store] of stores.entries()) store(frame, values[index]);
  };
}
