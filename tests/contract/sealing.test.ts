import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createLog } from "#src/foundation/log.ts";
import { createTopic } from "#src/foundation/topic.ts";
import { createHistory, type RecordedChange } from "#src/ingest/history/history.ts";
import { openStore } from "#src/store/database.ts";
import { createFakeClock } from "#support/clock.ts";

test("an automation and what it did in the same millisecond are sealed, and still belong together", async () => {
  const folder = mkdtempSync(join(tmpdir(), "homeiq-sealing-"));
  const clock = createFakeClock();
  const log = createLog("silent");
  const store = openStore(join(folder, "homeiq.db"));
  const history = await createHistory({
    store,
    clock,
    log,
    capacity: 100,
    recorded: createTopic<readonly RecordedChange[]>({ name: "state changes", log }),
    describe: (entityId) => ({ name: entityId }),
    onMissed: () => undefined,
  });
  const parent = { id: `${ulidTime(clock.now())}AAAAAAAAAAAAAAAA`, userId: "anna" };
  const child = { id: `${ulidTime(clock.now())}BBBBBBBBBBBBBBBB`, parentId: parent.id };
  const cause = { kind: "automation", confidence: 1 } as const;
  const change = {
    at: clock.now(),
    kind: "state",
    oldState: "off",
    newState: "on",
    cause,
  } as const;
  history.record({ ...change, entityId: "light.hall", context: child });
  history.record({ ...change, entityId: "automation.dusk", context: parent });
  await history.drain(AbortSignal.timeout(5_000));
  clock.advance(2 * 3_600_000);
  expect(await history.seal()).toMatchObject({ changes: 2 });
  expect(await history.trace(parent.id)).toMatchObject({
    userId: "anna",
    changes: [{ entityId: "automation.dusk" }],
    children: [{ contextId: child.id, changes: [{ entityId: "light.hall" }] }],
  });
  await history[Symbol.asyncDispose]();
  await store[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true, force: true });
});

/** The ten characters in which a context says its moment. */
function ulidTime(at: number): string {
  const digits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  return Array.from({ length: 10 }, (_, n) => digits[Math.floor(at / 32 ** (9 - n)) % 32]).join("");
}
