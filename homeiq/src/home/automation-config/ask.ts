import type { z } from "zod";
import { AppError } from "#foundation/errors.ts";
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
    const parsed = shape.safeParse(await request(command, timeoutMs));
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

/** The integration behind a command is not loaded, or this version does not have it yet. */
export const isUnknownCommand = (error: unknown): boolean =>
  error instanceof AppError && error.code === "home.unknown_command";
