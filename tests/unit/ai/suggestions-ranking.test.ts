import { expect, test } from "vitest";
import type { Candidate } from "#src/ai/suggestions/candidate.ts";
import { isSame } from "#src/ai/suggestions/candidate.ts";
import { distinct, fill, hasChanged, mostOpen } from "#src/ai/suggestions/choose.ts";
import { effort, novelty, usefulness } from "#src/ai/suggestions/factors.ts";
import { type Answered, learnFrom } from "#src/ai/suggestions/learning.ts";
import { scoreOf } from "#src/ai/suggestions/scoring.ts";
import type { SuggestionTest } from "#src/ai/suggestions/suggestions.ts";
import { DAY_MS } from "#src/foundation/time.ts";
import { TEXTS } from "#support/sample-patterns.ts";

const candidate = (more: Partial<Candidate> = {}): Candidate => ({
  ...{ id: "one", source: "pattern", action: "create", kind: "time_of_day", title: "", text: "" },
  ...{ explanation: [], entityIds: [], automationIds: [], patternIds: [], chart: [], choices: [] },
  factors: [
    { name: "usefulness", value: 0.8, why: "" },
    { name: "confidence", value: 0.5, why: "" },
  ],
  strength: { confidence: 0.5, times: 10 },
  does: [{ entityId: "light.hall", to: "on" }],
  moments: [{ minute: 400 }],
  ...more,
});
const scored = (total: number, more: Partial<Candidate> = {}) => ({
  candidate: candidate(more),
  score: { total, factors: [] },
});
const LIKED = { value: 1, yes: 0, no: 0 };
const played = (more: Partial<Extract<SuggestionTest, { state: "done" }>>): SuggestionTest => ({
  ...{ state: "done", testedAt: 0, from: 0, to: 30 * DAY_MS, runs: 0 },
  ...{ matched: 0, annoying: 0, idle: 0, unasked: 0, missed: 0, ...more },
});
const totalAfter = (one: Candidate, test: SuggestionTest | null) =>
  scoreOf(one, { liking: LIKED, test, texts: TEXTS }).total;

test("what comes daily is of more use than what comes weekly, and each says from what it was worked out", () => {
  const [daily, weekly] = [30, 4].map((times) =>
    usefulness(TEXTS, { times, from: 0, to: 30 * DAY_MS }),
  );
  expect(daily?.value).toBeGreaterThan(weekly?.value ?? 1);
  expect(daily?.why).toBe("About 7 times a week, over 30 days.");
});

test("what an automation does already is less new, and what asks first spares less", () => {
  expect(novelty(TEXTS, 0).value).toBe(1);
  expect(novelty(TEXTS, 1).value).toBe(0.5);
  const [plain, asking] = [0, 2].map((asks) => effort(TEXTS, { acts: 3, asks }));
  expect(plain?.value).toBe(0.75);
  expect(asking?.value).toBeLessThan(0.75);
  expect(asking?.why).toBe("It spares 3 acts each time. 2 things are to be chosen first.");
});

test("a small home has three open at a time, a large one ten", () => {
  expect([0, 12, 25, 40, 400].map(mostOpen)).toEqual([3, 3, 5, 8, 10]);
});

test("the same thing at the same time is suggested once: as the habit, not as the idea", () => {
  const habit = scored(0.1, { id: "habit", moments: [{ minute: 400 }] });
  const idea = scored(0.9, { id: "idea", source: "template", moments: [{ minute: 430 }] });
  const later = scored(0.5, { id: "later", source: "template", moments: [{ minute: 600 }] });
  const ids = distinct([idea, habit, later]).map((one) => one.candidate.id);
  expect(ids).toEqual(["habit", "later"]);
});

test("ten to midnight and ten past it are the same time", () => {
  const [one, other] = [1_430, 10].map((minute) => candidate({ moments: [{ minute }] }));
  expect(isSame(one as Candidate, other as Candidate)).toBe(true);
});

test("not ten lights: beside one light, a worse idea of another sort comes first", () => {
  const light = (n: number, total: number) => ({
    candidate: candidate({ id: `light ${n}`, does: [{ entityId: `light.${n}`, to: "on" }] }),
    total,
  });
  const lock = {
    candidate: candidate({
      ...{ id: "lock", source: "template", kind: "security" },
      does: [{ entityId: "lock.door", to: "locked" }],
    }),
    total: 0.4,
  };
  const chosen = fill([light(1, 0.6), light(2, 0.59), light(3, 0.58), lock], 3);
  expect(chosen.map(({ id }) => id)).toEqual(["light 1", "lock", "light 2"]);
});

test("a no lowers others of its kind and its sort of device, and a yes makes up for it", () => {
  const no = (dismissReason: Answered["dismissReason"] & string): Answered => ({
    ...{ status: "dismissed", dismissReason, found: candidate() },
  });
  const yes: Answered = { status: "kept", found: candidate() };
  const after = (...answers: Answered[]) => learnFrom(answers)(candidate()).value;
  expect(after()).toBe(1);
  expect(after(no("not_useful"))).toBeLessThan(1);
  expect(after(no("not_useful"), no("not_useful"))).toBeLessThan(after(no("not_useful")));
  expect(after(no("not_useful"), yes, yes)).toBe(1);
  expect(after(no("already_done"))).toBe(1);
  expect(after(no("not_now"))).toBeGreaterThan(0.95);
  const other = candidate({ kind: "security", does: [{ entityId: "lock.door", to: "locked" }] });
  expect(learnFrom([no("not_useful")])(other).value).toBe(1);
  const garage = candidate({ kind: "left_on" });
  expect(learnFrom([no("too_risky")])(garage).value).toBeLessThan(
    learnFrom([no("wrong")])(garage).value,
  );
});

test("what was taken back after a try counts as a no", () => {
  const undone: Answered = { status: "undone", found: candidate() };
  expect(learnFrom([undone])(candidate()).value).toBeLessThan(1);
});

test("a habit that would have acted as people did stays, one that acts at other times falls", () => {
  const tight = totalAfter(candidate(), played({ matched: 28, unasked: 2 }));
  const loose = totalAfter(candidate(), played({ matched: 8, unasked: 22 }));
  expect(tight).toBeGreaterThan(2 * loose);
  expect(totalAfter(candidate(), null)).toBeCloseTo(0.4);
});

test("what would have had nothing to do is of little use, but an alarm may be silent", () => {
  const duration = candidate({ kind: "duration" });
  expect(totalAfter(duration, played({}))).toBeCloseTo(0.08);
  const alarm = candidate({ source: "template", kind: "safety" });
  expect(totalAfter(alarm, played({}))).toBeCloseTo(0.4);
});

test("an idea that would have been in the way falls, and one that people do by hand rises", () => {
  const idea = candidate({ source: "template", kind: "lighting" });
  const annoying = totalAfter(idea, played({ annoying: 5, matched: 5, unasked: 10 }));
  const wanted = totalAfter(idea, played({ matched: 15, unasked: 5 }));
  expect(annoying).toBeLessThan(wanted);
  expect(wanted).toBeGreaterThan(0.4);
});

test("a refused one may come again only when it is surer by 0.15, or a month later seen twice as often", () => {
  const refused = { at: 0, strength: { confidence: 0.6, times: 10 } };
  expect(hasChanged({ confidence: 0.74, times: 19 }, refused, 60 * DAY_MS)).toBe(false);
  expect(hasChanged({ confidence: 0.76, times: 11 }, refused, 0)).toBe(true);
  expect(hasChanged({ confidence: 0.6, times: 20 }, refused, 29 * DAY_MS)).toBe(false);
  expect(hasChanged({ confidence: 0.6, times: 20 }, refused, 30 * DAY_MS)).toBe(true);
  expect(hasChanged({ confidence: 1, times: 0 }, refused, 900 * DAY_MS)).toBe(false); // an idea
});
