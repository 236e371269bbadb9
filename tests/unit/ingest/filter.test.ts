import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { systemClock } from "#src/foundation/clock.ts";
import {
  compileFilter,
  createEntityFilter,
  type Filter,
  type Filtered,
} from "#src/ingest/filter/filter.ts";
import { openStore } from "#src/store/database.ts";

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

test("what only repeats what we said ourselves is never kept, not even by an exception", () => {
  const filter = { rules: [], exceptions: [rule("entity", "*")] };
  expect(compileFilter({ mode: "exclude", ...filter })({ ...signal, isEcho: true }).kept).toBe(
    false,
  );
  expect(compileFilter({ mode: "exclude", ...filter })(signal).kept).toBe(true);
});

async function filtering(
  filter: Filter,
  use: (filter: ReturnType<typeof createEntityFilter>) => void,
) {
  await using store = openStore(join(mkdtempSync(join(tmpdir(), "homeiq-filter-")), "homeiq.db"));
  const kept = createEntityFilter({ db: store.db, clock: systemClock });
  kept.replace(filter);
  use(kept);
}

test.for([
  ["exclude", [], []],
  ["exclude", [rule("domain", "light")], [rule("entity", signal.entityId)]],
  ["include", [rule("domain", "sensor")], []],
] as const)(
  "one entity can be left out of a filter that %ss",
  async ([mode, rules, exceptions]) => {
    await filtering({ mode, rules: [...rules], exceptions: [...exceptions] }, (filter) => {
      expect(filter.judge(signal).kept).toBe(true);
      const before = filter.judge({ ...signal, entityId: "sensor.other", areaNames: [] }).kept;
      filter.exclude(signal);
      expect(filter.judge(signal).kept).toBe(false);
      expect(filter.judge({ ...signal, entityId: "sensor.other", areaNames: [] }).kept).toBe(
        before,
      );
      const once = filter.current();
      filter.exclude(signal);
      expect(filter.current()).toEqual(once);
    });
  },
);

test("an exception that keeps several entities is not taken away for one", async () => {
  const exceptions = [rule("entity", "sensor.*")];
  await filtering({ mode: "exclude", rules: [], exceptions }, (filter) => {
    const before = filter.current();
    expect(() => filter.exclude(signal)).toThrow(
      expect.objectContaining({ kind: "conflict", code: "filter.kept_by_exception" }),
    );
    expect(filter.current()).toEqual(before);
  });
});
