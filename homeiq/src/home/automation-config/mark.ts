import { z } from "zod";
import type { Registry } from "#home/registry/registry.ts";
import type { Ask } from "./ask.ts";

const MARK = "HomeIQ";

const WireLabelMade = z.object({ label_id: z.string() });
const WireCategoryMade = z.object({ category_id: z.string() });
const WireLabels = z.array(z.object({ label_id: z.string(), name: z.string() }));
const WireCategories = z.array(z.object({ category_id: z.string(), name: z.string() }));

/**
 * Puts the category and the label `HomeIQ` on an automation, a script or a scene, and makes both where they are missing.
 *
 * Labels that are there stay. A category that a person chose is never replaced.
 */
export const createMark = (ask: Ask, registry: Pick<Registry, "entities">) => {
  async function labelId(): Promise<string> {
    const labels = await ask({ type: "config/label_registry/list" }, WireLabels);
    const known = labels.find(({ name }) => name === MARK);
    if (known) return known.label_id;
    const made = await ask(
      { type: "config/label_registry/create", name: MARK, icon: "mdi:home-analytics" },
      WireLabelMade,
    );
    return made.label_id;
  }

  async function categoryId(scope: string): Promise<string> {
    const categories = await ask({ type: "config/category_registry/list", scope }, WireCategories);
    const known = categories.find(({ name }) => name === MARK);
    if (known) return known.category_id;
    const made = await ask(
      {
        type: "config/category_registry/create",
        scope,
        name: MARK,
        icon: "mdi:home-analytics",
      },
      WireCategoryMade,
    );
    return made.category_id;
  }

  return async (entityId: string): Promise<void> => {
    const scope = entityId.slice(0, entityId.indexOf("."));
    const entry = registry.entities.get(entityId);
    const [label, category] = [await labelId(), await categoryId(scope)];
    await ask(
      {
        type: "config/entity_registry/update",
        entity_id: entityId,
        labels: [...new Set([...(entry?.labels ?? []), label])],
        ...(entry?.categories[scope] ? {} : { categories: { [scope]: category } }),
      },
      z.unknown(),
    );
  };
};
