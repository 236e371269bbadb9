import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { placesOf, repair } from "#src/analysis/automation-check/automation-check.ts";
import { editYaml, readYaml, writeYaml } from "#src/home/automation/automation.ts";
import { type HomeSnapshot, toSnapshot } from "#src/home/snapshot/snapshot.ts";
import { type Chance, chanceOf, type MadeParts, madeHome, pick } from "#support/made-home.ts";
import { type Bar, type Measure, measured } from "../../tools/bars.ts";
import { automationFor, KINDS, type Kind, type Mutation, mutate } from "./repair/mutations.ts";

const AUTOMATIONS = 500;
const HOMES = 6;
const MOST_TRIES = 300;

/** 500 automations, each with one entity that is renamed, misspelt or given by its name: what repair makes of them. */
const measure: Measure = ({ dataFolder }) => {
  const homes = [
    ...Array.from({ length: HOMES }, (_, index) => madeHome(index)),
    ...realHomes(dataFolder),
  ];
  const chance = chanceOf(42);
  const counts = new Map(
    KINDS.map((kind) => [kind, { proposed: 0, asked: 0, missed: 0, wrong: 0 }]),
  );
  const examples: string[] = [];
  for (let index = 0; index < AUTOMATIONS; index++) {
    const kind = KINDS[index % KINDS.length] ?? "renamed_with_history";
    const mutation = make(homes, chance, { index, kind });
    const verdict = judge(mutation);
    const count = counts.get(mutation.kind);
    if (count) count[verdict] += 1;
    if (verdict === "missed" || verdict === "wrong") examples.push(describe(mutation, verdict));
  }
  const removed = judgeRemoved(homes, chance, examples);
  for (const [kind, count] of counts) console.log(kind.padEnd(24), JSON.stringify(count));
  console.log("removed, no successor".padEnd(24), JSON.stringify(removed));
  for (const example of examples.slice(0, 40)) console.log(`  ${example}`);
  return Promise.resolve({ bars: barsOf([...counts.values()], removed.wrong) });
};
export default measure;

/** In the home whose turn it is; where its names allow no mistake of that kind, in the next one. */
function make(
  homes: readonly MadeParts[],
  chance: Chance,
  { index, kind }: { index: number; kind: Kind },
): Mutation {
  for (let turn = 0; turn < homes.length; turn++) {
    const parts = homes[(index + turn) % homes.length];
    for (let tries = 0; parts && tries < MOST_TRIES; tries++) {
      const mutation = mutate(parts, pick(parts.entities, chance), { kind, chance });
      if (mutation) return mutation;
    }
  }
  throw new Error(`No home allows a mistake of the kind ${kind}`);
}

type Verdict = "proposed" | "asked" | "missed" | "wrong";

function judge({ raw, home, written, expected }: Mutation): Verdict {
  const found = repair(raw, home).filter((one) => one.from === written);
  const [one] = found;
  if (one?.verdict === "proposed") {
    // The edits are carried out: what counts is the automation that comes of them.
    const mended = readYaml(editYaml(writeYaml(raw), one.edits)).value;
    const names = placesOf(mended).some((place) => place.id === expected);
    // In templates too nothing but the id may be another.
    const wanted = JSON.stringify(raw).replaceAll(written, expected);
    return names && JSON.stringify(mended) === wanted && repair(mended, home).length === 0
      ? "proposed"
      : "wrong";
  }
  return one?.candidates[0]?.id === expected ? "asked" : "missed";
}

/** An entity that is gone for good: a proposal would be wrong, a question is fair. */
function judgeRemoved(homes: readonly MadeParts[], chance: Chance, examples: string[]) {
  const removed = { wrong: 0, asked: 0, none: 0 };
  for (let index = 0; index < AUTOMATIONS; index++) {
    const parts = pick(homes, chance);
    const gone = pick(parts.entities, chance);
    const entities = parts.entities.filter((one) => one !== gone);
    const home: HomeSnapshot = toSnapshot({ ...parts, entities });
    const [one] = repair(automationFor(gone.entityId, chance), home);
    if (one?.verdict === "proposed") {
      removed.wrong += 1;
      examples.push(`removed ${gone.entityId}: proposed ${one.to} (${one.score}, ${one.reason})`);
    } else removed[one?.verdict === "asked" ? "asked" : "none"] += 1;
  }
  return removed;
}

function describe({ raw, home, kind, written, expected }: Mutation, verdict: Verdict): string {
  const one = repair(raw, home).find((repaired) => repaired.from === written);
  const first = one?.candidates.map((candidate) => `${candidate.id} ${candidate.score}`);
  return `${verdict} ${kind}: ${written} should be ${expected}; found ${first?.join(", ") || "nothing"}`;
}

function barsOf(counts: readonly Record<Verdict, number>[], wrongRemoved: number): Bar[] {
  const sum = (verdict: Verdict) => counts.reduce((total, count) => total + count[verdict], 0);
  const share = (number: number) => Math.round((number / AUTOMATIONS) * 1000) / 10;
  const right = share(sum("proposed") + sum("asked"));
  const wrong = sum("wrong") + wrongRemoved;
  return [
    measured(
      {
        bar: "repaired right: proposed, or first in a question",
        unit: "%",
        limit: 95,
        direction: "min",
      },
      right,
    ),
    measured(
      { bar: "of these proposed without a question", unit: "%", limit: 60, direction: "min" },
      share(sum("proposed")),
    ),
    measured(
      {
        bar: "wrong without asking, removed entities included",
        unit: "repairs",
        limit: 0,
        direction: "max",
      },
      wrong,
    ),
  ];
}

function realHomes(
  dataFolder = process.env.HOMEIQ_DATA_FOLDER ?? join("..", "shared", "data"),
): MadeParts[] {
  const folder = join(dataFolder, "ha-states");
  if (!existsSync(folder)) {
    console.log("No states of real homes here: only made ones are measured.");
    return [];
  }
  return ["arsaboo.json", "jimpower.json"].map((file) => {
    const states: { entity_id: string; state: string; attributes: Record<string, unknown> }[] =
      JSON.parse(readFileSync(join(folder, file), "utf8"));
    const entities = states.map(({ entity_id, state, attributes }) => {
      const name = attributes.friendly_name;
      const told = typeof name === "string" && !name.startsWith("ui.");
      return { entityId: entity_id, name: told ? name : entity_id, state, attributes };
    });
    return { entities };
  });
}
