import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type { Metrics } from "#src/api/metrics.ts";
import { eventually } from "#support/eventually.ts";
import { buildHomeIq, runHomeIq, runHouse } from "#support/home-iq-process.ts";
import { type Measure, measured, unmeasured } from "../../tools/bars.ts";

const APP = fileURLToPath(new URL("../../homeiq/", import.meta.url));
const MINUTES = 5;

/** What HomeIQ needs of a small machine: memory, disk, and patience at the start. */
const footprint: Measure = async ({ short }) => {
  buildHomeIq();
  const house = await runHouse([
    ...["--preset", "villa", "--seed", "1", "--days", "0", "--changes-per-second", "20"],
  ]);
  const startedAt = performance.now();
  const homeiq = await runHomeIq({ HA_URL: house.url, HA_TOKEN: "fake-token" });
  await eventually("the first change is stored", async () => {
    const { ingest } = await homeiq.get<Metrics>("/api/v1/real-time-metrics");
    return ingest.stored > 0 || undefined;
  });
  const firstStoredSeconds = (performance.now() - startedAt) / 1000;
  await pause(short ? 20_000 : MINUTES * 60_000);
  const residentMb = residentBytes(homeiq.pid) / 1e6;
  await homeiq.stop();
  await house.stop();

  const memory = {
    bar: "resident memory after 5 minutes of the villa at 20 changes/s",
    unit: "MB",
    limit: 150,
    direction: "max",
  } as const;
  return {
    bars: [
      short
        ? unmeasured(memory, `the short run saw ${residentMb.toFixed(0)} MB after 20 s`)
        : measured(memory, residentMb),
      measured(
        { bar: "start to first stored change", unit: "s", limit: 2, direction: "max" },
        firstStoredSeconds,
      ),
      measured(
        { bar: "installed image content", unit: "MB", limit: 250, direction: "max" },
        installedBytes() / 1e6,
      ),
    ],
  };
};

export default footprint;

function residentBytes(pid: number): number {
  const kilobytes = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
  return Number(kilobytes) * 1024;
}

/** node_modules for production, slimmed as in the image, with the bundle and the pages. */
function installedBytes(): number {
  const folder = mkdtempSync(join(tmpdir(), "homeiq-image-"));
  try {
    for (const file of ["package.json", "package-lock.json", "slim.ts"]) {
      cpSync(join(APP, file), join(folder, file));
    }
    run(folder, "npm", ["ci", "--omit=dev", "--no-audit", "--no-fund", "--ignore-scripts"]);
    run(folder, process.execPath, ["slim.ts", "node_modules"]);
    mkdirSync(join(folder, "ui"));
    cpSync(join(APP, "dist"), join(folder, "dist"), { recursive: true });
    cpSync(join(APP, "ui/build"), join(folder, "ui/build"), { recursive: true });
    const { stdout } = spawnSync("du", ["-sb", folder], { encoding: "utf8" });
    return Number(stdout.split("\t")[0]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function run(cwd: string, command: string, args: readonly string[]): void {
  const { status, stderr } = spawnSync(command, [...args], { cwd, encoding: "utf8" });
  if (status !== 0) throw new Error(`${command} ${args.join(" ")}: ${stderr}`);
}
