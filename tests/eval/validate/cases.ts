import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { readYaml } from "#src/home/automation/automation.ts";

/** An automation of a real home, and what Home Assistant says about it. */
export interface RealAutomation {
  readonly name: string;
  readonly file: string;
  readonly index: number;
  readonly raw: unknown;
  /** `valid`, `uses a blueprint`, or why not; `undefined`: nobody asked. */
  readonly verdict: string | undefined;
}

/** A valid automation with one change, and whether it still is. */
export interface ChangedAutomation {
  readonly id: string;
  readonly change: string;
  readonly from: string;
  readonly yaml: string;
  readonly valid_in_ha: boolean;
  readonly ha_says: string;
}

export interface ModelBlueprint {
  readonly id: string;
  readonly task: string;
  readonly yaml: string;
  readonly loads_in_ha: boolean | null;
}

const readJson = (file: string): unknown => JSON.parse(readFileSync(file, "utf8"));

/** Every list of automations in a folder, with the verdicts beside it. */
export function readAutomations(folder: string): RealAutomation[] | undefined {
  if (!existsSync(folder)) return undefined;
  const names = readdirSync(folder);
  const verdictFile = names.find((name) => /^verdicts.*\.json$/.test(name));
  const verdicts = (verdictFile ? readJson(join(folder, verdictFile)) : {}) as Record<
    string,
    { verdict: string }[]
  >;
  return names
    .filter((name) => /\.ya?ml$/.test(name))
    .flatMap((file) => {
      const { value } = readYaml(readFileSync(join(folder, file), "utf8"));
      return (Array.isArray(value) ? value : []).map((raw: unknown, index) => ({
        name: `${basename(file, ".yaml")}#${index}`,
        file,
        index,
        raw,
        verdict: verdicts[file]?.[index]?.verdict,
      }));
    });
}

export function readBlueprintFiles(folder: string): { name: string; text: string }[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => /\.ya?ml$/.test(name))
    .map((name) => ({ name, text: readFileSync(join(folder, name), "utf8") }));
}

export function readChanged(folder: string): ChangedAutomation[] | undefined {
  if (!existsSync(folder)) return undefined;
  return casesIn<ChangedAutomation>(folder).filter((each) => typeof each.valid_in_ha === "boolean");
}

/** The blueprints of language models, with the inputs that they are used with. */
export function readModelBlueprints(
  folder: string,
):
  | { blueprints: ModelBlueprint[]; inputs: ReadonlyMap<string, Record<string, unknown>> }
  | undefined {
  const [blueprints, tasks] = ["llm-blueprints.json", "tasks.json"].map((name) =>
    join(folder, name),
  );
  if (!blueprints || !tasks || !existsSync(blueprints) || !existsSync(tasks)) return undefined;
  const { cases } = readJson(blueprints) as { cases: ModelBlueprint[] };
  const given = (
    readJson(tasks) as { cases: { id: string; blueprint_inputs: Record<string, unknown> }[] }
  ).cases;
  return {
    blueprints: cases,
    inputs: new Map(given.map((task) => [task.id, task.blueprint_inputs])),
  };
}

function casesIn<Case>(folder: string): Case[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(".json"))
    .flatMap((name) => (readJson(join(folder, name)) as { cases?: Case[] }).cases ?? []);
}
