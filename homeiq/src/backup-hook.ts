import { request } from "node:http";

// Run by the Supervisor inside the container: `backup-hook.js pre` before it copies /data, `post` after.
// A failing "pre" fails the backup of HomeIQ, visibly: a copy of files that move is worse than none.
const step = process.argv[2] === "post" ? "end" : "begin";
const port = process.env.HOMEIQ_PORT ?? "8099";
const asked = request(
  { host: "127.0.0.1", port, path: `/api/v1/backup/${step}`, method: "POST", timeout: 60_000 },
  (answer) => {
    answer.resume();
    process.exitCode = answer.statusCode === 200 ? 0 : 1;
    if (process.exitCode !== 0) process.stderr.write(`HomeIQ answered ${answer.statusCode}\n`);
  },
);
asked.on("timeout", () => asked.destroy(new Error("No answer in time")));
asked.on("error", (error) => {
  process.stderr.write(`HomeIQ does not answer: ${error.message}\n`);
  process.exitCode = 1;
});
asked.end();
