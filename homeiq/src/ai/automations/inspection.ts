import { type ReviewedRepair, repairAll } from "#analysis/automation-check/automation-check.ts";
import {
  type Finding,
  lint,
  type Stored,
  toLintedHouse,
} from "#analysis/automation-lint/automation-lint.ts";
import { present } from "#foundation/absent.ts";
import type { Clock } from "#foundation/clock.ts";
import { maskSecrets, secretsIn } from "#foundation/secrets.ts";
import { MINUTE_MS } from "#foundation/time.ts";
import type { AutomationConfig, Domain } from "#home/automation-config/automation-config.ts";
import type { HomeSnapshot } from "#home/snapshot/snapshot.ts";
import type { EntityState } from "#home/states/states.ts";
import type { LivesOf } from "./lives.ts";

/** What was found wrong with everything that stands in Home Assistant, and when that was looked at. */
export interface Inspected {
  readonly at: number;
  readonly findings: readonly Finding[];
}

export interface Inspection {
  /** Looks again when something was reloaded, or the last look is ten minutes old. */
  findings(): Promise<Inspected>;
  /** References that lead nowhere, with what they most likely meant: one review for all. */
  repairs(): Promise<readonly ReviewedRepair[]>;
  /** Errors and warnings about one, at the last look; absent while nobody looked. */
  problemsOf(entityId: string): number | undefined;
  /** Something stands there that was not looked at. */
  forget(): void;
}

interface Deps {
  readonly clock: Clock;
  readonly house: AutomationConfig;
  readonly states: ReadonlyMap<string, EntityState>;
  readonly home: () => Promise<HomeSnapshot>;
  readonly neverFiredDays?: number;
  readonly lives: () => Promise<LivesOf>;
}

const FRESH_MS = 10 * MINUTE_MS;

/** Looks at every automation, script and scene together: what is wrong alone, and what is wrong between them. */
export function createInspection(deps: Deps): Inspection {
  const { clock, house, states, home, lives, neverFiredDays } = deps;
  let last: Inspected | undefined;
  let looking: Promise<Inspected> | undefined;
  let stale = true;

  async function storedOf(domain: Domain, lifeOf?: LivesOf): Promise<Stored[]> {
    const stored: Stored[] = [];
    // One after the other: a small machine has other things to do.
    for (const standing of house.list(domain)) {
      const { entityId, name, state } = standing;
      const found = await house.configOf(entityId);
      if (!found) continue;
      stored.push({
        ...{ entityId, name, state, config: found.config },
        ...present("stateSince", states.get(entityId)?.lastChangedAt),
        ...lifeOf?.(standing),
      });
    }
    return stored;
  }

  async function look(): Promise<Inspected> {
    stale = false;
    const lifeOf = await lives();
    const [automations, scripts, scenes] = [
      await storedOf("automation", lifeOf),
      await storedOf("script", lifeOf),
      await storedOf("scene"),
    ];
    const now = clock.now();
    const linted = toLintedHouse({
      ...{ home: await home(), now, automations, scripts, scenes },
      ...present("neverFiredDays", neverFiredDays),
    });
    const secrets = new Map(
      [...automations, ...scripts, ...scenes].map((one) => [one.entityId, secretsIn(one.config)]),
    );
    const findings = lint(linted).map((finding) => {
      const known = finding.about.flatMap((entityId) => secrets.get(entityId) ?? []);
      return { ...finding, message: maskSecrets(finding.message, known) };
    });
    return { at: now, findings };
  }

  return {
    async findings() {
      if (last && !stale && clock.now() - last.at < FRESH_MS) return last;
      looking ??= look().finally(() => {
        looking = undefined;
      });
      last = await looking;
      return last;
    },
    async repairs() {
      const stored = await storedOf("automation");
      return repairAll(
        stored.map(({ entityId, name, config }) => ({
          id: entityId,
          name: name ?? entityId,
          config,
        })),
        await home(),
      );
    },
    problemsOf: (entityId) =>
      last?.findings.filter(
        ({ about, severity }) => severity !== "hint" && about.includes(entityId),
      ).length,
    forget() {
      stale = true;
    },
  };
}
