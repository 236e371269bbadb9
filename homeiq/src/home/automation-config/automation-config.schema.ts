import { z } from "zod";

// What Home Assistant answers about its automations, scripts and scenes, reduced to what we use.

/** A configuration as Home Assistant keeps it. */
export const WireConfiguration = z.record(z.string(), z.json());

export const WireLoaded = z.object({ config: WireConfiguration.nullable() });

/** The body of an answer that is not a success; the websocket's errors are told elsewhere. */
export const WireRefusal = z.object({ message: z.string() });

export const WireShortTrace = z.object({
  run_id: z.string(),
  domain: z.string(),
  item_id: z.string(),
  state: z.string(),
  script_execution: z.string().nullish(),
  last_step: z.string().nullish(),
  error: z.string().nullish(),
  trigger: z.string().nullish(),
  timestamp: z.object({ start: z.string(), finish: z.string().nullish() }),
});

const WireStep = z.object({
  path: z.string(),
  timestamp: z.string(),
  changed_variables: z.record(z.string(), z.json()).nullish(),
  error: z.string().nullish(),
  result: z.json().nullish(),
});

export const WireTrace = WireShortTrace.extend({
  trace: z.record(z.string(), z.array(WireStep)),
  config: WireConfiguration.nullish(),
  context: z.object({ id: z.string(), parent_id: z.string().nullish() }).nullish(),
});

export const WireContexts = z.record(
  z.string(),
  z.object({ run_id: z.string(), domain: z.string(), item_id: z.string() }),
);

const WireVerdict = z.object({ valid: z.boolean(), error: z.string().nullish() });

export const WireVerdicts = z.object({
  triggers: WireVerdict.optional(),
  conditions: WireVerdict.optional(),
  actions: WireVerdict.optional(),
});

export const WireConditionResult = z.object({ result: z.boolean().nullable() });

export const WireBlueprints = z.record(
  z.string(),
  z.union([
    z.object({ metadata: z.record(z.string(), z.json()) }),
    z.object({ error: z.string() }),
  ]),
);

export const WireImport = z.object({
  suggested_filename: z.string(),
  raw_data: z.string(),
  blueprint: z.object({ metadata: z.record(z.string(), z.json()) }),
  validation_errors: z.array(z.string()).nullish(),
  exists: z.boolean().catch(false),
});

export const WireSaved = z.object({ overrides_existing: z.boolean().catch(false) });

export const WireSubstituted = z.object({ substituted_config: WireConfiguration });

export const WireCall = z.object({
  context: z.object({ id: z.string() }),
  response: z.json().nullish(),
});

export const WireNamed = z.array(z.object({ name: z.string() }).loose());

export const AutomationTriggered = z.object({
  data: z.object({ entity_id: z.string() }),
  context: z.object({ id: z.string() }),
});
