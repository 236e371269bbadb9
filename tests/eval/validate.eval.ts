import { existsSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import {
  type Automation,
  type Blueprint,
  type BlueprintUse,
  type JsonMap,
  type ParseOptions,
  type Problem,
  parseAutomation,
  parseBlueprint,
  printAutomation,
  printBlueprint,
  readYaml,
  substitute,
} from "#src/home/automation/automation.ts";
import { compileTemplate } from "#src/home/template/template.ts";
import { type Bar, type Measure, measured, withoutData } from "../../tools/bars.ts";
import { root } from "../../tools/root.ts";
import {
  type ChangedAutomation,
  type ModelBlueprint,
  type RealAutomation,
  readAutomations,
  readBlueprintFiles,
  readChanged,
  readModelBlueprints,
} from "./validate/cases.ts";
import { firstDifference, isAround, isThere, placeIn } from "./validate/places.ts";

const ACCEPTED = {
  bar: "automations that Home Assistant accepts and we refuse",
  unit: "automations",
  limit: 0,
  direction: "max",
} as const;
const REFUSED = {
  bar: "invalid automations refused at the right place",
  unit: "%",
  limit: 97,
  direction: "min",
} as const;
const ODD = {
  bar: "odd but valid automations refused",
  unit: "automations",
  limit: 0,
  direction: "max",
} as const;
const AGREED = {
  bar: "agreement on blueprints of language models",
  unit: "%",
  limit: 95,
  direction: "min",
} as const;
const SAME = {
  bar: "read, printed and read again as the same",
  unit: "%",
  limit: 100,
  direction: "min",
} as const;

const options: ParseOptions = {
  checkTemplate: (text) => compileTemplate(text).problems[0]?.message,
};

/** How well our verdicts agree with those of Home Assistant, on automations and blueprints of others. */
const validate: Measure = async ({ dataFolder }) => {
  const folder = dataFolder ?? process.env.HOMEIQ_DATA_FOLDER ?? join(root, "../shared/data");
  if (!existsSync(folder)) {
    return {
      bars: [ACCEPTED, REFUSED, ODD, AGREED, SAME].map((bar) =>
        withoutData(bar, `there is no ${folder}`),
      ),
    };
  }
  const real = readAutomations(join(folder, "automations"));
  const changed = readChanged(join(folder, "yaml-validity"));
  const models = readModelBlueprints(join(folder, "nl-automation"));
  return {
    bars: [
      real ? measureAccepted(real) : withoutData(ACCEPTED, "there is no folder automations"),
      changed
        ? measureRefused(changed, real ?? [])
        : withoutData(REFUSED, "there is no folder yaml-validity"),
      changed ? measureOdd(changed) : withoutData(ODD, "there is no folder yaml-validity"),
      models
        ? measureAgreed(models)
        : withoutData(AGREED, "there is no nl-automation/llm-blueprints.json"),
      real
        ? measureSame(
            real,
            readBlueprintFiles(join(folder, "automations/blueprints")),
            changed ?? [],
          )
        : withoutData(SAME, "there is no folder automations"),
    ],
  };
};
export default validate;

const errorsOf = (problems: readonly Problem[]) =>
  problems.filter(({ severity }) => severity === "error");
const say = (problem: Problem | undefined) =>
  problem
    ? `${problem.code} at ${problem.path.join(".") || "the top"}: ${problem.message}`
    : "nothing";

function measureAccepted(real: readonly RealAutomation[]): Bar {
  const wrong = real.filter(({ name, raw, verdict }) => {
    const [error] = errorsOf(parseAutomation(raw, options).problems);
    if (!error) return false;
    const judged = verdict === "valid";
    console.log(
      `${judged ? "refused" : `refused (Home Assistant: ${verdict})`}: ${name}: ${say(error)}`,
    );
    return judged;
  });
  console.log(`${real.length} automations of real homes, ${wrong.length} false alarms`);
  return measured(ACCEPTED, wrong.length);
}

function measureRefused(
  changed: readonly ChangedAutomation[],
  real: readonly RealAutomation[],
): Bar {
  const invalid = changed.filter((each) => !each.valid_in_ha);
  const right = invalid.filter((each) => {
    const { value: raw } = readYaml(each.yaml);
    const errors = errorsOf(parseAutomation(raw, options).problems);
    const found = errors.some(({ path }) => isAtPlace(each, { raw, path, real }));
    if (!found)
      console.log(`missed: ${each.id} ${each.change}: ${each.ha_says} — we say ${say(errors[0])}`);
    return found;
  });
  console.log(`${invalid.length} invalid automations, ${right.length} refused at the right place`);
  return measured(REFUSED, percent(right.length, invalid.length));
}

function isAtPlace(
  { ha_says, from }: ChangedAutomation,
  { raw, path, real }: { raw: unknown; path: Problem["path"]; real: readonly RealAutomation[] },
): boolean {
  const said = placeIn(ha_says);
  if (said) return isThere(raw, { said, found: path });
  const original = real.find(({ name }) => name === from)?.raw;
  const where = original === undefined ? [] : (firstDifference(original, raw) ?? []);
  return isAround(where, path);
}

function measureOdd(changed: readonly ChangedAutomation[]): Bar {
  const refused = changed.filter((each) => {
    if (!each.valid_in_ha) return false;
    const [error] = errorsOf(parseAutomation(readYaml(each.yaml).value, options).problems);
    if (error) console.log(`refused although valid: ${each.id} ${each.change}: ${say(error)}`);
    return error !== undefined;
  });
  return measured(ODD, refused.length);
}

function measureAgreed({
  blueprints,
  inputs,
}: NonNullable<ReturnType<typeof readModelBlueprints>>): Bar {
  const judged = blueprints.filter(({ loads_in_ha }) => loads_in_ha !== null);
  const agreed = judged.filter((each) => {
    const error = errorOfBlueprint(each, (inputs.get(each.task) ?? {}) as JsonMap);
    const same = (error === undefined) === each.loads_in_ha;
    if (!same)
      console.log(
        `blueprint ${each.id} ${each.loads_in_ha ? "loads" : "does not load"}, and we say ${say(error)}`,
      );
    return same;
  });
  console.log(`${judged.length} blueprints of language models, ${agreed.length} agreed on`);
  return measured(AGREED, percent(agreed.length, judged.length));
}

function errorOfBlueprint({ yaml }: ModelBlueprint, input: JsonMap): Problem | undefined {
  const text = readYaml(yaml);
  const [unreadable] = errorsOf(text.problems);
  if (unreadable) return unreadable;
  const { value: blueprint, problems } = parseBlueprint(text.value, options);
  if (!blueprint) return errorsOf(problems)[0];
  if (blueprint.domain !== "automation") {
    return {
      code: "schema.wrong_domain",
      stage: "schema",
      severity: "error",
      path: ["blueprint", "domain"],
      message: blueprint.domain,
    };
  }
  const filled = substitute(blueprint, input);
  if (filled.value === undefined) return errorsOf(filled.problems)[0];
  return errorsOf(parseAutomation(filled.value, options).problems)[0];
}

function measureSame(
  real: readonly RealAutomation[],
  files: readonly { name: string; text: string }[],
  changed: readonly ChangedAutomation[],
): Bar {
  const valid = changed.filter((each) => each.valid_in_ha);
  const automations = [
    ...real.map(({ name, raw }) => ({ name, raw })),
    ...valid.map(({ id, yaml }) => ({ name: id, raw: readYaml(yaml).value })),
  ].flatMap(({ name, raw }) => {
    const { value } = parseAutomation(raw, options);
    return value ? [{ name, same: automationStays(value) }] : [];
  });
  const blueprints = files.flatMap(({ name, text }) => {
    const { value, problems } = parseBlueprint(readYaml(text).value, options);
    if (value) return [{ name, same: blueprintStays(value) }];
    console.log(`blueprint ${name} is refused: ${say(errorsOf(problems)[0])}`);
    return [];
  });
  const all = [...automations, ...blueprints];
  for (const { name } of all.filter(({ same }) => !same))
    console.log(`changed by reading and printing: ${name}`);
  return measured(SAME, percent(all.filter(({ same }) => same).length, all.length));
}

const automationStays = (value: Automation | BlueprintUse): boolean =>
  (["modern", "legacy"] as const).every((syntax) =>
    isDeepStrictEqual(parseAutomation(printAutomation(value, { syntax })).value, value),
  );

const blueprintStays = (value: Blueprint): boolean =>
  isDeepStrictEqual(parseBlueprint(printBlueprint(value)).value, value);

const percent = (part: number, whole: number) => (whole === 0 ? Number.NaN : (100 * part) / whole);
