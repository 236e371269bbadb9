import { Hono } from "hono";
import { z } from "zod";
import {
  DISMISS_REASONS,
  SUGGESTION_SOURCES,
  SUGGESTION_STATUSES,
  type Suggestions,
} from "#ai/suggestions/suggestions.ts";
import { dropAbsent } from "#foundation/absent.ts";
import { answer } from "../answer.ts";
import { describe } from "../describe.ts";
import {
  OutcomesAnswer,
  RefreshedAnswer,
  SuggestionAnswer,
  SuggestionsAnswer,
} from "../suggestion-answers.ts";
import { commaList, validate } from "../validate.ts";
import { adminOnly, type VisitorEnv } from "../visitor.ts";
import { personOf } from "./automations.ts";

const Query = z
  .object({
    status: commaList(z.enum(SUGGESTION_STATUSES)),
    source: commaList(z.enum(SUGGESTION_SOURCES)),
    area: z.string().max(255).optional(),
    entity: z.string().max(255).optional(),
    sort: z.enum(["score", "newest", "saving"]).optional(),
  })
  .strict();
const Id = z.object({ id: z.string() }); // of what is none the store says so: 404
const Text = z.string().max(1_000);
const Recipient = z.object({ action: Text, entityId: Text.exactOptional() }).strict();
const SlotValue = z.union([Text, z.number(), z.array(Text).max(250), z.array(Recipient).max(50)]);
const Accept = z.object({ chosen: z.record(z.string().max(100), SlotValue).optional() }).strict();
const Snooze = z.object({ until: z.number().int().positive() }).strict();
const Dismiss = z.object({ reason: z.enum(DISMISS_REASONS) }).strict();

interface Deps {
  readonly suggestions: Suggestions;
}

/** `/api/v1/suggestions` */
export const suggestionRoutes = ({ suggestions }: Deps) =>
  new Hono<VisitorEnv>()
    .get(
      "/",
      describe(
        "What is put to the household: what is open, unless asked otherwise",
        SuggestionsAnswer,
      ),
      validate("query", Query),
      (c) => {
        const { status, source, area, entity, sort } = c.req.valid("query");
        const filter = { statuses: status, sources: source, areaId: area, entityId: entity, sort };
        return answer(c, {
          suggestions: suggestions.list(dropAbsent(filter)),
          ...dropAbsent({ lastRefresh: suggestions.lastRefresh() }),
        });
      },
    )
    .get(
      "/outcomes",
      describe("How often what was suggested was accepted, kept and undone", OutcomesAnswer),
      (c) => answer(c, suggestions.outcomes()),
    )
    .post(
      "/refresh",
      describe("Looks at what there is to suggest now", RefreshedAnswer),
      adminOnly,
      async (c) => answer(c, await suggestions.refresh(c.req.raw.signal)),
    )
    .get(
      "/:id",
      describe("One suggestion with all that speaks for it", SuggestionAnswer),
      validate("param", Id),
      (c) => answer(c, suggestions.get(c.req.valid("param").id)),
    )
    .post(
      "/:id/accept",
      describe(
        "Makes a draft of it in the workshop, or carries out what needs none",
        SuggestionAnswer,
      ),
      adminOnly,
      validate("param", Id),
      validate("json", Accept),
      async (c) => {
        const said = { by: personOf(c.get("visitor")), ...dropAbsent(c.req.valid("json")) };
        return answer(c, await suggestions.accept(c.req.valid("param").id, said));
      },
    )
    .post(
      "/:id/snooze",
      describe("Puts it away until a moment to come", SuggestionAnswer),
      adminOnly,
      validate("param", Id),
      validate("json", Snooze),
      (c) => {
        const said = { by: personOf(c.get("visitor")), ...c.req.valid("json") };
        return answer(c, suggestions.snooze(c.req.valid("param").id, said));
      },
    )
    .post(
      "/:id/dismiss",
      describe("Says no, with the reason, from which others are ranked", SuggestionAnswer),
      adminOnly,
      validate("param", Id),
      validate("json", Dismiss),
      (c) => {
        const said = { by: personOf(c.get("visitor")), ...c.req.valid("json") };
        return answer(c, suggestions.dismiss(c.req.valid("param").id, said));
      },
    )
    .post(
      "/:id/reopen",
      describe(
        "Brings back what was dismissed, snoozed, or accepted and not deployed",
        SuggestionAnswer,
      ),
      adminOnly,
      validate("param", Id),
      (c) => answer(c, suggestions.reopen(c.req.valid("param").id, personOf(c.get("visitor")))),
    )
    .post(
      "/:id/undo",
      describe("Takes back what was deployed", SuggestionAnswer),
      adminOnly,
      validate("param", Id),
      async (c) =>
        answer(c, await suggestions.undo(c.req.valid("param").id, personOf(c.get("visitor")))),
    );
