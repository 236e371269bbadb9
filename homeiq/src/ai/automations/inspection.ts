import { setImmediate } from "node:timers/promises";
import {
  type Cost,
  costOf,
  type ReviewedRepair,
  repairAll,
  type StoredConfiguration,
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
import { maskSecrets, secretsIn } from "#foundation/secrets.ts";
import { MINUTE_MS } from "#foundation/time.ts";
import type { Severity } from "#home/automation/automation.ts";
import {
  type AutomationConfig,
  DOMAINS,
  type Domain,
} from "#home/automation-config/automation-config.ts";
import type { HomeSnapshot } from "#home/snapshot/snapshot.ts";
import type { EntityState } from "#home/states/states.ts";
import type { LivesOf } from "./lives.ts";
import { readStanding } from "./standing.ts";

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
  /** Home Assistant does not tell its configuration: scenes of packages, and what it could not load. */
  readonly untold?: true;
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
  readonly home: () => Promise<HomeSnapshot>;
  readonly neverFiredDays?: number;
  readonly lives: () => Promise<LivesOf>;
}

const FRESH_MS = 10 * MINUTE_MS;

/** Looks at every automation, script and scene together: what is wrong alone, and what is wrong between them. */
export function createInspection(deps: Deps): Inspection {
  const { clock, house, states, home, lives, neverFiredDays } = deps;
  let last: Look | undefined;
  let looking: Promise<Look> | undefined;
  let stale = true;

  const storedOf = (domain: Domain, lifeOf?: LivesOf): Promise<Stored[]> =>
    readStanding(house, domain, (standing) => ({
      ...present("stateSince", states.get(standing.entityId)?.lastChangedAt),
      ...lifeOf?.(standing),
    }));

  async function look(): Promise<Look> {
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
    const findings: Finding[] = [];
    for (const rule of RULES) {
      for (const finding of lint(linted, [rule])) {
        const known = finding.about.flatMap((entityId) => secrets.get(entityId) ?? []);
        findings.push({ ...finding, message: maskSecrets(finding.message, known) });
      }
      await setImmediate(); // all at once takes so long that who opens a page would notice
    }
    const byEntity = byEntityOf(linted, findings);
    const standing = DOMAINS.flatMap((domain) => house.list(domain));
    for (const { entityId } of standing) {
      if (!secrets.has(entityId)) byEntity.set(entityId, { problems: NO_PROBLEMS, untold: true });
    }
    return { at: now, findings, byEntity };
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
      const all: StoredConfiguration[] = [];
      for (const domain of DOMAINS) {
        for (const { entityId, name, config } of await storedOf(domain)) {
          all.push({ id: entityId, name: name ?? entityId, config });
        }
      }
      return repairAll(all, await home());
    },
    of: (entityId) => last?.byEntity.get(entityId),
    forget() {
      stale = true;
    },
  };
}

const toInspected = ({ at, findings }: Look): Inspected => ({ at, findings });

const NO_PROBLEMS = { error: 0, warning: 0, hint: 0 };

function byEntityOf(house: LintedHouse, findings: readonly Finding[]): Map<string, InspectedOne> {
  const counts = new Map<string, Record<Severity, number>>();
  for (const { about, severity } of findings) {
    for (const entityId of about) {
      const count = counts.get(entityId) ?? { ...NO_PROBLEMS };
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
      const problems = counts.get(entityId) ?? NO_PROBLEMS;
      // Of what is made of an unknown blueprint it is not known what it does.
      const isKnown = configuration && configuration.kind !== "blueprint_use";
      return [entityId, { problems, ...(isKnown && { cost: costOf(configuration, house.home) }) }];
    }),
  );
}
