import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { check, placesOf } from "#src/analysis/automation-check/automation-check.ts";
import { lint, RULES, toLintedHouse } from "#src/analysis/automation-lint/automation-lint.ts";
import {
  editYaml,
  parseAutomation,
  readYaml,
  sameMeaning,
  writeYaml,
} from "#src/home/automation/automation.ts";
import { type HomeSnapshot, toSnapshot } from "#src/home/snapshot/snapshot.ts";
import { dataFolder } from "#support/data-folder.ts";

const folder = join(dataFolder, "automations");
const present = existsSync(folder);
if (!present) process.stderr.write(`Skipped: no automations of real homes in ${folder}\n`);

interface RealHome {
  readonly file: string;
  readonly list: readonly unknown[];
  readonly home: HomeSnapshot;
}
let homes: readonly RealHome[] = [];

/** The house that an owner must have had: every entity and action that the automations name is there. */
function houseOf(list: readonly unknown[]): HomeSnapshot {
  const services: Record<string, Record<string, unknown>> = JSON.parse(
    readFileSync(join(dataFolder, "ha-services", "services.json"), "utf8"),
  );
  const ids = new Set<string>();
  for (const { kind, id } of list.flatMap((one) => placesOf(one))) {
    if (kind === "entity") ids.add(id.toLowerCase());
    const [domain = "", name = ""] = id.split(".");
    if (kind === "action" && !services[domain]?.[name]) {
      services[domain] = { ...services[domain], [name]: { response: { optional: true } } };
    }
  }
  const entities = [...ids].map((entityId) => ({
    entityId,
    state: /^(sensor|number|input_number|counter)\./.test(entityId) ? "1" : "on",
    attributes: { supported_features: 0x7fff_ffff },
  }));
  return toSnapshot({ entities, services, version: "2026.9.1" });
}

describe.skipIf(!present)("automations of real homes", () => {
  beforeAll(() => {
    homes = readdirSync(folder)
      .filter((file) => file.endsWith(".yaml"))
      .map((file) => {
        const { value } = readYaml(readFileSync(join(folder, file), "utf8"));
        const list: unknown[] = Array.isArray(value) ? value : [];
        return { file, list, home: houseOf(list) };
      });
  });

  test("in their own house two are refused, each for a fault that its owner overlooked", async () => {
    const refused: string[] = [];
    let all = 0;
    for (const { list, home } of homes) {
      for (const one of list) {
        all += 1;
        const { problems } = await check(one, home);
        refused.push(
          ...problems.filter((each) => each.severity === "error").map((each) => each.code),
        );
      }
    }
    expect(all).toBeGreaterThan(150);
    expect(refused.sort()).toEqual(["references.missing_field", "types.cannot_wrong_domain"]);
  });

  test("old words are migrated without a change of meaning, and once", { timeout: 60_000 }, () => {
    const migrations = RULES.filter((rule) =>
      ["lint.old_keys", "lint.data_template"].includes(rule.code),
    );
    let migrated = 0;
    for (const { list, home } of homes) {
      for (const one of list) {
        let text = writeYaml(one);
        const before = parseAutomation(one).value;
        const find = () =>
          lint(
            toLintedHouse({
              now: 0,
              home,
              automations: [{ entityId: "automation.one", config: readYaml(text).value }],
            }),
            migrations,
          );
        for (const rule of migrations) {
          const found = find().find((each) => each.code === rule.code);
          if (found?.fix) text = editYaml(text, found.fix.edits);
          if (found) migrated += 1;
        }
        const after = parseAutomation(readYaml(text).value).value;
        expect(find()).toEqual([]);
        if (before?.kind !== "automation" || after?.kind !== "automation") continue;
        expect(sameMeaning(before, after)).toBe(true);
      }
    }
    expect(migrated).toBeGreaterThan(100);
  });
});
