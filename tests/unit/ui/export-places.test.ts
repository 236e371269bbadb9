import { expect, test } from "vitest";
import { placesIn } from "../../../homeiq/ui/src/routes/automations/automation/export-places.ts";

test("a person may be asked for every value of an automation, not for what kind of thing it is", () => {
  const found = placesIn({
    id: "1",
    alias: "Hall",
    triggers: [{ trigger: "state", entity_id: ["light.a", "light.b"], to: "on", for: "00:05:00" }],
    conditions: [],
    actions: [
      { action: "light.turn_on", metadata: {}, data: { brightness_pct: 70 } },
      { choose: [{ sequence: [{ delay: { minutes: 1 } }] }] },
    ],
    mode: "single",
  });
  expect(found).toEqual([
    { place: "triggers.0.entity_id", value: "light.a, light.b" },
    { place: "triggers.0.to", value: "on" },
    { place: "triggers.0.for", value: "00:05:00" },
    { place: "actions.0.data.brightness_pct", value: "70" },
    { place: "actions.1.choose.0.sequence.0.delay.minutes", value: "1" },
  ]);
});
