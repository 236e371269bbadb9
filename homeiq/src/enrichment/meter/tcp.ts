import { connect, type Socket } from "node:net";
import { backoffMs } from "#foundation/backoff.ts";
import type { Clock } from "#foundation/clock.ts";
import { AppError } from "#foundation/errors.ts";
import { SECOND_MS } from "#foundation/time.ts";

const SILENT_MS = 60 * SECOND_MS; // the slowest meters speak every 10 s; a dead converter never does

export interface ByteStream extends Disposable {
  /** Why nothing comes; `undefined` while connected. */
  problem(): AppError | undefined;
}

interface Deps {
  readonly host: string;
  readonly port: number;
  readonly clock: Clock;
  readonly random?: () => number;
  readonly onBytes: (bytes: Uint8Array) => void;
}

/** Keeps a TCP connection to a converter that sends what a serial port says, for as long as it is not disposed. */
export function followTcp({ host, port, clock, random = Math.random, onBytes }: Deps): ByteStream {
  let socket: Socket | undefined;
  let cancelTimer = () => {};
  let attempt = 0;
  let problem: AppError | undefined = silent(host, port, "connecting");
  let isDisposed = false;

  function open(): void {
    const opened = connect({ host, port });
    socket = opened;
    expectBytes(opened);
    opened.on("connect", () => {
      problem = undefined;
    });
    opened.on("data", (bytes) => {
      attempt = 0;
      expectBytes(opened);
      onBytes(bytes);
    });
    opened.on("error", (error: NodeJS.ErrnoException) => {
      problem = silent(host, port, error.code ?? "failed");
    });
    opened.on("close", () => {
      if (isDisposed) return;
      problem ??= silent(host, port, "closed");
      cancelTimer();
      attempt += 1;
      cancelTimer = clock.after(backoffMs(attempt, random), open);
    });
  }

  function expectBytes(opened: Socket): void {
    cancelTimer();
    cancelTimer = clock.after(SILENT_MS, () => {
      problem = silent(host, port, "silent");
      opened.destroy();
    });
  }

  open();
  return {
    problem: () => problem,
    [Symbol.dispose]() {
      isDisposed = true;
      cancelTimer();
      socket?.destroy();
    },
  };
}

const silent = (host: string, port: number, reason: string) =>
  new AppError("unavailable", "meter.unreachable", `${host}:${port} sends nothing: ${reason}`, {
    facts: { host, port, reason },
  });
