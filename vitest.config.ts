import { defineConfig } from "vitest/config";
import { SAFE_COMPILING } from "./tools/node-flags.ts";

const MAX_WORKERS = 2; // a Raspberry Pi, a small CI machine: the tests must hold there too

/** `npm test`. The suite against a real Home Assistant has a configuration of its own. */
export default defineConfig({
  test: {
    pool: "forks",
    execArgv: SAFE_COMPILING,
    maxWorkers: MAX_WORKERS,
    reporters: process.env.CI ? ["default", "github-actions"] : ["default"],
    projects: [
      {
        test: {
          name: "unit",
          include: ["tests/architecture.test.ts", "tests/unit/**/*.test.ts"],
          pool: "forks",
          execArgv: SAFE_COMPILING,
          maxWorkers: MAX_WORKERS,
          testTimeout: 10_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: "contract",
          include: ["tests/contract/**/*.test.ts"],
          pool: "forks",
          execArgv: SAFE_COMPILING,
          maxWorkers: MAX_WORKERS,
          testTimeout: 30_000,
          hookTimeout: 60_000,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          name: "ui",
          include: ["tests/ui/**/*.spec.ts"],
          pool: "forks",
          execArgv: SAFE_COMPILING,
          maxWorkers: 1, // each starts a browser, HomeIQ and a house: together they would starve
          testTimeout: 60_000,
          hookTimeout: 120_000,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
