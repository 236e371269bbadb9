import { defineConfig } from "vitest/config";
import { SAFE_COMPILING } from "../../tools/node-flags.ts";

/** `npm run test:real`: HomeIQ and the fake house against a real Home Assistant. One at a time: each takes a core for itself. */
export default defineConfig({
  test: {
    include: ["tests/real-home-assistant/**/*.test.ts"],
    pool: "forks",
    execArgv: SAFE_COMPILING,
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 360_000,
    reporters: process.env.CI ? ["default", "github-actions"] : ["default"],
  },
});
