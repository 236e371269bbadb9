import { expect, test } from "vitest";
import { presenceText } from "../../../homeiq/ui/src/lib/automation/presence.ts";
import { enAutomations } from "../../../homeiq/ui/src/lib/i18n/en-automations.ts";
import { addTexts } from "../../../homeiq/ui/src/lib/i18n/translate.ts";

addTexts(enAutomations);

const HOME = { entityIds: ["zone.home"] };

test("how many are home is said as somebody and nobody", () => {
  expect(presenceText("read.condition", { ...HOME, above: 0 })).toBe("somebody is at home");
  expect(presenceText("read.condition", { ...HOME, below: 1 })).toBe("nobody is at home");
  expect(presenceText("read.trigger", { ...HOME, below: 1 })).toBe("the last one leaves home");
  expect(presenceText("read.trigger", { ...HOME, above: 0 })).toBe(
    "somebody comes home, and nobody was there",
  );
});

test("other numbers, attributes and zones stay numbers", () => {
  const others = [
    { ...HOME, above: 1 },
    { ...HOME, above: 0, below: 3 },
    { ...HOME, below: { entityId: "input_number.guests" } },
    { ...HOME, above: 0, attribute: "radius" },
    { entityIds: ["zone.work"], above: 0 },
  ];
  for (const one of others) expect(presenceText("read.condition", one)).toBeUndefined();
});
