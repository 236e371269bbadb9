import { expect, test } from "vitest";
import { compileFilter, type Filtered } from "#src/ingest/filter/filter.ts";

const signal: Filtered = {
  entityId: "sensor.hall_signal",
  domain: "sensor",
  deviceClass: "signal_strength",
  areaNames: ["hall", "Hallway"],
};
const rule = (by: "entity" | "domain" | "device_class" | "area", pattern: string) => ({
  by,
  pattern,
});

test.for([
  rule("entity", "sensor.*_signal"),
  rule("entity", "SENSOR.*"),
  rule("domain", "sensor"),
  rule("device_class", "signal_*"),
  rule("area", "Hallway"),
  rule("area", "h?ll"),
])("excluding by $by $pattern leaves it out", (one) => {
  const judge = compileFilter({ mode: "exclude", rules: [one], exceptions: [] });
  expect(judge(signal)).toEqual({ kept: false, rule: one });
});

test("including keeps only what is named", () => {
  const judge = compileFilter({
    mode: "include",
    rules: [rule("domain", "light")],
    exceptions: [],
  });
  expect(judge(signal).kept).toBe(false);
  expect(judge({ entityId: "light.hall", domain: "light", areaNames: [] }).kept).toBe(true);
});

test("an exception wins over a rule, both ways", () => {
  const both = { rules: [rule("domain", "sensor")], exceptions: [rule("entity", "*.hall_*")] };
  expect(compileFilter({ mode: "exclude", ...both })(signal).kept).toBe(true);
  expect(compileFilter({ mode: "include", ...both })(signal).kept).toBe(false);
});
