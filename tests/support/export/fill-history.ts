import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { systemClock } from "#src/foundation/clock.ts";
import { DAY_MS } from "#src/foundation/time.ts";
import type { PastChange } from "#src/ingest/history/history.ts";
import { openHistory } from "#support/history.ts";

const ENTITIES = 300;
export const DAYS = 30;

/** A data folder with a history of so many changes over the last month, as an import leaves it. */
export async function fillHistory(
  total: number,
  folder = mkdtempSync(join(tmpdir(), "homeiq-export-")),
): Promise<string> {
  const opened = await openHistory({ clock: systemClock, folder });
  const from = Date.now() - (DAYS + 1) * DAY_MS;
  const each = Math.ceil(total / ENTITIES);
  const stepMs = (DAYS * DAY_MS) / each;
  for (let which = 0; which < ENTITIES; which += 1) {
    const size = Math.min(each, total - which * each);
    const changes = Array.from({ length: Math.max(0, size) }, (_, round) =>
      pastChange(which, round, Math.floor(from + round * stepMs) + which),
    );
    await opened.history.addPast(changes);
  }
  await opened.history[Symbol.asyncDispose]();
  await opened.store[Symbol.asyncDispose]();
  return folder;
}

/** Two thirds of the entities are sensors, one third are lights. */
function pastChange(which: number, round: number, at: number): PastChange {
  const context = {
    id: `01JB${(round * ENTITIES + which).toString(36).toUpperCase().padStart(22, "0")}`,
  };
  if (which % 3 === 0) {
    const kind = which % 2 === 0 ? "automation" : "person_dashboard";
    return {
      entityId: `light.zimmer_${which}`,
      at,
      state: round % 2 === 0 ? "on" : "off",
      cause: { kind, confidence: 0.95, by: `automation.nr_${which}` },
      context,
      changedAttributes: { brightness: round % 255 },
      source: "recorder",
    };
  }
  return {
    entityId: `sensor.fuehler_${which}`,
    at,
    state: (20 + 5 * Math.sin(round / 50 + which) + (round % 2) / 10).toFixed(1),
    unit: "°C",
    cause: { kind: "integration", confidence: 0.9 },
    source: "recorder",
  };
}
