import { defineConfig } from "vitest/config";
import { SAFE_COMPILING } from "../../tools/node-flags.ts";

/** `npm run test:crash`: the program is killed in the middle of its work, and nothing it told of is lost. */
export default defineConfig({
  test: {
    include: ["tests/crash/**/*.test.ts"],
    pool: "forks",
    execArgv: SAFE_COMPILING,
    fileParallelism: false, // a kill must come at a moment of chance, not when another test leaves time for it
    testTimeout: 3_600_000,
    hookTimeout: 120_000,
    reporters: process.env.CI ? ["default", "github-actions"] : ["default"],
  },
});
