import { expect, test } from "vitest";
import { domainsAsked, suggested } from "../../../homeiq/ui/src/routes/automations/suggestions.ts";

test("which entities a blueprint asks for is read in every form that Home Assistant knows", () => {
  expect(domainsAsked({ entity: { domain: "light" } })).toEqual(["light"]);
  expect(domainsAsked({ entity: { filter: { domain: ["light", "switch"] } } })).toEqual([
    "light",
    "switch",
  ]);
  expect(domainsAsked({ entity: { filter: [{ domain: "light" }, { domain: "fan" }] } })).toEqual([
    "light",
    "fan",
  ]);
  expect(domainsAsked({ entity: null })).toEqual([]);
  expect(domainsAsked({ text: {} })).toBeUndefined();
  expect(domainsAsked(undefined)).toBeUndefined();
});

test("entities are suggested by name or id, of the wanted domains, by name", () => {
  const entities = [
    { entityId: "light.hall", name: "Hall lamp" },
    { entityId: "switch.hall", name: "Hall fan" },
    { entityId: "light.attic", name: "Attic" },
  ];
  const ids = (domains: string[], typed: string) =>
    suggested(entities, { domains, typed }).map(({ entityId }) => entityId);
  expect(ids(["light"], "")).toEqual(["light.attic", "light.hall"]);
  expect(ids([], "HALL")).toEqual(["switch.hall", "light.hall"]);
  expect(ids([], "light.")).toEqual(["light.attic", "light.hall"]);
  expect(ids(["fan"], "")).toEqual([]);
});

test("of a large house only some are suggested at a time", () => {
  const many = Array.from({ length: 1_500 }, (_, n) => ({
    entityId: `light.l${n}`,
    name: `Lamp ${n}`,
  }));
  expect(suggested(many, { domains: [], typed: "lamp" }).length).toBeLessThan(50);
});
