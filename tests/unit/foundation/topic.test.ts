import { expect, test } from "vitest";
import { createLog } from "#src/foundation/log.ts";
import { createTopic } from "#src/foundation/topic.ts";

const topic = () => createTopic<number>({ name: "numbers", log: createLog("silent") });

test("a listener that throws hurts no other", () => {
  const numbers = topic();
  const heard: number[] = [];
  numbers.subscribe(() => {
    throw new Error("broken");
  });
  numbers.subscribe((n) => heard.push(n));
  numbers.publish(1);
  numbers.publish(2);
  expect(heard).toEqual([1, 2]);
});

test("who has left hears nothing more", () => {
  const numbers = topic();
  const heard: number[] = [];
  const leave = numbers.subscribe((n) => heard.push(n));
  numbers.publish(1);
  leave();
  numbers.publish(2);
  expect(heard).toEqual([1]);
});
