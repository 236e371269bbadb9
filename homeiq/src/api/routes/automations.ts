import { Hono } from "hono";
import { z } from "zod";
import type { Automations } from "#ai/automations/automations.ts";
import { dropAbsent } from "#foundation/absent.ts";
import { DOMAINS } from "#home/automation-config/automation-config.ts";
import { answer } from "../answer.ts";
import {
  AuditAnswer,
  AutomationAnswer,
  AutomationsAnswer,
  ExportedAnswer,
  FindingsAnswer,
  RepairsAnswer,
  TracesAnswer,
  TurnedAnswer,
  VersionsAnswer,
  WatchesAnswer,
  WhyAnswer,
} from "../automation-answers.ts";
import { DeployedAnswer, DraftAnswer, DraftsAnswer } from "../automation-draft-answers.ts";
import { DryRunAnswer, TestedAnswer, TriggeredAnswer } from "../automation-trial-answers.ts";
import { describe } from "../describe.ts";
import { commaList, count, validate } from "../validate.ts";
import { adminOnly, type Visitor, type VisitorEnv } from "../visitor.ts";
import { readingOf, toShown } from "./automation-reading.ts";
import { Given } from "./given.ts";

const EntityParam = z.object({
  entity: z.string().regex(/^(automation|script|scene)\.[a-z0-9_]+$/, {
    message: "is no automation, script or scene",
  }),
});
const ListQuery = z.object({ kind: z.enum(DOMAINS).default("automation") }).strict();
const Restore = z.object({ version: z.number().int().positive() }).strict();
const Remove = z.object({ reason: z.string().max(500).optional() }).strict();
const Trigger = z.object({ skipConditions: z.boolean().default(false) }).strict();
const AuditQuery = z
  .object({
    limit: count(500, 100),
    before: z.coerce.number().int().positive().optional(),
    automation: z.string().max(200).optional(),
  })
  .strict();
/** `inputs`: places such as `actions.0.target.entity_id`, separated by commas. */
const Export = z
  .object({
    as: z.enum(["yaml", "body", "blueprint"]).default("yaml"),
    inputs: commaList(z.string()),
  })
  .strict();
const toChosen = (place: string) => ({
  path: place.split(".").map((part) => (/^\d+$/.test(part) ? Number(part) : part)),
});
const Id = z.string().min(1).max(255);
const Choice = z.object({ from: Id, to: Id }).strict();
const Repairs = z
  .object({
    automations: z
      .array(z.object({ entityId: Id, choices: z.array(Choice).max(100).default([]) }).strict())
      .min(1)
      .max(500),
  })
  .strict();
const ContextParam = z.object({
  contextId: z.string().regex(/^[\w-]{1,64}$/, { message: "is not the id of a context" }),
});

/** Of a script. */
export const Fields = z.object({ fields: Given.optional() }).strict();
/** `confirmed`: the person has seen what is dangerous about it. */
export const Test = Fields.extend({ confirmed: z.boolean().default(false) });
/** As if this trigger had fired, by its index. */
export const DryRun = z
  .object({ trigger: z.coerce.number().int().nonnegative().max(1_000).optional() })
  .strict();

/** Who asks, as the audit log names them. */
export const personOf = ({ id, name }: Visitor) => ({
  ...(id === undefined ? {} : { id }),
  name: name ?? "Somebody at this computer",
});

/** `/api/v1/automations` */
export const automationRoutes = ({ automations }: { automations: Automations }) =>
  new Hono<VisitorEnv>()
    .get(
      "/",
      describe(
        "Every automation, or every script or scene, and how it is doing",
        AutomationsAnswer,
      ),
      validate("query", ListQuery),
      async (c) => answer(c, { automations: await automations.list(c.req.valid("query").kind) }),
    )
    .get(
      "/audit",
      describe("Who did what with automations, newest first", AuditAnswer),
      validate("query", AuditQuery),
      (c) => {
        const { automation, ...query } = c.req.valid("query");
        const entries = automations.audit.list(dropAbsent({ ...query, automationId: automation }));
        return answer(c, { entries });
      },
    )
    .get("/probation", describe("New automations that are watched", WatchesAnswer), (c) =>
      answer(c, { watches: automations.probation.list() }),
    )
    .get(
      "/findings",
      describe(
        "What is wrong with automations, scripts and scenes, alone and together",
        FindingsAnswer,
      ),
      async (c) => answer(c, await automations.inspection.findings()),
    )
    .get(
      "/repairs",
      describe("References that lead nowhere, and what they most likely meant", RepairsAnswer),
      async (c) => answer(c, { repairs: await automations.inspection.repairs() }),
    )
    .post(
      "/repairs",
      describe("Drafts of these automations with their proposed repairs", DraftsAnswer, 201),
      adminOnly,
      validate("json", Repairs),
      async (c) => {
        const by = personOf(c.get("visitor"));
        const drafts = await automations.draftRepairs(c.req.valid("json").automations, by);
        return answer(c, { drafts: drafts.map(toShown) }, 201);
      },
    )
    .get(
      "/why/:contextId",
      describe(
        "Why something happened: what we recorded, joined with Home Assistant's traces",
        WhyAnswer,
      ),
      validate("param", ContextParam),
      async (c) => answer(c, await automations.why(c.req.valid("param").contextId)),
    )
    .get(
      "/:entity",
      describe("One automation: its configuration, its text, its runs", AutomationAnswer),
      validate("param", EntityParam),
      async (c) => {
        const automation = await automations.get(c.req.valid("param").entity);
        return answer(c, { ...automation, ...readingOf(automation.config, automation.domain) });
      },
    )
    .get(
      "/:entity/versions",
      describe("Every version with what it changed, newest first", VersionsAnswer),
      validate("param", EntityParam),
      (c) => answer(c, { versions: automations.versions(c.req.valid("param").entity) }),
    )
    .get(
      "/:entity/traces",
      describe("Its last runs, step by step, newest first", TracesAnswer),
      validate("param", EntityParam),
      async (c) => answer(c, { traces: await automations.traces(c.req.valid("param").entity) }),
    )
    .get(
      "/:entity/export",
      describe(
        "As YAML, as what its blueprint becomes, or as a blueprint in which `inputs` are to be filled in",
        ExportedAnswer,
      ),
      validate("param", EntityParam),
      validate("query", Export),
      async (c) => {
        const { as, inputs = [] } = c.req.valid("query");
        const wanted = as === "blueprint" ? { as, inputs: inputs.map(toChosen) } : { as };
        return answer(c, await automations.exportOf(c.req.valid("param").entity, wanted));
      },
    )
    .post(
      "/:entity/propose",
      describe("A draft with the condition that its overrides speak for", DraftAnswer, 201),
      adminOnly,
      validate("param", EntityParam),
      async (c) => {
        const by = personOf(c.get("visitor"));
        const draft = await automations.draftProposal(c.req.valid("param").entity, by);
        return answer(c, toShown(draft), 201);
      },
    )
    .post(
      "/:entity/restore",
      describe("Brings back a version, also of a removed automation", DeployedAnswer),
      adminOnly,
      validate("param", EntityParam),
      validate("json", Restore),
      async (c) => {
        const by = personOf(c.get("visitor"));
        const { version } = c.req.valid("json");
        return answer(c, await automations.restore(c.req.valid("param").entity, version, by));
      },
    )
    .post(
      "/:entity/undo",
      describe("Takes the latest version back", DeployedAnswer),
      adminOnly,
      validate("param", EntityParam),
      async (c) => {
        const by = personOf(c.get("visitor"));
        return answer(c, await automations.undo(c.req.valid("param").entity, by));
      },
    )
    .delete(
      "/:entity",
      describe("Removes an automation; its versions stay, it can be restored", DeployedAnswer),
      adminOnly,
      validate("param", EntityParam),
      validate("query", Remove),
      async (c) => {
        const by = personOf(c.get("visitor"));
        const { reason } = c.req.valid("query");
        return answer(c, await automations.remove(c.req.valid("param").entity, by, reason));
      },
    )
    .post(
      "/:entity/enable",
      describe("Turns an automation on", TurnedAnswer),
      adminOnly,
      validate("param", EntityParam),
      async (c) => {
        const { entity } = c.req.valid("param");
        await automations.turn(entity, true, personOf(c.get("visitor")));
        return answer(c, { entityId: entity, state: "on" });
      },
    )
    .post(
      "/:entity/disable",
      describe("Turns an automation off", TurnedAnswer),
      adminOnly,
      validate("param", EntityParam),
      async (c) => {
        const { entity } = c.req.valid("param");
        await automations.turn(entity, false, personOf(c.get("visitor")));
        return answer(c, { entityId: entity, state: "off" });
      },
    )
    .post(
      "/:entity/dry-run",
      describe("What it would do now, step by step; nothing is called", DryRunAnswer),
      validate("param", EntityParam),
      validate("query", DryRun),
      validate("json", Fields),
      async (c) => {
        const { entity: entityId } = c.req.valid("param");
        const begun = dropAbsent({ ...c.req.valid("query"), ...c.req.valid("json") });
        return answer(c, await automations.dryRun({ entityId }, begun));
      },
    )
    .post(
      "/:entity/test",
      describe("Runs its actions for real, then brings everything back as it was", TestedAnswer),
      adminOnly,
      validate("param", EntityParam),
      validate("json", Test),
      async (c) => {
        const { entity: entityId } = c.req.valid("param");
        const by = personOf(c.get("visitor"));
        const options = { ...dropAbsent(c.req.valid("json")), by, signal: c.req.raw.signal };
        return answer(c, await automations.test({ entityId }, options));
      },
    )
    .post(
      "/:entity/trigger",
      describe("Runs an automation now, with or without its conditions", TriggeredAnswer),
      adminOnly,
      validate("param", EntityParam),
      validate("json", Trigger),
      async (c) => {
        const by = personOf(c.get("visitor"));
        const { skipConditions } = c.req.valid("json");
        const { entity } = c.req.valid("param");
        return answer(c, await automations.trigger(entity, { skipConditions, by }));
      },
    );
