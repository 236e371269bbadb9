import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { NODE_ENVIRONMENT, NODE_FLAGS } from "../../tools/node-flags.ts";

const context = fileURLToPath(new URL("../../homeiq/", import.meta.url));
const read = (name: string) => readFileSync(join(context, name), "utf8");
const dockerfile = instructions(read("Dockerfile"));
const ignored = read(".dockerignore")
  .split("\n")
  .filter((line) => line && !line.startsWith("#"));

// What the build stage makes before a later instruction copies it.
const BUILT = ["node_modules", "dist", "ui/build"];

test("everything that the image copies from the folder is there, and is not ignored", () => {
  const copied = dockerfile
    .filter(({ name, rest }) => name === "COPY" && !rest.includes("--from="))
    .flatMap(({ rest }) => sourcesOf(rest));
  expect(copied).toEqual(
    expect.arrayContaining(["package.json", "ui/package-lock.json", "entrypoint.sh"]),
  );
  for (const source of copied) {
    expect(source, "a path outside the folder is outside the context").not.toContain("..");
    expect(existsSync(join(context, source)), `${source} exists`).toBe(true);
    expect(ignored, `${source} reaches the build`).not.toContain(source);
  }
});

test("everything that the image copies from its build is a source, or what the build makes", () => {
  const copied = dockerfile
    .filter(({ name, rest }) => name === "COPY" && rest.includes("--from=build"))
    .flatMap(({ rest }) => sourcesOf(rest))
    .map((source) => source.replace(/^\/src\//, ""));
  expect(copied).toEqual(expect.arrayContaining(BUILT));
  for (const source of copied) {
    expect(BUILT.includes(source) || existsSync(join(context, source)), source).toBe(true);
  }
});

test("the sources that the build bundles reach it", () => {
  for (const source of [
    "build.ts",
    "slim.ts",
    "src",
    "src/main.ts",
    "tsconfig.json",
    "ui/src",
    "ui/vite.config.ts",
  ]) {
    expect(existsSync(join(context, source)), `${source} exists`).toBe(true);
    expect(ignored, `${source} reaches the build`).not.toContain(source);
  }
});

test("each script that the build calls is in a package.json", () => {
  const app = JSON.parse(read("package.json"));
  const ui = JSON.parse(read("ui/package.json"));
  expect(app.scripts.build).toEqual(expect.any(String));
  expect(ui.scripts.build).toEqual(expect.any(String));
});

test("both stages stand on the same Node 24 for Debian, with no download by onnxruntime", () => {
  const from = dockerfile.filter(({ name }) => name === "FROM").map(({ rest }) => rest);
  const variable = `\${NODE_IMAGE}`;
  expect(from).toEqual([`${variable} AS build`, variable]);
  expect(dockerfile).toContainEqual({ name: "ARG", rest: "NODE_IMAGE=node:24-trixie-slim" });
  expect(dockerfile).toContainEqual({ name: "ENV", rest: "ONNXRUNTIME_NODE_INSTALL=skip" });
});

test("the image says when it is healthy, soon after its start", () => {
  const check = dockerfile.find(({ name }) => name === "HEALTHCHECK")?.rest ?? "";
  expect(check).toContain("--start-interval=");
  expect(check).toContain("/app/dist/healthcheck.js");
});

test("Node takes the place of the start script, as a user that is not root, so that it hears SIGTERM", () => {
  expect(dockerfile.at(-1)).toEqual({ name: "ENTRYPOINT", rest: '["/entrypoint.sh"]' });
  const script = read("entrypoint.sh");
  expect(script.startsWith("#!/bin/sh\n")).toBe(true);
  expect(script).toMatch(/^exec setpriv --reuid=node .* -- "\$@"$/m);
  expect(statSync(join(context, "entrypoint.sh")).mode & 0o111).toBeGreaterThan(0);
});

test("what is measured here runs with the flags of the image", () => {
  const line = /^set -- node (.*) \/app\/dist\/main\.js$/m.exec(read("entrypoint.sh"))?.[1] ?? "";
  const names = (flags: readonly string[]) => flags.map((flag) => flag.split("=")[0]);
  expect(names(line.replaceAll('"', "").split(" "))).toEqual(names(NODE_FLAGS));
  for (const flag of NODE_FLAGS.slice(0, 2)) expect(line).toContain(flag);
  for (const [name, value] of Object.entries(NODE_ENVIRONMENT)) {
    expect(read("entrypoint.sh")).toContain(`\nexport ${name}=${value}\n`);
  }
});

function instructions(text: string): { name: string; rest: string }[] {
  const lines = text.replace(/^#.*\n/gm, "").replaceAll(/\s*\\\n\s*/g, " ");
  return lines
    .split("\n")
    .filter((line) => line.trim())
    .map((line) => ({
      name: line.split(" ")[0] ?? "",
      rest: line.slice(line.indexOf(" ") + 1).trim(),
    }));
}

function sourcesOf(copy: string): string[] {
  const paths = copy.split(/\s+/).filter((word) => !word.startsWith("--"));
  return paths.slice(0, -1);
}
