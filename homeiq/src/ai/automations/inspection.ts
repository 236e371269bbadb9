import { setImmediate } from "node:timers/promises";
import {
  type Cost,
  costOf,
  type ReviewedRepair,
  repairAll,
} from "#analysis/automation-check/automation-check.ts";
import {
  type Finding,
  type LintedHouse,
  lint,
  RULES,
  type Stored,
  toLintedHouse,
} from "#analysis/automation-lint/automation-lint.ts";
import { present } from "#foundation/absent.ts";
import type { Clock } from "#foundation/clock.ts";
import { MINUTE_MS } from "#foundation/time.ts";
import type { Severity } from "#home/automation/automation.ts";
import type {
  AutomationConfig,
  Domain,
  ShortTrace,
} from "#home/automation-config/automation-config.ts";
import type { HomeSnapshot } from "#home/snapshot/snapshot.ts";
import type { EntityState } from "#home/states/states.ts";

/** What was found wrong with everything that stands in Home Assistant, and when that was looked at. */
export interface Inspected {
  readonly at: number;
  readonly findings: readonly Finding[];
}

/** What was found about one automation, script or scene. */
export interface InspectedOne {
  readonly problems: Readonly<Record<Severity, number>>;
  /** What it costs when it is wrong; absent when its configuration cannot be read. */
  readonly cost?: Cost;
}

interface Look extends Inspected {
  readonly byEntity: ReadonlyMap<string, InspectedOne>;
}

export interface Inspection {
  /** Looks again when something was reloaded, or the last look is ten minutes old. */
  findings(): Promise<Inspected>;
  /** References that lead nowhere, with what they most likely meant: one review for all. */
  repairs(): Promise<readonly ReviewedRepair[]>;
  /** What the last look found about one; absent while nobody looked. */
  of(entityId: string): InspectedOne | undefined;
  /** Something stands there that was not looked at. */
  forget(): void;
}

interface Deps {
  readonly clock: Clock;
  readonly house: AutomationConfig;
  readonly states: ReadonlyMap<string, EntityState>;
  readonly home: () => HomeSnapshot;
}

const FRESH_MS = 10 * MINUTE_MS;

/** Looks at every automation, script and scene together: what is wrong alone, and what is wrong between them. */
export function createInspection({ clock, house, states, home }: Deps): Inspection {
  let last: Look | undefined;
  let looking: Promise<Look> | undefined;
  let stale = true;

  async function storedOf(domain: Domain, traces: readonly ShortTrace[]): Promise<Stored[]> {
    const byItem = Map.groupBy(traces, ({ itemId }) => itemId);
    const stored: Stored[] = [];
    // One after the other: a small machine has other things to do.
    for (const { entityId, id, name, state, lastTriggeredAt } of house.list(domain)) {
      const found = await house.configOf(entityId);
      if (!found) continue;
      const runs = byItem.get(id ?? "") ?? [];
      const count = (...executions: string[]) =>
        runs.filter(({ execution = "" }) => executions.includes(execution)).length;
      stored.push({
        ...{ entityId, name, state, config: found.config },
        ...present("lastTriggeredAt", lastTriggeredAt),
        ...present("stateSince", states.get(entityId)?.lastChangedAt),
        cutOff: count("failed_single", "failed_max_runs"),
        conditionsFailed: count("failed_conditions"),
      });
    }
    return stored;
  }

  async function look(): Promise<Look> {
    stale = false;
    const traces = [
      ...(await house.traces.list("automation")),
      ...(await house.traces.list("script")),
    ];
    const [automations, scripts, scenes] = [
      await storedOf("automation", traces),
      await storedOf("script", traces),
      await storedOf("scene", []),
    ];
    const now = clock.now();
    const linted = toLintedHouse({ home: home(), now, automations, scripts, scenes });
    const findings: Finding[] = [];
    for (const rule of RULES) {
      findings.push(...lint(linted, [rule]));
      await setImmediate(); // all at once takes so long that who opens a page would notice
    }
    return { at: now, findings, byEntity: byEntityOf(linted, findings) };
  }

  return {
    async findings() {
      if (last && !stale && clock.now() - last.at < FRESH_MS) return toInspected(last);
      looking ??= look().finally(() => {
        looking = undefined;
      });
      last = await looking;
      return toInspected(last);
    },
    async repairs() {
      const stored = await storedOf("automation", []);
      return repairAll(
        stored.map(({ entityId, name, config }) => ({
          id: entityId,
          name: name ?? entityId,
          config,
        })),
        home(),
      );
    },
    of: (entityId) => last?.byEntity.get(entityId),
    forget() {
      stale = true;
    },
  };
}

const toInspected = ({ at, findings }: Look): Inspected => ({ at, findings });

function byEntityOf(house: LintedHouse, findings: readonly Finding[]): Look["byEntity"] {
  const counts = new Map<string, Record<Severity, number>>();
  for (const { about, severity } of findings) {
    for (const entityId of about) {
      const count = counts.get(entityId) ?? { error: 0, warning: 0, hint: 0 };
      count[severity] += 1;
      counts.set(entityId, count);
    }
  }
  const all = [
    ...house.automations,
    ...house.scripts,
    ...house.scenes.map(({ entityId, scene }) => ({ entityId, configuration: scene })),
  ];
  return new Map(
    all.map(({ entityId, configuration }) => {
      const problems = counts.get(entityId) ?? { error: 0, warning: 0, hint: 0 };
      // Of what is made of a blueprint it is not known what it does.
      const isKnown = configuration && configuration.kind !== "blueprint_use";
      return [entityId, { problems, ...(isKnown && { cost: costOf(configuration, house.home) }) }];
    }),
  );
}
