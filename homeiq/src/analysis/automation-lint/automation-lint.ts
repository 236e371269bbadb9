import { expand } from "#analysis/automation-check/automation-check.ts";
import {
  type ParseOptions,
  parseAutomation,
  parseScene,
  parseScript,
} from "#home/automation/automation.ts";
import type { HomeSnapshot } from "#home/snapshot/snapshot.ts";
import type { Finding, LifeFacts, Linted, LintedHouse, LintedScene, Rule } from "./rule.ts";
import { RULES } from "./rules.ts";

export { whoDoes } from "./deeds.ts";
export { type Effect, effectsOf } from "./effects.ts";
export type {
  Finding,
  Found,
  LifeFacts,
  Linted,
  LintedHouse,
  LintedScene,
  Rule,
} from "./rule.ts";
export { RULES } from "./rules.ts";

/** An automation, script or scene as Home Assistant stores it. */
export interface Stored extends LifeFacts {
  readonly entityId: string;
  readonly name?: string;
  readonly config: unknown;
  /** Of one made of a blueprint: the blueprint's text, as YAML or JSON said it. Absent: it is not known. */
  readonly blueprint?: unknown;
}

export interface HouseParts {
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly home: HomeSnapshot;
  /** After how many days without a run one is pointed out; absent: two months. */
  readonly neverFiredDays?: number;
  readonly automations: readonly Stored[];
  readonly scripts?: readonly Stored[];
  readonly scenes?: readonly Stored[];
}

/** Reads everything once, for all rules. What cannot be read keeps its place, without a model. */
export function toLintedHouse({
  home,
  now,
  automations,
  scripts,
  scenes,
  ...rest
}: HouseParts): LintedHouse {
  return {
    ...rest,
    now,
    home,
    automations: automations.map((one) => toLinted(one, { kind: "automation", home })),
    scripts: (scripts ?? []).map((one) => toLinted(one, { kind: "script", home })),
    scenes: (scenes ?? []).flatMap(toScene),
  };
}

/** Runs every rule; in the order of the rules. Pure: the same house, the same findings. */
export function lint(house: LintedHouse, rules: readonly Rule[] = RULES): Finding[] {
  return rules.flatMap(({ code, severity, find }) =>
    find(house).map((found) => ({ code, ...found, severity: found.severity ?? severity })),
  );
}

function toLinted(
  { config, name, blueprint, ...stored }: Stored,
  { kind, home }: { kind: Linted["kind"]; home: HomeSnapshot },
): Linted {
  const options: ParseOptions = home.version === undefined ? {} : { haVersion: home.version };
  const parsed =
    kind === "script" ? parseScript(config, options) : parseAutomation(config, options);
  const { value } = parsed;
  const expanded =
    value?.kind === "blueprint_use" ? expand(value, { blueprint, parse: options }) : undefined;
  const configuration = expanded?.configuration ?? value;
  return {
    ...stored,
    kind,
    name: name ?? value?.alias ?? stored.entityId,
    raw: config,
    ...(configuration && { configuration: withName(configuration, value?.alias) }),
    pathOf: expanded ? () => ["use_blueprint"] : parsed.pathOf,
  };
}

/** What is made of a blueprint is called as its use is. */
const withName = <C extends object>(configuration: C, alias: string | undefined): C =>
  alias === undefined || "alias" in configuration ? configuration : { ...configuration, alias };

function toScene({ entityId, name, config }: Stored): LintedScene[] {
  const { value } = parseScene(config);
  return value ? [{ entityId, name: name ?? value.name, scene: value }] : [];
}
