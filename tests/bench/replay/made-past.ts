import { createColumns, type PastColumns, type PastWorld } from "#src/analysis/replay/replay.ts";
import type { Automation } from "#src/home/automation/automation.ts";
import { parseAutomation } from "#src/home/automation/automation.ts";

export const ENTITIES = 500;
export const DAYS = 30;
const DAY_MS = 86_400_000;
const START = Date.parse("2026-01-12T00:00:00+01:00");

/** A house of 500 entities over 30 days: meters and sensors make most of the noise, as in a real one. */
export function madePast(changes: number): PastWorld & { readonly changes: PastColumns } {
  const random = randomOf(1);
  const columns = createColumns(changes);
  const step = (DAYS * DAY_MS) / changes;
  const numbers = new Float64Array(ENTITIES).fill(20);
  for (let n = 0; n < changes; n += 1) {
    const place = Math.floor(random() ** 2 * ENTITIES); // a few entities say most
    const at = START + Math.floor(n * step);
    if (place < 300) {
      numbers[place] = Math.max(0, (numbers[place] as number) + (random() - 0.5) * 4);
      columns.add({
        at,
        entityId: `sensor.s${place}`,
        state: (numbers[place] as number).toFixed(1),
      });
    } else if (place < 400) {
      const state = random() < 0.5 ? "on" : "off";
      columns.add({ at, entityId: `binary_sensor.b${place}`, state, cause: "integration" });
    } else {
      const state = random() < 0.5 ? "on" : "off";
      const changedAttributes = { brightness: state === "on" ? Math.floor(random() * 255) : null };
      const cause = random() < 0.3 ? "physical" : "automation";
      columns.add({ at, entityId: `light.l${place}`, state, changedAttributes, cause });
    }
  }
  return {
    ...{ start: START, end: START + DAYS * DAY_MS, timeZone: "Europe/Berlin", initial: [] },
    position: { latitude: 52.52, longitude: 13.4, elevation: 34 },
    changes: columns.columns(),
  };
}

/** Fifty automations of the usual kinds. */
export const madeAutomations = (count = 50): readonly Automation[] =>
  Array.from({ length: count }, (_, n) => automationOf(n));

function automationOf(n: number): Automation {
  const light = { entity_id: `light.l${400 + ((n * 7) % 100)}` };
  const motion = `binary_sensor.b${300 + ((n * 3) % 100)}`;
  const sensor = `sensor.s${(n * 11) % 300}`;
  const kinds = [
    {
      triggers: { trigger: "state", entity_id: motion, to: "on" },
      conditions: { condition: "sun", after: "sunset", before: "sunrise" },
      actions: [
        { action: "light.turn_on", target: light, data: { brightness_pct: 60 } },
        {
          wait_for_trigger: { trigger: "state", entity_id: motion, to: "off", for: 120 },
          timeout: 3600,
        },
        { action: "light.turn_off", target: light },
      ],
      mode: "restart",
    },
    {
      triggers: { trigger: "numeric_state", entity_id: sensor, above: 24, for: "00:05:00" },
      conditions: { condition: "time", after: "08:00", before: "22:00" },
      actions: [{ action: "light.turn_on", target: light }],
    },
    {
      triggers: { trigger: "time", at: ["06:30", "22:15"] },
      conditions: { condition: "state", entity_id: light.entity_id, state: "on" },
      actions: [{ action: "light.turn_off", target: light }],
    },
    {
      triggers: {
        trigger: "template",
        value_template: `{{ states('${sensor}') | float(0) > 26 and is_state('${motion}', 'on') }}`,
      },
      actions: [{ action: "light.toggle", target: light }],
    },
    {
      triggers: { trigger: "time_pattern", minutes: "/5" },
      conditions: `{{ states('${sensor}') | float(0) < 18 }}`,
      actions: [
        { choose: [{ conditions: [], sequence: [{ action: "light.turn_on", target: light }] }] },
      ],
    },
  ];
  const parsed = parseAutomation({
    id: String(n),
    alias: `Number ${n}`,
    ...kinds[n % kinds.length],
  });
  if (parsed.value?.kind !== "automation")
    throw new Error("the benchmark's automation is not valid");
  return parsed.value;
}

/** The same numbers each time (mulberry32). */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
