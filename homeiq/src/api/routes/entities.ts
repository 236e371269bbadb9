import { Hono } from "hono";
import { z } from "zod";
import { dropAbsent } from "#foundation/absent.ts";
import { answer } from "../answer.ts";
import { describe } from "../describe.ts";
import { EntitiesAnswer, EntityDetailAnswer } from "../home-answers.ts";
import type { Inventory } from "../inventory.ts";
import { commaList, validate } from "../validate.ts";

const Query = z
  .object({
    text: z.string().trim().max(200).optional(),
    domain: commaList(z.string()),
    area: commaList(z.string()),
    device: commaList(z.string()),
    label: commaList(z.string()),
    integration: commaList(z.string()),
    /** "false": only what Home Assistant cannot reach now. */
    available: z
      .enum(["true", "false"])
      .transform((text) => text === "true")
      .optional(),
    limit: z.coerce.number().int().min(1).max(5000).default(200),
    offset: z.coerce.number().int().min(0).default(0),
  })
  .strict();

const Id = z.object({ entityId: z.string().max(255) });

/** `/api/v1/entities` */
export const entityRoutes = ({ inventory }: { inventory: Inventory }) =>
  new Hono()
    .get(
      "/",
      describe("Entities with their state now", EntitiesAnswer),
      validate("query", Query),
      (c) => answer(c, inventory.entities(dropAbsent(c.req.valid("query")))),
    )
    .get("/:entityId", describe("One entity", EntityDetailAnswer), validate("param", Id), (c) =>
      answer(c, inventory.entity(c.req.valid("param").entityId)),
    );
