interface Named {
  readonly entityId: string;
  readonly name: string;
}

const MOST = 30;

/** The domains that an entity selector allows, none meaning any; `undefined` when it does not ask for an entity. */
export function domainsAsked(
  selector: Readonly<Record<string, unknown>> | undefined,
): readonly string[] | undefined {
  if (!selector || !("entity" in selector)) return undefined;
  const { domain, filter } = Object(selector.entity) as Record<string, unknown>;
  const filters = [filter].flat().map((one) => (Object(one) as { domain?: unknown }).domain);
  return [domain, ...filters].flat().filter((one) => typeof one === "string");
}

/** Entities of these domains whose name or id has what is typed, by name. */
export function suggested<T extends Named>(
  entities: readonly T[],
  { domains, typed }: { readonly domains: readonly string[]; readonly typed: string },
): T[] {
  const wanted = typed.trim().toLocaleLowerCase();
  return entities
    .filter(
      ({ entityId, name }) =>
        (domains.length === 0 || domains.includes(entityId.slice(0, entityId.indexOf(".")))) &&
        (entityId.includes(wanted) || name.toLocaleLowerCase().includes(wanted)),
    )
    .sort((one, other) => one.name.localeCompare(other.name))
    .slice(0, MOST);
}
