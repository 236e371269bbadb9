import { Hono } from "hono";
import { z } from "zod";
import { type Automations, withInputs } from "#ai/automations/automations.ts";
import { writeYaml } from "#home/automation/automation.ts";
import type { Domain, UsedBlueprint } from "#home/automation-config/automation-config.ts";
import { answer } from "../answer.ts";
import { BlueprintAnswer } from "../automation-blueprint-answers.ts";
import { DraftAnswer } from "../automation-draft-answers.ts";
import { describe } from "../describe.ts";
import { validate } from "../validate.ts";
import { adminOnly, type VisitorEnv } from "../visitor.ts";
import { readingOf, toShown } from "./automation-reading.ts";
import { Given } from "./given.ts";

const EntityParam = z.object({
  entity: z.string().regex(/^(automation|script)\.[a-z0-9_]+$/, {
    message: "is no automation or script",
  }),
});
const Id = z.object({ id: z.string().regex(/^[\w-]{1,64}$/, { message: "is no draft" }) });
/** `null`: the default holds again. */
const Inputs = z.object({ inputs: Given }).strict();

/** With what it comes to, as text and in its typed form. */
function shown(used: UsedBlueprint | undefined, kind: Domain) {
  if (!used) return {};
  const { text: _text, body, ...blueprint } = used;
  const came = body ? { yaml: writeYaml(body), ...readingOf(body, kind) } : {};
  return { blueprint: { ...blueprint, ...came } };
}

/** `/api/v1/automations`: what is made of a blueprint */
export const automationBlueprintRoutes = ({ automations }: { automations: Automations }) =>
  new Hono<VisitorEnv>()
    .get(
      "/drafts/:id/blueprint",
      describe(
        "The blueprint that a draft is made of: its inputs, and what comes of them",
        BlueprintAnswer,
      ),
      validate("param", Id),
      async (c) => {
        const { id: draftId } = c.req.valid("param");
        const { kind } = automations.drafts.get(draftId);
        return answer(c, shown(await automations.blueprintOf({ draftId }), kind));
      },
    )
    .post(
      "/drafts/:id/inputs",
      describe("Gives the blueprint of a draft other inputs, and checks it again", DraftAnswer),
      adminOnly,
      validate("param", Id),
      validate("json", Inputs),
      async (c) => {
        const { id, source } = automations.drafts.get(c.req.valid("param").id);
        await automations.drafts.edit(id, {
          source: withInputs(source, c.req.valid("json").inputs),
        });
        return answer(c, toShown(automations.drafts.get(id)));
      },
    )
    .get(
      "/:entity/blueprint",
      describe(
        "The blueprint that it is made of: its inputs, and what comes of them",
        BlueprintAnswer,
      ),
      validate("param", EntityParam),
      async (c) => {
        const { entity: entityId } = c.req.valid("param");
        const kind = entityId.startsWith("script.") ? "script" : "automation";
        return answer(c, shown(await automations.blueprintOf({ entityId }), kind));
      },
    );
