import { afterAll, beforeAll, expect, test } from "vitest";
import type { Draft } from "#src/ai/automations/automations.ts";
import { createLog } from "#src/foundation/log.ts";
import { NIGHT_LIGHT, openWorkshop, type Workshop } from "#support/automations/workshop.ts";

const PASSWORD = "hunter2-of-the-house";
const PIN = "483920";
const TOKEN = "eyJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJob21laXEifQ.c2lnbmF0dXJlLW9mLWl0";
const BEARER = "r4nd0mBearerOfTheBridge";
const IN_ADDRESS = "keeper:s3same-of-the-camera";
const SECRETS = [PASSWORD, PIN, TOKEN, BEARER, IN_ADDRESS];

const WITH_SECRETS = {
  ...NIGHT_LIGHT,
  alias: "Night report",
  actions: [
    ...NIGHT_LIGHT.actions,
    {
      action: "persistent_notification.create",
      data: { message: `See http://${IN_ADDRESS}@camera.local`, password: PASSWORD, code: PIN },
    },
    {
      action: "persistent_notification.create",
      data: { message: TOKEN, headers: { authorization: `Bearer ${BEARER}` } },
    },
  ],
};
const REFUSAL = `extra keys not allowed @ data['actions'][1]. Got {'password': '${PASSWORD}', 'code': ${PIN}, 'headers': {'authorization': 'Bearer ${BEARER}'}, 'url': 'http://${IN_ADDRESS}@camera.local', 'jwt': '${TOKEN}'}`;

const lines: string[] = [];
let workshop: Workshop;
beforeAll(async () => {
  const log = createLog("trace", { write: (line) => void lines.push(line) });
  workshop = await openWorkshop(undefined, { log });
});
afterAll(() => workshop[Symbol.asyncDispose]());

const expectNone = (where: string, told: unknown) => {
  const text = typeof told === "string" ? told : JSON.stringify(told);
  const seen = SECRETS.filter((secret) => text.includes(secret));
  expect({ where, seen }).toEqual({ where, seen: [] });
};

test("Home Assistant's reason is told without the secrets that it cites, and nothing is half done", async () => {
  const draft = await workshop.draft(WITH_SECRETS);
  workshop.house.refuseWrites(REFUSAL);
  const { status, body } = await workshop.approve(draft);
  workshop.house.refuseWrites();
  expect(status).toBe(400);
  expect(JSON.stringify(body)).toContain("extra keys not allowed @ data['actions'][1]");
  expectNone("the answer", body);
  expect(workshop.inFile("Night report")).toEqual([]);
  const after = await workshop.get<Draft>(`/drafts/${draft.id}`);
  expect(after.status).toBe("draft");
  expect(after.failure).toContain("extra keys not allowed");
  expectNone("why it failed", after.failure);
  const audit = await workshop.audit();
  expect(audit[0]).toMatchObject({ outcome: "refused" });
  expect(audit[0]?.detail).toContain("extra keys not allowed");
  expectNone("the audit log", audit);

  // An administrator edits what is really there.
  expect(after.source).toContain(PASSWORD);
  expect((await workshop.approve(draft)).status).toBe(200);
  expect(JSON.stringify(workshop.inFile("Night report"))).toContain(PASSWORD);
});

test("findings, the audit log and the log never hold a secret of what stands there", async () => {
  const { findings } = await workshop.get<{ findings: { code: string }[] }>("/findings");
  expect(findings.map(({ code }) => code)).toContain("lint.secret_in_text");
  expectNone("findings", findings);
  expectNone("the audit log", await workshop.audit());
  expect(lines.length).toBeGreaterThan(0);
  expectNone("the log", lines.join(""));
});

test("what a draft's check says does not repeat its secrets", async () => {
  const wrong = {
    ...WITH_SECRETS,
    actions: [{ action: "light.turn_on", data: { password: PASSWORD }, code: PIN }],
  };
  const { problems } = await workshop.draft(wrong);
  expect(problems.length).toBeGreaterThan(0);
  expectNone(
    "problems",
    problems.map(({ message }) => message),
  );
});
