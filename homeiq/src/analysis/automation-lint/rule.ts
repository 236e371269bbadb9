import type {
  Automation,
  BlueprintUse,
  Fix,
  Path,
  Scene,
  Script,
  Severity,
} from "#home/automation/automation.ts";
import type { HomeSnapshot } from "#home/snapshot/snapshot.ts";

/** What is known of the life of an automation or a script. What was not asked is absent. */
export interface LifeFacts {
  readonly lastTriggeredAt?: number;
  /** Since when it stands there. */
  readonly createdAt?: number;
  /** `on`, `off`, `unavailable`. */
  readonly state?: string;
  readonly stateSince?: number;
  /** Within the last 30 days. */
  readonly runs?: number;
  /** Triggered while another run was under way, and refused or ended by the mode. */
  readonly cutOff?: number;
  /** Triggered, and stopped by its conditions. */
  readonly conditionsFailed?: number;
}

/** An automation or a script as it stands in Home Assistant. */
export interface Linted extends LifeFacts {
  readonly kind: "automation" | "script";
  /** Its entity id. */
  readonly entityId: string;
  readonly name: string;
  readonly raw: unknown;
  /** Absent: its configuration could not be read. */
  readonly configuration?: Automation | Script | BlueprintUse;
  pathOf(node: object): Path | undefined;
}

export interface LintedScene {
  readonly entityId: string;
  readonly name: string;
  readonly scene: Scene;
}

/** All that the rules look at. */
export interface LintedHouse {
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly home: HomeSnapshot;
  /** After how many days without a run one is pointed out; absent: two months. */
  readonly neverFiredDays?: number;
  readonly automations: readonly Linted[];
  readonly scripts: readonly Linted[];
  readonly scenes: readonly LintedScene[];
}

export interface Finding {
  readonly code: string;
  readonly severity: Severity;
  /** The entity ids of those it is about, the first one most. */
  readonly about: readonly string[];
  /** In the configuration of the first. */
  readonly path: Path;
  readonly message: string;
  readonly facts?: Readonly<Record<string, string | number | boolean>>;
  readonly fix?: Fix;
}

/** What a rule finds; code and severity are the rule's, unless it says otherwise. */
export type Found = Omit<Finding, "code" | "severity"> & { readonly severity?: Severity };

/** One thing that can be wrong with what stands in Home Assistant. A pure function over the house. */
export interface Rule {
  /** `lint.<what>`: stable. */
  readonly code: string;
  readonly severity: Severity;
  /** What it looks for and why it matters, in one sentence. */
  readonly about: string;
  find(house: LintedHouse): readonly Found[];
}

/** Each automation and script alone. */
export const each =
  (judge: (one: Linted, house: LintedHouse) => readonly Found[]): Rule["find"] =>
  (house) =>
    [...house.automations, ...house.scripts].flatMap((one) => judge(one, house));

export const eachAutomation =
  (judge: (one: Linted, house: LintedHouse) => readonly Found[]): Rule["find"] =>
  (house) =>
    house.automations.flatMap((one) => judge(one, house));

export const DAY_MS = 86_400_000;

/** Whole days between two moments. */
export const daysBetween = (from: number, to: number) => Math.floor((to - from) / DAY_MS);

/** What runs by itself: blueprints' are not known without their text. */
export function readable(one: Linted): Automation | Script | undefined {
  const { configuration } = one;
  return configuration?.kind === "blueprint_use" ? undefined : configuration;
}

export function automationOf(one: Linted): Automation | undefined {
  return one.configuration?.kind === "automation" ? one.configuration : undefined;
}
