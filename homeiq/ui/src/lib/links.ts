import { resolve } from "$app/paths";

/** The page of one entity. */
export const entityHref = (entityId: string) =>
  resolve(`/devices/entity?entity=${encodeURIComponent(entityId)}`);

/** The page of one automation, script or scene. */
export const automationHref = (entityId: string) =>
  resolve(`/automations/automation?entity=${encodeURIComponent(entityId)}`);

/** The explorer with these entities. */
export const exploreHref = (entityIds: readonly string[]) =>
  resolve(`/history/explore?entity=${entityIds.map(encodeURIComponent).join(",")}`);

/** The list of what happened, narrowed to entities, a time or an area. */
export function eventsHref({
  entityIds = [],
  from,
  to,
  area,
}: {
  readonly entityIds?: readonly string[];
  readonly from?: number;
  readonly to?: number;
  readonly area?: string;
}) {
  const query = new URLSearchParams();
  if (entityIds.length > 0) query.set("entity", entityIds.join(","));
  if (from !== undefined) query.set("from", String(from));
  if (to !== undefined) query.set("to", String(to));
  if (area !== undefined) query.set("area", area);
  return resolve(`/history?${query}`);
}

/** The page of one habit. */
export const patternHref = (id: string) =>
  resolve(`/suggestions/pattern?id=${encodeURIComponent(id)}`);

/** The page of one suggestion. */
export const suggestionHref = (id: string) =>
  resolve(`/suggestions/suggestion?id=${encodeURIComponent(id)}`);

/** Two suggestions side by side. */
export const compareHref = (ids: readonly string[]) =>
  resolve(`/suggestions/compare?ids=${ids.map(encodeURIComponent).join(",")}`);

/** The page of what goes together, at one of them. */
export const synergyHref = (id: string) =>
  resolve(`/suggestions/synergies?id=${encodeURIComponent(id)}`);
