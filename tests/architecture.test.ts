import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const SOURCE = fileURLToPath(new URL("../homeiq/src/", import.meta.url));

/** From the ground up. Two names on one floor never import each other. */
const FLOORS = [
  ["foundation"],
  ["store"],
  ["home"],
  ["ingest", "enrichment"],
  ["analysis"],
  ["ai"],
  ["api"],
];
/** Beside the face that is named after the folder; each is read by several rooms. */
const MORE_FACES = new Set([
  "home/registry/names.ts",
  "home/registry/targets.ts",
  // What threads need of it, without the schemas that its face brings along.
  "ingest/history/reader/past-reader.ts",
  "ingest/normalize/number.ts",
  "ingest/normalize/state-change.ts",
]);
const ROOT_FILES = new Set([
  "main.ts",
  "compose.ts",
  "compose-agent.ts",
  "compose-automations.ts",
  "compose-calendar.ts",
  "compose-enrichment.ts",
  "compose-entities.ts",
  "compose-energy.ts",
  "compose-noticing.ts",
  "compose-patterns.ts",
  "compose-publish.ts",
  "compose-settings.ts",
  "compose-sports.ts",
  "compose-suggestions.ts",
  "compose-synergies.ts",
  "compose-vendors.ts",
  "compose-review.ts",
  "compose-past.ts",
  "version.ts",
  "healthcheck.ts",
  "backup-hook.ts",
]);

interface Import {
  readonly from: string;
  readonly to: string;
}

function allImports(): Import[] {
  const files = readdirSync(SOURCE, { recursive: true, encoding: "utf8" }).filter((file) =>
    file.endsWith(".ts"),
  );
  return files.flatMap((from) => {
    const text = readFileSync(join(SOURCE, from), "utf8");
    return [...text.matchAll(/from "(#|\.{1,2}\/)([^"]+)"/g)].map(([, start = "", rest = ""]) => ({
      from,
      to: start === "#" ? rest : relative(SOURCE, resolve(SOURCE, dirname(from), start + rest)),
    }));
  });
}

const floorOf = (file: string) =>
  FLOORS.findIndex((names) => names.includes(file.split("/")[0] ?? ""));
const roomOf = (file: string) => file.split("/").slice(0, -1).join("/");

/** `home/states/states.ts` is the face of `home/states`; on a floor without rooms every file is one. */
function isFace(file: string): boolean {
  const [floor = "", room = "", name] = file.split("/");
  if (name === undefined) return true;
  return (
    name === `${room}.ts` || MORE_FACES.has(file) || ["foundation", "store", "api"].includes(floor)
  );
}

/** A large room has rooms within, `ingest/history/chunk`; only it and they enter them, by their faces. */
function isFaceWithin(from: string, file: string): boolean {
  const [floor, room, inner, name] = file.split("/");
  return from.startsWith(`${floor}/${room}/`) && name === `${inner}.ts`;
}

function problemOf({ from, to }: Import): string | undefined {
  if (ROOT_FILES.has(from)) return undefined; // the composition root knows every room
  if (ROOT_FILES.has(to)) return "imports the composition root";
  if (roomOf(from) === roomOf(to)) return undefined;
  const [here, there] = [floorOf(from), floorOf(to)];
  const sameName = from.split("/")[0] === to.split("/")[0];
  if (there > here) return "goes up the stairs";
  if (there === here && !sameName) return "goes across";
  if (to.endsWith(".table.ts")) return "reads another room's table";
  const enters = isFace(to) || isFaceWithin(from, to) || from.startsWith(`${roomOf(to)}/`);
  return enters ? undefined : "does not enter by the face";
}

test("every import goes down the stairs and enters by a face", () => {
  const imports = allImports();
  expect(imports.length).toBeGreaterThan(100);
  const problems = imports.flatMap((one) => {
    const problem = problemOf(one);
    return problem ? [`${one.from} -> ${one.to}: ${problem}`] : [];
  });
  expect(problems).toEqual([]);
});

test("every file of the source stands on a floor or is the composition root", () => {
  const strays = readdirSync(SOURCE, { recursive: true, encoding: "utf8" }).filter(
    (file) => file.endsWith(".ts") && floorOf(file) < 0 && !ROOT_FILES.has(file),
  );
  expect(strays).toEqual([]);
});
