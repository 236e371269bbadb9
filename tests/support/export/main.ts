import { createProcessMetrics } from "#src/foundation/process-metrics.ts";
import { changes } from "./changes.ts";
import { serveExports } from "./export-house.ts";

// `node main.ts ROWS`: the data routes over so many made-up changes, as a process of its own. It says its address,
// and its own measures when it is asked, over the channel to its parent.

const rows = Number(process.argv[2]);
const metrics = createProcessMetrics();
const { url } = await serveExports({
  scan: (_query, signal) => changes(rows, { block: 1_000, signal }),
});
process.on("message", (asked) => {
  if (asked === "begin") metrics.reset(); // the start is not what is measured
  process.send?.({ metrics: metrics.read() });
});
process.on("disconnect", () => process.exit(0));
process.send?.({ url });
