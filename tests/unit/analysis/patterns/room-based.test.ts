import { expect, test } from "vitest";
import { findRoomBased } from "#src/analysis/patterns/room-based/room-based.ts";
import { makeHome } from "../../../eval/patterns/homes.ts";
import { plantRooms } from "../../../eval/patterns/plant-room-based.ts";
import { FIRST_DAY, livedAs } from "./lived-days.ts";

const TWENTY_HOMES_MS = 60_000; // on a busy machine
const SEEDS = Array.from({ length: 20 }, (_, n) => n + 1);
const namesOf = (members: readonly { entityId: string; to: string }[]) =>
  members
    .map(({ entityId, to }) => `${entityId} ${to}`)
    .sort()
    .join(", ");
const inRoom = (entityId: string) => entityId.split(".")[1]?.split("_")[0];
const lamps = (...names: string[]) => names.map((name) => `light.${name}`);

test("what was planted in a room is found as one whole set", { timeout: TWENTY_HOMES_MS }, () => {
  let [planted, recalled, told, right] = [0, 0, 0, 0];
  for (const seed of SEEDS) {
    const made = plantRooms(makeHome(seed, { days: 60 }).household, seed);
    const sets = made.rooms.map(({ members }) => namesOf(members));
    const found = findRoomBased(made.household).map(({ members }) => namesOf(members));
    planted += sets.length;
    recalled += sets.filter((set) => found.includes(set)).length;
    told += Math.min(10, found.length);
    right += found.slice(0, 10).filter((set) => sets.includes(set)).length;
  }
  expect(recalled / planted).toBeGreaterThanOrEqual(0.85);
  expect(right / told).toBeGreaterThanOrEqual(0.9);
});

test("rooms whose things are done each by itself have no sets", {
  timeout: TWENTY_HOMES_MS,
}, () => {
  const found = SEEDS.flatMap((seed) => {
    const { household } = makeHome(seed + 100, { days: 60, onlyNoise: true });
    return findRoomBased(plantRooms(household, seed, { onlyNoise: true }).household);
  });
  expect(found.length).toBeLessThanOrEqual(1);
});

test("the order does not matter, and a part of the set is not told again", () => {
  const household = livedAs(50, ({ random, does }) => {
    const minute = 600 + random() * 600;
    for (const lamp of lamps("den_a", "den_b", "den_c", "den_d")) does(minute + random() * 4, lamp);
  });
  const found = findRoomBased({ ...household, areaOf: inRoom });
  expect(found.map(({ members }) => namesOf(members))).toEqual([
    "light.den_a on, light.den_b on, light.den_c on, light.den_d on",
  ]);
  expect(found[0]).toMatchObject({ areaId: "den", missed: [] });
});

test("things of two rooms are no set, nor are those of no room", () => {
  const household = livedAs(50, ({ random, does }) => {
    const minute = 600 + random() * 600;
    does(minute + random(), "light.den_a");
    does(minute + random(), "light.kitchen_a");
    does(minute + random(), "light.kitchen_b");
  });
  const found = findRoomBased({ ...household, areaOf: inRoom });
  expect(found.map(({ members }) => namesOf(members))).toEqual([
    "light.kitchen_a on, light.kitchen_b on",
  ]);
  expect(findRoomBased(household)).toEqual([]);
});

test("what is mostly done without a further thing is told without it as well", () => {
  const household = livedAs(60, ({ day, random, does }) => {
    const minute = 600 + random() * 600;
    does(minute + random() * 3, "light.den_a");
    does(minute + random() * 3, "light.den_b");
    if (day % 3 === 0) does(minute + random() * 3, "light.den_c");
  });
  const found = findRoomBased({ ...household, areaOf: inRoom });
  const pair = found.find(({ members }) => members.length === 2);
  expect(namesOf(pair?.members ?? [])).toBe("light.den_a on, light.den_b on");
  expect(pair?.seen.length).toBe(60);
});

test("two lights that are each bound to the same minute of the clock are no set", () => {
  const household = livedAs(60, ({ random, does }) => {
    does(1260 + (random() - 0.5) * 10, "light.den_a");
    does(1262 + (random() - 0.5) * 10, "light.den_b");
  });
  expect(findRoomBased({ ...household, areaOf: inRoom })).toEqual([]);
});

test("a scene that sets all lights in one press is no set", () => {
  const household = livedAs(40, ({ random, does }) => {
    const minute = 600 + random() * 600;
    for (const [n, lamp] of lamps("den_a", "den_b", "den_c").entries())
      does(minute + n * 0.004, lamp);
  });
  expect(findRoomBased({ ...household, areaOf: inRoom })).toEqual([]);
});

test("days on which only some of it was done speak against, a vacation does not", () => {
  const household = livedAs(50, ({ day, random, does }) => {
    if (day >= 20 && day < 30) return;
    const minute = 600 + random() * 600;
    if (day % 10 !== 0) does(minute, "light.den_a");
    if (day % 10 !== 5) does(minute + 2, "light.den_b");
  });
  const [set] = findRoomBased({ ...household, areaOf: inRoom });
  const without = set?.entityIds[0] === "light.den_a" ? [5, 15, 35, 45] : [0, 10, 30, 40];
  expect(set?.missed.map((day) => day - FIRST_DAY)).toEqual(without);
  expect(set?.seen.length).toBe(32);
});

test("a set around midnight is one, where the clocks are changed as well", () => {
  const household = livedAs(50, ({ random, does }) => {
    const minute = 1440 + (random() - 0.5) * 180;
    for (const lamp of lamps("bed_a", "bed_b")) does(minute + random() * 3, lamp, "off");
  });
  const [set] = findRoomBased({ ...household, areaOf: inRoom });
  expect(set?.seen.length).toBeGreaterThanOrEqual(49);
});

test("thirty things that are always done together are told as sets of eight at most, soon", () => {
  const all = Array.from({ length: 30 }, (_, n) => `light.den_${n}`);
  const household = livedAs(40, ({ random, does }) => {
    const minute = 600 + random() * 600;
    for (const lamp of all) does(minute + random() * 4, lamp);
  });
  const found = findRoomBased({ ...household, areaOf: inRoom });
  expect(Math.max(...found.map(({ members }) => members.length))).toBe(8);
  expect(found.length).toBeLessThanOrEqual(all.length);
});
