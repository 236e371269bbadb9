import picomatch from "picomatch";
import type { Clock } from "#foundation/clock.ts";
import type { Db } from "#store/database.ts";
import { excluding } from "./exclude.ts";
import type { Filter, Rule } from "./filter.schema.ts";
import { keepFilter, readFilter } from "./filter.store.ts";

export { Filter, type Rule } from "./filter.schema.ts";

/** What the rules look at. */
export interface Filtered {
  readonly entityId: string;
  readonly domain: string;
  readonly deviceClass?: string;
  /** The area's id and its name: a rule may use either. */
  readonly areaNames: readonly string[];
  /** Shows in Home Assistant what we said ourselves: it is kept under our own name already. */
  readonly isEcho?: true;
}

export interface Verdict {
  readonly kept: boolean;
  /** The rule that decided, absent when none did. */
  readonly rule?: Rule;
}

export interface EntityFilter {
  current(): Filter;
  replace(filter: Filter): void;
  judge(entity: Filtered): Verdict;
  /** Leaves out this entity as well. Throws `conflict` when an exception for several entities keeps it. */
  exclude(entity: Filtered): void;
}

/** Everything is recorded until the household says otherwise. */
const KEEP_ALL: Filter = { mode: "exclude", rules: [], exceptions: [] };

export function createEntityFilter({ db, clock }: { db: Db; clock: Clock }): EntityFilter {
  let filter = readFilter(db) ?? KEEP_ALL;
  let judge = compileFilter(filter);
  function replace(next: Filter): void {
    keepFilter(db, next, clock.now());
    filter = next;
    judge = compileFilter(next);
  }
  return {
    current: () => filter,
    replace,
    judge: (entity) => judge(entity),
    exclude(entity) {
      let next = filter;
      for (let verdict = judge(entity); verdict.kept; verdict = compileFilter(next)(entity)) {
        next = excluding(next, entity.entityId, next.mode === "exclude" ? verdict.rule : undefined);
      }
      if (next !== filter) replace(next);
    },
  };
}

/** The filter as a function; also used to preview one that is not in force. */
export function compileFilter({ mode, rules, exceptions }: Filter): (entity: Filtered) => Verdict {
  const excepted = exceptions.map(compileRule);
  const ruled = rules.map(compileRule);
  return (entity) => {
    if (entity.isEcho) return { kept: false };
    const exception = excepted.find(({ matches }) => matches(entity));
    const hit = exception ? undefined : ruled.find(({ matches }) => matches(entity));
    const named = hit !== undefined;
    const byRules = mode === "exclude" ? !named : named;
    if (exception) return { kept: mode === "exclude", rule: exception.rule };
    return { kept: byRules, ...(hit ? { rule: hit.rule } : {}) };
  };
}

function compileRule(rule: Rule) {
  const matches = picomatch(rule.pattern, { nocase: true, bash: true });
  const test = (entity: Filtered): boolean => {
    if (rule.by === "entity") return matches(entity.entityId);
    if (rule.by === "domain") return matches(entity.domain);
    if (rule.by === "device_class") return matches(entity.deviceClass ?? "");
    return entity.areaNames.some((name) => matches(name));
  };
  return { rule, matches: test };
}
