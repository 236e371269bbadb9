import type { ExportFormat } from "./export.ts";
import { slices } from "./export.ts";

/** One JSON object a line, as the API answers it: nothing is lost, moments are milliseconds, UTC. */
export const ndjson: ExportFormat = {
  name: "ndjson",
  extension: "ndjson",
  mediaType: "application/x-ndjson",

  async *write({ rows }) {
    const encoder = new TextEncoder();
    for await (const slice of slices(rows)) {
      let text = "";
      for (const row of slice) text += `${JSON.stringify(row)}\n`;
      yield encoder.encode(text);
    }
  },
};
