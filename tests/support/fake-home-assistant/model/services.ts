import type { Bus } from "./bus.ts";
import type { Entities, Entity } from "./entities.ts";
import { HomeAssistantError } from "./home-assistant-error.ts";
import type { Registry } from "./registry.ts";
import { check, invalid, type Schema } from "./schema.ts";
import type { Context } from "./state-machine.ts";
import { findTargets, hasTarget, TARGET_KEYS } from "./targets.ts";

export type ServiceData = Readonly<Record<string, unknown>>;

/** One call as its handler sees it. */
export interface ServiceCall {
  readonly domain: string;
  readonly service: string;
  readonly data: ServiceData;
  readonly context: Context;
  /** The available entities it is for; empty for services without a target. */
  readonly entities: readonly Entity[];
}

/** An answer that comes later, when the simulated time has passed. */
export interface Later {
  readonly later: (done: (response?: unknown) => void) => void;
}

/** What a service takes and does. */
export interface Service {
  readonly fields: Schema;
  /** Present: it acts on entities of these domains; `any` means all. */
  readonly target?: readonly string[];
  readonly response?: "optional" | "only";
  /** Takes any other key as well. */
  readonly open?: boolean;
  readonly name?: string;
  run(call: ServiceCall): unknown;
}

export interface CallOptions {
  readonly context: Context;
  readonly returnResponse?: boolean;
  /** Told when the handler is finished; at once for most services. */
  readonly onDone?: (response: unknown) => void;
}

/** Every service, and the way to call one. */
export interface Services {
  all(): ReadonlyMap<string, ReadonlyMap<string, Service>>;
  has(domain: string, service: string): boolean;
  register(domain: string, service: string, definition: Service): void;
  unregister(domain: string, service: string): void;
  /** Throws `HomeAssistantError` before anything has happened, or while the handler runs. */
  call(domain: string, service: string, data: ServiceData, options: CallOptions): void;
}

export function createServices(parts: {
  bus: Bus;
  entities: Entities;
  registry: Registry;
}): Services {
  const { bus, entities, registry } = parts;
  const domains = new Map<string, Map<string, Service>>();

  return {
    all: () => domains,
    has: (domain, service) => domains.get(domain)?.has(service) ?? false,
    register(domain, service, definition) {
      const services = domains.get(domain) ?? new Map<string, Service>();
      domains.set(domain, services);
      const isNew = !services.has(service);
      services.set(service, definition);
      if (isNew) bus.fire("service_registered", { domain, service });
    },
    unregister(domain, service) {
      if (domains.get(domain)?.delete(service)) bus.fire("service_removed", { domain, service });
    },
    call(domain, service, data, { context, returnResponse = false, onDone }) {
      const definition = domains.get(domain)?.get(service);
      if (definition === undefined) throw notFound(domain, service);
      checkResponse(definition, { domain, service, returnResponse });
      checkData(definition, data);
      bus.fire("call_service", { domain, service, service_data: data }, { context });

      const chosen: Entity[] = [];
      if (definition.target !== undefined) {
        for (const entityId of findTargets(data, { entities, registry })) {
          const entity = entities.get(entityId);
          if (entity === undefined || !entity.available) continue;
          if (!definition.target.includes("any") && !definition.target.includes(entity.domain)) {
            continue;
          }
          entities.command(entityId, context);
          chosen.push(entity);
        }
      }
      const answer = definition.run({ domain, service, data, context, entities: chosen });
      if (isLater(answer)) answer.later((response) => onDone?.(response ?? null));
      else onDone?.(answer ?? null);
    },
  };
}

function isLater(answer: unknown): answer is Later {
  return typeof answer === "object" && answer !== null && "later" in answer;
}

function notFound(domain: string, service: string) {
  return new HomeAssistantError("not_found", `Service ${domain}.${service} not found.`, {
    key: "service_not_found",
    domain: "homeassistant",
    placeholders: { domain, service },
  });
}

function checkData(definition: Service, data: ServiceData) {
  const allowed: Record<string, Schema[string]> = { ...definition.fields };
  if (definition.target !== undefined) {
    for (const key of TARGET_KEYS) allowed[key] = "any";
  }
  const given = definition.open
    ? Object.fromEntries(Object.entries(data).filter(([key]) => key in allowed))
    : data;
  check(given, allowed);
  if (definition.target !== undefined && !hasTarget(data)) {
    throw invalid(`must contain at least one of ${TARGET_KEYS.join(", ")}.`);
  }
}

function checkResponse(
  definition: Service,
  call: { domain: string; service: string; returnResponse: boolean },
) {
  if (call.returnResponse && definition.response === undefined) {
    throw validation("service_does_not_support_response", "does not return responses", call);
  }
  if (!call.returnResponse && definition.response === "only") {
    throw validation("service_lacks_response_request", "requires responses", call);
  }
}

function validation(
  key: string,
  text: string,
  { domain, service }: { domain: string; service: string },
) {
  const message = `Validation error: The action ${domain}.${service} ${text}`;
  return new HomeAssistantError("service_validation_error", message, {
    key,
    domain: "homeassistant",
    placeholders: { return_response: "return_response=True" },
  });
}
