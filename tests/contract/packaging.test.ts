import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { AppConfig, DEFAULTS } from "#support/app-config.schema.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const read = (path: string) => readFileSync(join(root, path), "utf8");
const config = AppConfig.parse(parse(read("homeiq/config.yaml")));

test("the store shows the app: each key is one that the Supervisor knows, with its type", () => {
  expect(AppConfig.safeParse(parse(read("homeiq/config.yaml"))).error).toBeUndefined();
});

test("no key is spelled out with its default, which the app linter refuses", () => {
  const spelledOut = Object.entries(DEFAULTS).filter(
    ([key, value]) =>
      JSON.stringify(parse(read("homeiq/config.yaml"))[key]) === JSON.stringify(value),
  );
  expect(spelledOut).toEqual([]);
});

test("the app opens in the sidebar for administrators, with no port, folder or hardware of the house", () => {
  expect(config).toMatchObject({
    homeassistant: "2026.4.0",
    homeassistant_api: true,
    hassio_api: true,
    hassio_role: "manager",
    ingress: true,
    timeout: 30,
  });
  expect(Object.keys(config)).not.toEqual(
    expect.arrayContaining([
      expect.stringMatching(/^(ports|map|host_|privileged|devices|panel_admin|watchdog)/),
    ]),
  );
});

test("the Supervisor finds one app in the repository, and no stray file that it would take for one", () => {
  expect(filesNamed(/^config\.(ya?ml|json)$/)).toEqual(["homeiq/config.yaml"]);
  expect(filesNamed(/^build\.(ya?ml|json)$/)).toEqual([]);
});

test("each option has a name and a description in English, and the program takes the same options", async () => {
  const options = Object.keys(config.schema).toSorted();
  const { configuration } = parse(read("homeiq/translations/en.yaml"));
  expect(Object.keys(configuration).toSorted()).toEqual(options);
  for (const text of Object.values(configuration)) {
    expect(text).toEqual({ name: expect.any(String), description: expect.any(String) });
  }

  const { optionsSchema } = await import("#src/compose-settings.ts");
  expect(Object.keys(optionsSchema.shape).toSorted()).toEqual(options);
  expect(optionsSchema.safeParse({}).success).toBe(true);
});

test("each log level that a user can choose is one that the program takes, and no other", async () => {
  const { optionsSchema } = await import("#src/compose-settings.ts");
  const offered = /^list\((.*)\)\?$/.exec(config.schema.log_level ?? "")?.[1]?.split("|") ?? [];
  expect(offered).toContain("info");
  for (const level of offered) {
    expect(optionsSchema.safeParse({ log_level: level }).success).toBe(true);
  }
  expect(optionsSchema.safeParse({ log_level: "verbose" }).success).toBe(false);
});

test("the version is the same wherever a user or the Supervisor reads it", () => {
  const { version } = config;
  expect(version).toMatch(/^\d+\.\d+\.\d+$/);
  expect(JSON.parse(read("homeiq/package.json")).version).toBe(version);
  expect(JSON.parse(read("homeiq/package-lock.json")).version).toBe(version);
  expect(JSON.parse(read("package.json")).version).toBe(version);
  expect(read("homeiq/CHANGELOG.md")).toMatch(
    new RegExp(`^## ${version.replaceAll(".", "\\.")}$`, "m"),
  );
});

test("the documentation has a heading for each option and names each permission", () => {
  const documentation = read("homeiq/DOCS.md");
  for (const option of Object.keys(config.schema)) {
    expect(documentation).toContain(`### Option: \`${option}\``);
  }
  for (const permission of ["homeassistant_api", "hassio_api", "hassio_role", "ingress"]) {
    expect(documentation).toContain(`\`${permission}\``);
  }
});

test("icon and logo have the sizes that the store shows, and are small to download", () => {
  expect(pngSize("homeiq/icon.png")).toEqual({ width: 128, height: 128 });
  expect(pngSize("homeiq/logo.png")).toEqual({ width: 250, height: 100 });
  for (const picture of ["homeiq/icon.png", "homeiq/logo.png"]) {
    expect(statSync(join(root, picture)).size).toBeLessThan(50_000);
  }
});

test("the AppArmor profile is one profile, so that the Supervisor can rename it", () => {
  const profile = read("homeiq/apparmor.txt");
  expect(profile.match(/^\s*profile\s/gm)).toHaveLength(1);
  expect(profile).toMatch(/^profile homeiq /m);
  expect(profile).not.toContain("complain");
  for (const path of ["/app/** mr", "/data/** rwk", "/usr/local/bin/node", "/entrypoint.sh"]) {
    expect(profile).toContain(path);
  }
});

test("repository, workflows and translations are valid YAML", () => {
  const repository = parse(read("repository.yaml"));
  expect(repository).toMatchObject({
    name: "HomeIQ",
    url: config.url,
    maintainer: expect.any(String),
  });
  const workflows = readdirSync(join(root, ".github/workflows"));
  expect(workflows.toSorted()).toEqual(["build.yml", "lint.yml", "release.yml", "test.yml"]);
  for (const workflow of workflows) {
    const { name, jobs } = parse(read(`.github/workflows/${workflow}`));
    expect(name).toEqual(expect.any(String));
    expect(Object.keys(jobs).length).toBeGreaterThan(0);
  }
});

test("every action that a workflow uses is pinned to a commit", () => {
  const used = readdirSync(join(root, ".github/workflows")).flatMap((workflow) =>
    [...read(`.github/workflows/${workflow}`).matchAll(/uses: (\S+)/g)].map((match) => match[1]),
  );
  const foreign = used.filter((action) => !action?.startsWith("./"));
  expect(foreign.length).toBeGreaterThan(5);
  expect(foreign.filter((action) => !/@[0-9a-f]{40}$/.test(action ?? ""))).toEqual([]);
});

test("every file that the README and the documentation link to exists", () => {
  const links = [...read("README.md").matchAll(/\]\((?!https?:)([^)#]+)\)/g)].map(
    (match) => match[1] ?? "",
  );
  expect(links).toContain("homeiq/DOCS.md");
  const missing = links.filter((link) => !existsSync(join(root, link)));
  expect(missing).toEqual([]);
});

/** Relative paths of the files of that name, without those that the Supervisor skips or that are not ours. */
function filesNamed(name: RegExp, folder = ""): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder ? `${folder}/${entry.name}` : entry.name;
    const skipped = entry.name.startsWith(".") || ["node_modules", "data"].includes(entry.name);
    if (entry.isDirectory()) return skipped ? [] : filesNamed(name, path);
    return name.test(entry.name) ? [path] : [];
  });
}

function pngSize(path: string): { width: number; height: number } {
  const header = readFileSync(join(root, path));
  return { width: header.readUInt32BE(16), height: header.readUInt32BE(20) };
}
