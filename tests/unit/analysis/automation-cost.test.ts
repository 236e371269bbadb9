import { expect, test } from "vitest";
import { costOf } from "#src/analysis/automation-check/automation-check.ts";
import { parseAutomation, parseScene } from "#src/home/automation/automation.ts";
import { call } from "./automation-check-cases.ts";
import { checkedHome } from "./automation-check-home.ts";

const home = checkedHome();

function costOfCall(action: string, entityId: string) {
  const { value } = parseAutomation(call(action, entityId));
  if (value?.kind !== "automation") throw new Error("no automation");
  return costOf(value, home);
}
function costOfScene(entities: object) {
  const { value } = parseScene({ name: "Scene", entities });
  if (!value) throw new Error("no scene");
  return costOf(value, home);
}

test("what unlocks a door matters for safety, a light for comfort, a helper for nobody", () => {
  expect(costOfCall("lock.unlock", "lock.door")).toBe("safety");
  expect(costOfCall("light.turn_on", "light.hall")).toBe("comfort");
  expect(costOfCall("input_boolean.turn_on", "input_boolean.guests")).toBe("none");
});

test("what cannot be known beforehand may disturb", () => {
  expect(costOfCall("script.turn_on", "script.good_night")).toBe("comfort");
});

test("a scene is as dear as the dearest thing that it sets", () => {
  expect(costOfScene({ "light.hall": "on", "lock.door": "unlocked" })).toBe("safety");
  expect(costOfScene({ "light.hall": "on" })).toBe("comfort");
  expect(costOfScene({ "input_boolean.guests": "on" })).toBe("none");
});
