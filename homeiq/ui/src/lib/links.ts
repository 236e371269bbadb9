import { resolve } from "$app/paths";

/** The page of one entity. */
export const entityHref = (entityId: string) =>
  resolve(`/devices/entity?entity=${encodeURIComponent(entityId)}`);
