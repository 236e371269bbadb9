import type { RecordedChange } from "#src/ingest/history/history.ts";

const CAUSES = ["integration", "person_dashboard", "automation", "physical", "unknown"] as const;
export const FIRST_AT = Date.UTC(2026, 9, 24, 22); // 2026-10-25 00:00 in Berlin, the day the clocks go back
export const STEP_MS = 700;

/** The n-th of an endless, ever equal stream of changes: a sensor, a light and a door in turn. */
export function change(n: number): RecordedChange {
  const entity = n % 3;
  const shared = {
    id: (FIRST_AT + n * STEP_MS) * 4096 + 1,
    at: FIRST_AT + n * STEP_MS,
    kind: "state",
    heldMs: 3 * STEP_MS,
    context: { id: `01JB${String(n).padStart(22, "0")}` },
  } as const;
  if (entity === 0) {
    const value = Math.round(200 + 50 * Math.sin(n / 500)) / 10;
    return {
      ...shared,
      entityId: "sensor.kueche_temperatur",
      name: "Küche Temperatur",
      domain: "sensor",
      areaId: "kitchen",
      deviceId: "thermo",
      deviceClass: "temperature",
      category: "climate",
      oldState: String(value - 0.1),
      newState: String(value),
      value,
      unit: "°C",
      cause: { kind: "integration", confidence: 0.95 },
    };
  }
  const on = Math.floor(n / 3) % 2 === 0;
  const kind = CAUSES[n % CAUSES.length] ?? "unknown";
  return {
    ...shared,
    entityId: entity === 1 ? "light.flur" : "binary_sensor.door",
    name: entity === 1 ? 'Licht "Flur", oben' : "=HYPERLINK(door)",
    domain: entity === 1 ? "light" : "binary_sensor",
    ...(entity === 1 ? { areaId: "hall" } : {}),
    category: entity === 1 ? "lighting" : "security",
    oldState: on ? "off" : "on",
    newState: on ? "on" : "off",
    ...(entity === 1 && on ? { changedAttributes: { brightness: n % 255, color_mode: "hs" } } : {}),
    cause: {
      kind,
      confidence: 0.9,
      ...(kind === "automation" ? { by: "automation.dusk", byName: "Dämmerung" } : {}),
    },
  };
}

/** The first `total` of them in blocks, as history hands them out; ends when the signal aborts. */
export async function* changes(
  total: number,
  { block = 5_000, signal }: { block?: number; signal?: AbortSignal } = {},
): AsyncGenerator<readonly RecordedChange[], void> {
  for (let start = 0; start < total; start += block) {
    signal?.throwIfAborted();
    const rows: RecordedChange[] = [];
    for (let n = start; n < Math.min(total, start + block); n += 1) rows.push(change(n));
    // As if they came from another thread.
    yield structuredClone(rows);
    await new Promise(setImmediate);
  }
}
