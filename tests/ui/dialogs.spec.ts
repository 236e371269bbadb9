import { afterAll, beforeAll, expect, test } from "vitest";
import type { Deployed, Draft } from "#src/ai/automations/automations.ts";
import { type BrowserHouse, openBrowserHouse } from "#support/browser-house.ts";
import { eventually } from "#support/eventually.ts";
import { expectDialogForAll } from "#support/page-checks.ts";
import { askAutomations } from "./ask-automations.ts";

const LOCK = "lock.front_door";
const GUESTS = {
  alias: "Unlock for guests in the evening",
  triggers: [{ trigger: "time", at: "18:00:00" }],
  actions: [{ action: "lock.unlock", target: { entity_id: LOCK } }],
};

let at: BrowserHouse;
let draft: Draft;
let entityId: string;

beforeAll(async () => {
  at = await openBrowserHouse();
  await at.house.order("add-entity", {
    entityId: LOCK,
    state: "locked",
    attributes: { friendly_name: "Front door lock" },
  });
  await eventually("the lock is known", async () => {
    const { entities } = await at.homeiq.get<{ entities: unknown[] }>(
      "/api/v1/entities?text=front+door",
    );
    return entities.length > 0 || undefined;
  });
  const standing = await ask<Draft>("/drafts", { source: JSON.stringify(GUESTS) });
  const deployed = await ask<Deployed>(`/drafts/${standing.id}/approve`, { hash: standing.hash });
  entityId = deployed.entityId ?? "";
  draft = await ask<Draft>("/drafts", {
    source: JSON.stringify({ ...GUESTS, alias: "Open for the parcel" }),
  });
});

afterAll(() => at?.[Symbol.asyncDispose]());

const ask = <T>(path: string, body: object) => askAutomations<T>(at, path, body);

test("who approves something that matters for safety is told so, and why", async () => {
  const { page, errors, close } = await at.open(`automations/draft/?id=${draft.id}`);
  await page.getByRole("button", { name: "Review and approve" }).click();
  const dialog = page.getByRole("dialog", {
    name: "Put “Open for the parcel” into Home Assistant?",
  });
  const warning = dialog.getByRole("listitem").filter({ hasText: "Safety" });
  await warning.getByText(/Front door lock: It unlocks a door/).waitFor();
  expect(errors).toEqual([]);
  await close();
});

for (const { asks, path, button, title } of [
  {
    asks: "before a deployment",
    path: () => `draft/?id=${draft.id}`,
    button: "Review and approve",
    title: /^Put “Open for the parcel”/,
  },
  {
    asks: "before a removal",
    path: () => `automation/?entity=${entityId}`,
    button: "Remove",
    title: /^Remove “Unlock for guests/,
  },
  {
    asks: "before a test",
    path: () => `automation/?entity=${entityId}`,
    button: "Test the actions",
    title: "Run the actions for real?",
  },
] as const) {
  for (const colorScheme of ["light", "dark"] as const) {
    test(`the dialog ${asks} can be used by everybody, on a phone and ${colorScheme}`, async () => {
      const { page, errors, close } = await at.open(`automations/${path()}`, {
        viewport: { width: 360, height: 640 },
        colorScheme,
      });
      await page.getByRole("button", { name: button, exact: true }).click();
      const dialog = page.getByRole("dialog", { name: title });
      await dialog.waitFor();
      await expectDialogForAll(page, dialog);
      expect(errors).toEqual([]);
      await close();
    });
  }
}
