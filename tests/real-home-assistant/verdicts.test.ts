import { existsSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type ParseOptions, parseAutomation, readYaml } from "#src/home/automation/automation.ts";
import { directEndpoint } from "#src/home/connection/connection.ts";
import { compileTemplate } from "#src/home/template/template.ts";
import { type OpenConfig, openAutomationConfig } from "#support/automation-config.ts";
import { dataFolder } from "#support/data-folder.ts";
import { eventually } from "#support/eventually.ts";
import { readAutomations, readChanged } from "../eval/validate/cases.ts";
import { type RealHomeAssistant, startRealHomeAssistant } from "./home-assistant.ts";
import { missing } from "./needed.ts";
import { ACTIONS, CONDITIONS, TRIGGERS } from "./verdicts/bases.ts";
import { changesOf } from "./verdicts/changes.ts";
import { type Judge, openJudge, type Part } from "./verdicts/judge.ts";

const AT_ONCE = 100;
const LEAST_REFUSED = 0.98;
/** A trigger of an integration that this house lacks: it says nothing of how it is written. */
const OF_THIS_HOUSE = /does not provide (trigger|condition) support/;
const NOTHING = { triggers: [], conditions: [], actions: [] };

interface Case {
  readonly part: Part;
  readonly value: unknown;
}

interface Difference extends Case {
  readonly theirs: string;
  readonly ours: string;
}

interface Compared {
  readonly count: number;
  readonly refused: number;
  readonly falselyRefused: readonly Difference[];
  readonly falselyAccepted: readonly Difference[];
}

describe.skipIf(missing !== undefined)("what is valid, beside a real Home Assistant", () => {
  let house: RealHomeAssistant;
  let judge: Judge;
  let opened: OpenConfig;
  let options: ParseOptions;

  beforeAll(async () => {
    house = await startRealHomeAssistant();
    judge = await openJudge(house.url, house.owner.token);
    opened = await openAutomationConfig(directEndpoint(house.url, house.owner.token));
    const { platforms } = opened.config;
    await eventually("it announced", () => platforms.triggers.has("light.turned_on") || undefined);
    await eventually("that too", () => platforms.conditions.has("light.is_on") || undefined);
    options = {
      checkTemplate: (text) => compileTemplate(text).problems[0]?.message,
      haVersion: house.version,
      triggerKeys: platforms.triggers,
      conditionKeys: platforms.conditions,
    };
  });

  afterAll(async () => {
    judge?.[Symbol.dispose]();
    await opened?.[Symbol.asyncDispose]();
    await house?.[Symbol.asyncDispose]();
  });

  async function compare(cases: readonly Case[]): Promise<Compared> {
    const falselyRefused: Difference[] = [];
    const falselyAccepted: Difference[] = [];
    let refused = 0;
    async function one({ part, value }: Case): Promise<void> {
      const theirs = await judge(part, value);
      if (OF_THIS_HOUSE.test(theirs.error ?? "")) return;
      const [ours] = parseAutomation({ ...NOTHING, [part]: value }, options).problems.filter(
        ({ severity, path }) => severity === "error" && path[0] === part,
      );
      if (!theirs.valid) refused += 1;
      if (theirs.valid === (ours === undefined)) return;
      const difference = {
        ...{ part, value, theirs: theirs.error ?? "valid" },
        ours: ours ? `${ours.path.join(".")}: ${ours.message}` : "valid",
      };
      (theirs.valid ? falselyRefused : falselyAccepted).push(difference);
    }
    for (let from = 0; from < cases.length; from += AT_ONCE) {
      await Promise.all(cases.slice(from, from + AT_ONCE).map(one));
    }
    return { count: cases.length, refused, falselyRefused, falselyAccepted };
  }

  function report(what: string, compared: Compared): void {
    const { count, refused, falselyRefused, falselyAccepted } = compared;
    const wrong = [...falselyRefused, ...falselyAccepted];
    console.log(
      `${what}: ${count} verdicts, ${refused} refused, ${wrong.length} differ\n` +
        wrong.map((one) => JSON.stringify(one)).join("\n"),
    );
  }

  test.each([
    ["triggers", TRIGGERS],
    ["conditions", CONDITIONS],
    ["actions", ACTIONS],
  ] as const)(
    "%s of every kind, and each of them with every single change",
    async (part, bases) => {
      const values = bases.flatMap((base) => [base, ...changesOf(base)]);
      const texts = new Set(values.map((value) => JSON.stringify(value)));
      const compared = await compare([...texts].map((text) => ({ part, value: JSON.parse(text) })));
      report(part, compared);
      expect(compared.refused).toBeGreaterThan(1_000);
      expect(compared.falselyRefused).toEqual([]);
      expect(1 - compared.falselyAccepted.length / compared.refused).toBeGreaterThanOrEqual(
        LEAST_REFUSED,
      );
    },
  );

  test("automations of real homes, and changed ones", async ({ skip }) => {
    if (!existsSync(dataFolder)) return skip("there is no ../shared/data beside the project");
    const changed = readChanged(join(dataFolder, "yaml-validity")) ?? [];
    const raws = [
      ...(readAutomations(join(dataFolder, "automations")) ?? []).map(({ raw }) => raw),
      ...changed.map(({ yaml }) => readYaml(yaml).value),
    ];
    const compared = await compare(raws.flatMap(partsOf));
    report("real homes", compared);
    expect(compared.falselyRefused).toEqual([]);
    expect(1 - compared.falselyAccepted.length / compared.refused).toBeGreaterThanOrEqual(
      LEAST_REFUSED,
    );
  });
});

const KEYS = [
  ["triggers", "trigger"],
  ["conditions", "condition"],
  ["actions", "action"],
] as const;

/** What `validate_config` can be asked of an automation; tags of YAML it does not know. */
function partsOf(raw: unknown): Case[] {
  if (typeof raw !== "object" || raw === null || "use_blueprint" in raw) return [];
  const keys = new Map(Object.entries(raw));
  return KEYS.flatMap(([part, old]) => {
    const value = keys.get(part) ?? keys.get(old);
    const isAskable = value !== undefined && !JSON.stringify(value).includes('"tag":"!');
    return isAskable ? [{ part, value }] : [];
  });
}
