import { expect } from "vitest";
import type { Judge, Part } from "./judge.ts";

const PARTS = ["triggers", "conditions", "actions"] as const;

/** Home Assistant has nothing to say against any part of an automation. */
export async function expectAccepted(
  judge: Judge,
  made: Readonly<Partial<Record<Part, unknown>>>,
): Promise<void> {
  const verdicts = await Promise.all(
    PARTS.map(async (part) => ({ part, ...(await judge(part, made[part])) })),
  );
  expect(verdicts).toEqual(PARTS.map((part) => ({ part, valid: true, error: null })));
}
