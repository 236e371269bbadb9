import type { z } from "zod";
import { AppError } from "#foundation/errors.ts";
import { maskSecrets, secretsIn } from "#foundation/secrets.ts";
import type { Command } from "#home/connection/connection.ts";

/** One command of the websocket, its answer in the expected shape. */
export type Ask = <S extends z.ZodType>(
  command: Command,
  shape: S,
  timeoutMs?: number,
) => Promise<z.output<S>>;

/** Throws what `request` throws, and `internal` for an answer of another shape. */
export const createAsk =
  (request: (command: Command, timeoutMs?: number) => Promise<unknown>): Ask =>
  async (command, shape, timeoutMs) => {
    const answer = await request(command, timeoutMs).catch((error: unknown) => {
      throw withoutSecrets(error, command);
    });
    const parsed = shape.safeParse(answer);
    if (parsed.success) return parsed.data;
    throw new AppError(
      "internal",
      "automation_config.unexpected",
      `${command.type}: another shape`,
      {
        cause: parsed.error,
      },
    );
  };

/** Home Assistant cites what it refuses: its words go to logs and to people who may not read the whole. */
function withoutSecrets(error: unknown, command: Command): unknown {
  if (!(error instanceof AppError)) return error;
  const { kind, code, facts } = error;
  return new AppError(kind, code, maskSecrets(error.message, secretsIn(command)), { facts });
}

/** The integration behind a command is not loaded, or this version does not have it yet. */
export const isUnknownCommand = (error: unknown): boolean =>
  error instanceof AppError && error.code === "home.unknown_command";
