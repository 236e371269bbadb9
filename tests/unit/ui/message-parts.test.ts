import { expect, test } from "vitest";
import { messageParts } from "../../../homeiq/ui/src/routes/automations/message-parts.ts";

const NAMES = new Map([
  ["light.hall", "Hall lamp"],
  ["sensor.hall", "Hall temperature"],
]);
const names = {
  nameOf: (entityId: string) => NAMES.get(entityId) ?? entityId,
  isKnown: (entityId: string) => NAMES.has(entityId),
};
/** Entities in brackets, what stands in files in backticks. */
const read = (message: string, options = {}) =>
  messageParts(message, names, options)
    .map(({ kind, text }) => {
      if (kind === "entity") return `[${text}]`;
      return kind === "code" ? `\`${text}\`` : text;
    })
    .join("");

test("an entity is called by its name, and what is none stays as it is written", () => {
  expect(read("`light.hall` has no `effect`.")).toBe("[Hall lamp] has no `effect`.");
  expect(read("There is no entity `light.hal` in this house.")).toBe(
    "There is no entity `light.hal` in this house.",
  );
});

test("a name is not said twice: behind it stands the id", () => {
  expect(read("Did you mean Hall lamp (`light.hall`)?")).toBe(
    "Did you mean Hall lamp ([light.hall])?",
  );
});

test("what is to be written into a text is shown as it is to be written", () => {
  expect(read("Write `light.hall`. It was renamed.", { literal: true })).toBe(
    "Write [light.hall]. It was renamed.",
  );
});

test("an entity that Home Assistant names without a mark is named as well", () => {
  expect(read("state of sensor.hall")).toBe("state of [Hall temperature]");
  expect(read("sensor.hall is off since 07:49:24, light.turn_on would follow. It ends.")).toBe(
    "[Hall temperature] is off since 07:49:24, light.turn_on would follow. It ends.",
  );
});
