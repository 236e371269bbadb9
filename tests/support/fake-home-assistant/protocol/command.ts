import type { Core } from "../model/core.ts";
import { HomeAssistantError } from "../model/home-assistant-error.ts";
import { check, type Schema } from "../model/schema.ts";
import { type Client, sendError, sendResult } from "./client.ts";

export type Message = Readonly<Record<string, unknown>> & { readonly id: number };

/** What a handler is given. */
export interface Request {
  readonly client: Client;
  readonly message: Message;
  readonly core: Core;
}

/** One WebSocket command. */
export interface Command {
  readonly schema?: Schema;
  readonly admin?: boolean;
  /** Answers with its result; `ANSWERED` when it has sent, or will send, the answer itself. */
  run(request: Request): unknown;
}

export type Commands = Readonly<Record<string, Command>>;

/** A handler's way to say that it answers itself. */
export const ANSWERED = Symbol("answered");

/** Runs one command; every failure becomes an answer. */
export function runCommand(command: Command, { client, message, core }: Request): void {
  try {
    if (command.admin === true && !client.user.is_admin) {
      throw new HomeAssistantError("unauthorized", "Unauthorized");
    }
    const { id: _id, type: _type, ...rest } = message;
    check(rest, command.schema ?? {});
    const result = command.run({ client, message, core });
    if (result !== ANSWERED) sendResult(client, message.id, result);
  } catch (error) {
    sendError(client, message.id, toWireError(error));
  }
}

export function toWireError(error: unknown): { code: string; message: string } {
  if (!(error instanceof HomeAssistantError)) {
    return { code: "unknown_error", message: error instanceof Error ? error.message : "Unknown" };
  }
  const { code, message, translation } = error;
  if (translation === undefined) return { code, message };
  const keys = {
    translation_key: translation.key,
    translation_domain: translation.domain,
    translation_placeholders: translation.placeholders,
  };
  return { code, message, ...keys };
}
