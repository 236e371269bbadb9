import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

export interface VendorAnswer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Never answers. */
  readonly isSilent?: boolean;
}

/** A vendor's server, which answers as it is told and keeps what it was asked. */
export interface FakeVendor extends AsyncDisposable {
  readonly url: string;
  /** Path and query of each request. */
  readonly asked: readonly string[];
  /** From now on; by path, when it is a function. */
  answer(answer: VendorAnswer | ((path: string) => VendorAnswer)): void;
  /** Refuses connections from now on. */
  close(): Promise<void>;
}

export async function startFakeVendor(first: VendorAnswer = { status: 404 }): Promise<FakeVendor> {
  const asked: string[] = [];
  let answerOf: (path: string) => VendorAnswer = () => first;
  const server = createServer((request, response) => {
    const path = request.url ?? "/";
    asked.push(path);
    const { status = 200, headers, body, isSilent } = answerOf(path);
    if (isSilent) return;
    response.writeHead(status, headers);
    response.end(body);
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const { port } = server.address() as AddressInfo;
  const close = () =>
    new Promise<void>((closed) => {
      server.close(() => closed());
      server.closeAllConnections();
    });
  return {
    url: `http://127.0.0.1:${port}/`,
    asked,
    answer(answer) {
      answerOf = typeof answer === "function" ? answer : () => answer;
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}
