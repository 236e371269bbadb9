import { Hono } from "hono";
import { z } from "zod";
import type { AutomationReview } from "#ai/automation-review/automation-review.ts";
import type { Automations } from "#ai/automations/automations.ts";
import { dropAbsent } from "#foundation/absent.ts";
import type { Clock } from "#foundation/clock.ts";
import { editYaml } from "#home/automation/automation.ts";
import { answer } from "../answer.ts";
import { DraftAnswer } from "../automation-draft-answers.ts";
import {
  AdjustablesAnswer,
  AdjustedAnswer,
  BackTestAnswer,
  ExplanationAnswer,
  InterleavingAnswer,
  WhatIfAnswer,
} from "../automation-review-answers.ts";
import { describe } from "../describe.ts";
import { validate } from "../validate.ts";
import { adminOnly, type VisitorEnv } from "../visitor.ts";
import { toShown } from "./automation-reading.ts";

const AutomationId = z.string().regex(/^automation\.[a-z0-9_]+$/, { message: "is no automation" });
const Subject = {
  source: z.string().max(200_000).optional(),
  entityId: AutomationId.optional(),
};
const isSaid = ({ source, entityId }: { source?: unknown; entityId?: unknown }) =>
  source !== undefined || entityId !== undefined;
const NOTHING = { message: "needs a source, or the automation to play back" };
/** Absent: up to now, and from so many days before as the option `back_test_days` says. */
const Range = {
  from: z.number().int().nonnegative().optional(),
  to: z.number().int().positive().optional(),
};

const BackTestQuery = z
  .object({ ...Subject, ...Range })
  .strict()
  .refine(isSaid, NOTHING);
const Place = z
  .array(z.union([z.string(), z.number().int().nonnegative()]))
  .min(1)
  .max(40);
const Value = z.number().min(-1e12).max(1e12);
const AdjustablesQuery = z.object(Subject).strict().refine(isSaid, NOTHING);
const WhatIfQuery = z
  .object({ ...Subject, ...Range, path: Place, values: z.array(Value).min(1).max(12) })
  .strict()
  .refine(isSaid, NOTHING);
const Adjust = z
  .object({ ...Subject, path: Place, value: Value })
  .strict()
  .refine(isSaid, NOTHING);
const InterleavingQuery = z
  .object({ ...Range, entityIds: z.array(AutomationId).min(2).max(6) })
  .strict();
const ExplainQuery = z
  .object({ ...Subject, at: z.number().int().positive() })
  .strict()
  .refine(isSaid, NOTHING);
const Id = z.object({ id: z.string().regex(/^[\w-]{1,64}$/, { message: "is no draft" }) });
const Fix = z
  .object({ problems: z.array(z.number().int().nonnegative()).min(1).max(100) })
  .strict();

interface Deps {
  readonly clock: Clock;
  readonly automations: Automations;
  readonly automationReview: AutomationReview;
}

/** `/api/v1/automations`: what is wrong, what would have happened, and why not */
export const automationReviewRoutes = ({ automations, automationReview: review }: Deps) =>
  new Hono<VisitorEnv>()
    .post(
      "/back-test",
      describe("What an automation would have done over recorded time", BackTestAnswer),
      validate("json", BackTestQuery),
      async (c) => {
        const { automation: _automation, ...result } = await review.backTest(
          dropAbsent(c.req.valid("json")),
          c.req.raw.signal,
        );
        return answer(c, result);
      },
    )
    .post(
      "/what-if",
      describe("The same with other values in one place", WhatIfAnswer),
      validate("json", WhatIfQuery),
      async (c) => {
        const found = await review.whatIf(dropAbsent(c.req.valid("json")), c.req.raw.signal);
        return answer(c, { found });
      },
    )
    .post(
      "/adjustables",
      describe("The thresholds, lengths of time and times of day in it", AdjustablesAnswer),
      validate("json", AdjustablesQuery),
      async (c) => {
        const adjustables = await review.adjustables(dropAbsent(c.req.valid("json")));
        return answer(c, { adjustables });
      },
    )
    .post(
      "/adjust",
      describe(
        "Its text with another value in one place; nothing is kept or changed",
        AdjustedAnswer,
      ),
      validate("json", Adjust),
      async (c) => {
        const { source, entityId = "", path, value } = c.req.valid("json");
        const text = source ?? (await automations.get(entityId)).yaml;
        return answer(c, { source: await review.adjust(text, { path, value }) });
      },
    )
    .post(
      "/interleaving",
      describe("When automations acted within seconds of each other", InterleavingAnswer),
      validate("json", InterleavingQuery),
      async (c) =>
        answer(c, await review.interleaving(dropAbsent(c.req.valid("json")), c.req.raw.signal)),
    )
    .post(
      "/explain",
      describe("Why an automation ran, or did not, at a moment", ExplanationAnswer),
      validate("json", ExplainQuery),
      async (c) =>
        answer(c, await review.explain(dropAbsent(c.req.valid("json")), c.req.raw.signal)),
    )
    .post(
      "/drafts/:id/fix",
      describe(
        "Applies the fixes of these problems to a draft's text, and checks it again",
        DraftAnswer,
      ),
      adminOnly,
      validate("param", Id),
      validate("json", Fix),
      async (c) => {
        const draft = automations.drafts.get(c.req.valid("param").id);
        const { problems } = c.req.valid("json");
        const edits = problems.flatMap((n) => draft.problems[n]?.fix?.edits ?? []);
        const source = editYaml(draft.source, edits);
        await automations.drafts.edit(draft.id, { source });
        return answer(c, toShown(automations.drafts.get(draft.id)));
      },
    );
