import { get } from "node:http";

// Run by the image's HEALTHCHECK. Healthy means that we answer, never that Home Assistant does.
const port = process.env.HOMEIQ_PORT ?? "8099";
const request = get({ host: "127.0.0.1", port, path: "/health", timeout: 4_000 }, (answer) => {
  answer.resume();
  process.exitCode = answer.statusCode === 200 ? 0 : 1;
});
request.on("timeout", () => request.destroy(new Error("No answer in time")));
request.on("error", () => {
  process.exitCode = 1;
});
