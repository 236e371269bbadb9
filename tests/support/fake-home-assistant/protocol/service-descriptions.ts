import type { Service, Services } from "../model/services.ts";

const SELECTORS: Readonly<Record<string, unknown>> = {
  string: { text: null },
  int: { number: { min: 0, max: 10_000 } },
  float: { number: { min: 0, max: 10_000, step: 0.1 } },
  boolean: { boolean: null },
  list: { object: null },
};

/** What `get_services` answers: domain, service, what it takes. */
export function toServices(services: Services) {
  const domains: Record<string, Record<string, unknown>> = {};
  for (const [domain, ofDomain] of services.all()) {
    domains[domain] = Object.fromEntries(
      [...ofDomain].map(([service, definition]) => [service, describe(definition)]),
    );
  }
  return domains;
}

function describe({ fields, target, response, name }: Service) {
  const described = Object.entries(fields).map(([key, field]) => {
    const selector = SELECTORS[field.replace(/[?!]/gu, "")] ?? { object: null };
    return [key, { ...(field.endsWith("!") ? { required: true } : {}), selector }];
  });
  const domains = target?.includes("any") === true ? undefined : target;
  return {
    ...(name === undefined ? {} : { name, description: "" }),
    fields: Object.fromEntries(described),
    ...(target === undefined
      ? {}
      : { target: { entity: [domains === undefined ? {} : { domain: domains }] } }),
    ...(response === undefined ? {} : { response: { optional: response === "optional" } }),
  };
}
