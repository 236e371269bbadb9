import { expect, test } from "vitest";
import { type Step, stepsOf } from "../../../homeiq/ui/src/lib/automation/read-action.ts";
import { enAutomations } from "../../../homeiq/ui/src/lib/i18n/en-automations.ts";
import { addTexts } from "../../../homeiq/ui/src/lib/i18n/translate.ts";

addTexts(enAutomations);

const told = (phone: string, message = "The door is open") => ({
  ...{ kind: "call", action: `notify.mobile_app_${phone}` },
  data: { message, data: { ttl: 0, priority: "high" } },
});
const read = (...actions: readonly object[]) =>
  stepsOf(actions as Parameters<typeof stepsOf>[0]).map(({ phrase }: Step) => phrase);

test("a message to a phone is read back as what it says, to whose phone", () => {
  expect(read(told("anna_s_phone"))).toEqual(["send “The door is open” to Anna's phone"]);
});

test("the same message to several phones is read back once, another one by itself", () => {
  expect(read(told("anna"), told("ben"), told("cleo"), told("ben", "Close it"))).toEqual([
    "send “The door is open” to Anna, Ben and Cleo",
    "send “Close it” to Ben",
  ]);
});

test("what lies between two messages stays between them", () => {
  const delay = { kind: "delay", delay: { ms: 60_000 } };
  expect(read(told("anna"), delay, told("anna"))).toHaveLength(3);
});
