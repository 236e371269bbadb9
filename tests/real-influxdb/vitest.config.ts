import { defineConfig } from "vitest/config";
import { SAFE_COMPILING } from "../../tools/node-flags.ts";

/** `npm run test:influx`: the copy of history against real InfluxDB servers, each on a port and in a folder of its own. */
export default defineConfig({
  test: {
    include: ["tests/real-influxdb/**/*.test.ts"],
    pool: "forks",
    execArgv: SAFE_COMPILING,
    fileParallelism: false,
    testTimeout: 180_000,
    hookTimeout: 180_000,
    reporters: process.env.CI ? ["default", "github-actions"] : ["default"],
  },
});
