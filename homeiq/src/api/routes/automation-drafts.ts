import { Hono } from "hono";
import { z } from "zod";
import { type Automations, DRAFT_STATUSES } from "#ai/automations/automations.ts";
import { dropAbsent } from "#foundation/absent.ts";
import type { Json } from "#home/automation/automation.ts";
import { DOMAINS } from "#home/automation-config/automation-config.ts";
import { answer } from "../answer.ts";
import {
  ApprovedAnswer,
  DeployedAnswer,
  DraftAnswer,
  DraftsAnswer,
} from "../automation-draft-answers.ts";
import { DryRunAnswer, TestedAnswer } from "../automation-trial-answers.ts";
import { describe } from "../describe.ts";
import { commaList, validate } from "../validate.ts";
import { adminOnly, type VisitorEnv } from "../visitor.ts";
import { toShown } from "./automation-reading.ts";
import { DryRun, Fields, personOf, Test } from "./automations.ts";

const MOST_CHARACTERS = 200_000;
const Source = z.string().max(MOST_CHARACTERS);
const Reason = z.string().max(2_000);

const Id = z.object({ id: z.string().regex(/^[\w-]{1,64}$/, { message: "is no draft" }) });
const Query = z.object({ status: commaList(z.enum(DRAFT_STATUSES)) }).strict();
const Create = z
  .object({
    source: Source.optional(),
    entityId: z
      .string()
      .regex(/^(automation|script|scene)\.[a-z0-9_]+$/, {
        message: "is no automation, script or scene",
      })
      .optional(),
    kind: z.enum(DOMAINS).optional(),
    reason: Reason.optional(),
    /** Whatever JSON can say: it came as that. */
    evidence: z.record(z.string(), z.custom<Json>()).optional(),
  })
  .strict()
  .refine(({ source, entityId }) => source !== undefined || entityId !== undefined, {
    message: "needs a source, or the automation to change",
  });
const Edit = z
  .object({
    source: Source.optional(),
    reason: Reason.optional(),
    /** Compares with what stands in Home Assistant now. */
    rebase: z.boolean().optional(),
  })
  .strict();
const Hash = z.string().regex(/^[0-9a-f]{64}$/);
const Approve = z.object({ hash: Hash }).strict();
const ApproveAll = z
  .object({
    drafts: z
      .array(Id.extend({ hash: Hash }).strict())
      .min(1)
      .max(500),
  })
  .strict();

/** `/api/v1/automations/drafts` */
export const automationDraftRoutes = ({ automations }: { automations: Automations }) =>
  new Hono<VisitorEnv>()
    .get("/", describe("Drafts, last changed first", DraftsAnswer), validate("query", Query), (c) =>
      answer(c, { drafts: automations.drafts.list(c.req.valid("query").status).map(toShown) }),
    )
    .post(
      "/",
      describe("Begins a draft: of a new automation, or of a change of one", DraftAnswer, 201),
      adminOnly,
      validate("json", Create),
      async (c) => {
        const by = personOf(c.get("visitor"));
        const draft = await automations.drafts.create({ ...dropAbsent(c.req.valid("json")), by });
        return answer(c, toShown(draft), 201);
      },
    )
    .post(
      "/approve",
      describe(
        "Deploys several drafts as they were shown; says of each what became of it",
        ApprovedAnswer,
      ),
      adminOnly,
      validate("json", ApproveAll),
      async (c) => {
        const by = personOf(c.get("visitor"));
        return answer(c, { results: await automations.approveAll(c.req.valid("json").drafts, by) });
      },
    )
    .get(
      "/:id",
      describe("One draft: its text, its problems, what it would change", DraftAnswer),
      validate("param", Id),
      (c) => answer(c, toShown(automations.drafts.get(c.req.valid("param").id))),
    )
    .patch(
      "/:id",
      describe("Changes a draft", DraftAnswer),
      adminOnly,
      validate("param", Id),
      validate("json", Edit),
      async (c) => {
        const next = dropAbsent(c.req.valid("json"));
        return answer(c, toShown(await automations.drafts.edit(c.req.valid("param").id, next)));
      },
    )
    .delete(
      "/:id",
      describe("Discards a draft; it is kept, but no longer listed", DraftAnswer),
      adminOnly,
      validate("param", Id),
      (c) => {
        const by = personOf(c.get("visitor"));
        return answer(c, toShown(automations.drafts.discard(c.req.valid("param").id, by)));
      },
    )
    .post(
      "/:id/check",
      describe("Checks a draft again against the house as it is now", DraftAnswer),
      adminOnly,
      validate("param", Id),
      async (c) => answer(c, toShown(await automations.drafts.check(c.req.valid("param").id))),
    )
    .post(
      "/:id/dry-run",
      describe("What a draft would do now, step by step; nothing is called", DryRunAnswer),
      validate("param", Id),
      validate("query", DryRun),
      validate("json", Fields),
      async (c) => {
        const { id: draftId } = c.req.valid("param");
        const begun = dropAbsent({ ...c.req.valid("query"), ...c.req.valid("json") });
        return answer(c, await automations.dryRun({ draftId }, begun));
      },
    )
    .post(
      "/:id/test",
      describe(
        "Runs a draft's actions for real, then brings everything back as it was",
        TestedAnswer,
      ),
      adminOnly,
      validate("param", Id),
      validate("json", Test),
      async (c) => {
        const by = personOf(c.get("visitor"));
        const options = { ...dropAbsent(c.req.valid("json")), by, signal: c.req.raw.signal };
        return answer(c, await automations.test({ draftId: c.req.valid("param").id }, options));
      },
    )
    .post(
      "/:id/approve",
      describe("Deploys a draft exactly as it was shown: `hash` is the draft's", DeployedAnswer),
      adminOnly,
      validate("param", Id),
      validate("json", Approve),
      async (c) => {
        const by = personOf(c.get("visitor"));
        const { hash } = c.req.valid("json");
        return answer(c, await automations.approve(c.req.valid("param").id, hash, by));
      },
    );
