import { expect, test } from "vitest";
import {
  adjustablesOf,
  backTestAll,
  editFor,
  interleavingOf,
  toColumns,
  typedValue,
  vary,
} from "#src/analysis/replay/replay.ts";
import { editYaml, parseAutomation, readYaml } from "#src/home/automation/automation.ts";
import { automation, MONDAY, scripted } from "#support/past-world.ts";

const TEXT = `alias: Cool # the bedroom
triggers:
  - trigger: numeric_state
    entity_id: sensor.bedroom
    above: 24.5 # too warm
    for: {minutes: 5}
  - trigger: time
    at: ["22:00", "23:30:00"]
conditions:
  - or:
      - condition: time
        after: "20:00:00"
actions:
  - choose:
      - conditions: []
        sequence:
          - delay: "00:01:30"
          - action: fan.turn_on
            target: {entity_id: fan.bedroom}
`;

function adjustables(text: string) {
  const written = readYaml(text).value;
  const parsed = parseAutomation(written);
  return { value: parsed.value, found: adjustablesOf(parsed, written as never) };
}

test("every threshold, length of time and time of day of an automation can be another", () => {
  const { found } = adjustables(TEXT);
  expect(found.map(({ field, kind, value }) => [field, kind, value])).toEqual([
    ["above", "number", 24.5],
    ["for", "duration", 300_000],
    ["at", "time", 22 * 3_600_000],
    ["at", "time", 23.5 * 3_600_000],
    ["after", "time", 20 * 3_600_000],
    ["delay", "duration", 90_000],
  ]);
});

test("a value written into the text is the one that was tried, and remarks stay", () => {
  const { value, found } = adjustables(TEXT);
  if (value?.kind !== "automation") throw new Error("not read");
  for (const place of found) {
    const next = place.value + (place.kind === "number" ? 1 : 60_000);
    const text = editYaml(TEXT, [editFor(place, next)]);
    expect(text).toContain("# the bedroom");
    const tried = vary(value, place.path, typedValue(place, next));
    expect(adjustables(text).value).toEqual(tried);
  }
});

test("two automations that act at one moment are told in their order, with what they disagree about", () => {
  const motion = (action: string) =>
    automation({
      triggers: { trigger: "state", entity_id: "binary_sensor.door", to: "on" },
      actions: [{ action, target: { entity_id: "light.hall" } }],
    });
  const past = scripted({
    initial: { "binary_sensor.door": "off", "light.hall": "off" },
    changes: [[60, "binary_sensor.door", "on"]],
  });
  const results = backTestAll([motion("light.turn_on"), motion("light.turn_off")], {
    past,
    columns: toColumns(past.changes),
    options: {},
  });
  const { count, meetings } = interleavingOf(results);
  expect(count).toBe(1);
  expect(meetings[0]?.contrary).toEqual(["light.hall"]);
  expect(meetings[0]?.steps.map(({ at, automation: who, action }) => [at, who, action])).toEqual([
    [MONDAY + 60_000, 0, "light.turn_on"],
    [MONDAY + 60_000, 1, "light.turn_off"],
  ]);
});

test("automations that act at different times do not meet", () => {
  const at = (time: string) =>
    automation({
      triggers: { trigger: "time", at: time },
      actions: [{ action: "light.turn_on", target: { entity_id: "light.hall" } }],
    });
  const past = scripted({ initial: { "light.hall": "off" } });
  const results = backTestAll([at("06:00:00"), at("06:01:00")], {
    past,
    columns: toColumns(past.changes),
    options: {},
  });
  expect(results.map(({ runs }) => runs.length)).toEqual([1, 1]);
  expect(interleavingOf(results)).toEqual({ count: 0, meetings: [] });
});
