import { z } from "zod";

// The events that tell who caused what; shapes of section 2.2 of the WebSocket API.

const context = z.object({
  id: z.string(),
  parent_id: z.string().nullish(),
  user_id: z.string().nullish(),
});

export const AutomationTriggered = z.object({
  data: z.object({ entity_id: z.string(), name: z.string().optional() }),
  context,
});

export const ScriptStarted = z.object({
  data: z.object({ entity_id: z.string(), name: z.string().optional() }),
  context,
});

export const CallService = z.object({
  data: z.object({
    domain: z.string(),
    service: z.string(),
    service_data: z.record(z.string(), z.unknown()).catch({}),
  }),
  context,
});
