import { defineConfig } from "vitest/config";

/** `npm run test:influx`: the copy of history against real InfluxDB servers, each on a port and in a folder of its own. */
export default defineConfig({
  test: {
    include: ["tests/real-influxdb/**/*.test.ts"],
    pool: "forks",
    fileParallelism: false,
    testTimeout: 180_000,
    hookTimeout: 180_000,
    reporters: process.env.CI ? ["default", "github-actions"] : ["default"],
  },
});
