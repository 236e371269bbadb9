import picomatch from "picomatch";
import type { Clock } from "#foundation/clock.ts";
import type { Db } from "#store/database.ts";
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
}

/** Everything is recorded until the household says otherwise. */
const KEEP_ALL: Filter = { mode: "exclude", rules: [], exceptions: [] };

export function createEntityFilter({ db, clock }: { db: Db; clock: Clock }): EntityFilter {
  let filter = readFilter(db) ?? KEEP_ALL;
  let judge = compileFilter(filter);
  return {
    current: () => filter,
    replace(next) {
      keepFilter(db, next, clock.now());
      filter = next;
      judge = compileFilter(next);
    },
    judge: (entity) => judge(entity),
  };
}

/** The filter as a function; also used to preview one that is not in force. */
export function compileFilter({ mode, rules, exceptions }: Filter): (entity: Filtered) => Verdict {
  const excepted = exceptions.map(compileRule);
  const ruled = rules.map(compileRule);
  return (entity) => {
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
