import { AppError } from "#foundation/errors.ts";
import type { Filter, Rule } from "./filter.schema.ts";

/**
 * The filter that also leaves out this one entity, with as little change as possible.
 *
 * `standing` is the exception of an exclude filter that keeps the entity now. When it names this entity alone it goes
 * away; when it is a pattern, others are kept by it as well: throws `conflict`.
 */
export function excluding(filter: Filter, entityId: string, standing?: Rule): Filter {
  const rule: Rule = { by: "entity", pattern: entityId };
  // What an include filter keeps, an exception takes out again.
  if (filter.mode === "include") return { ...filter, exceptions: [...filter.exceptions, rule] };
  const isThis = ({ by, pattern }: Rule) => by === "entity" && pattern === entityId;
  if (standing && !isThis(standing)) {
    throw new AppError(
      "conflict",
      "filter.kept_by_exception",
      `The exception ${standing.by}: ${standing.pattern} keeps ${entityId}`,
      { facts: { rule: standing } },
    );
  }
  return {
    ...filter,
    rules: [...filter.rules, rule],
    exceptions: filter.exceptions.filter((one) => !isThis(one)),
  };
}
