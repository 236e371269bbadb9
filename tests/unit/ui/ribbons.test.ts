import { expect, test } from "vitest";
import { layOut } from "../../../homeiq/ui/src/routes/energy/ribbons.ts";

const part = (id: string, value: number) => ({ id, name: id, value, color: `var(--${id})` });
const flow = {
  house: 20,
  sources: [part("grid", 16), part("sun", 8)],
  uses: [part("oven", 12), part("rest", 8), part("export", 4)],
};
const ask = (taken: number[] = []) => layOut({ flow, width: 200, given: [52, 52], taken });

test("a ribbon is as thick as its share of all energy", () => {
  const { ends, house } = ask();
  const thick = ends.map(({ height }) => height / house.height);
  expect(thick.map((one) => Math.round(one * 1000))).toEqual([667, 333, 500, 333, 167]);
});

test("a ribbon ends at the middle of its line of text, also of one that wraps", () => {
  const { ends, height } = ask([52, 104, 52]);
  const [oven, rest, out] = ends.slice(2).map(({ y, height }) => y + height / 2);
  expect(height).toBe(208);
  expect([oven, rest, out]).toEqual([26, 104, 182]);
});

test("what is hardly anything is still to be seen", () => {
  const tiny = { ...flow, uses: [part("oven", 24), part("clock", 0.001)] };
  const { ends } = layOut({ flow: tiny, width: 200, given: [], taken: [] });
  expect(ends.at(-1)?.height).toBeGreaterThan(1);
});
