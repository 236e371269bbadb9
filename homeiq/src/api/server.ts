import type { Server } from "node:http";
import { serve, type WebSocketServerLike } from "@hono/node-server";
import { WebSocketServer } from "ws";
import { AppError } from "#foundation/errors.ts";

const GRACE_MS = 1_000; // for requests under way; then their connections end

export interface HttpServer extends AsyncDisposable {
  readonly port: number;
}

/** Listens on the port; throws `unconfigured` when it is taken. Disposing lets requests under way end. */
export function listen({
  fetch,
  hostname,
  port,
}: {
  fetch: (request: Request) => Response | Promise<Response>;
  hostname: string;
  port: number;
}): Promise<HttpServer> {
  const webSockets = new WebSocketServer({ noServer: true, maxPayload: 64 * 1024 });
  // The very server that the adapter is made for; its declaration only knows `noServer` as always there.
  const adapted = webSockets as unknown as WebSocketServerLike;
  return new Promise((resolve, reject) => {
    const server = serve({ fetch, hostname, port, websocket: { server: adapted } }, (info) =>
      resolve({
        port: info.port,
        [Symbol.asyncDispose]: () => close(server as Server, webSockets),
      }),
    );
    server.once("error", (cause) =>
      reject(
        new AppError(
          "unconfigured",
          "server.port",
          `Port ${port} cannot be used: ${cause.message}`,
          {
            cause,
          },
        ),
      ),
    );
  });
}

function close(server: Server, webSockets: WebSocketServer): Promise<void> {
  for (const client of webSockets.clients) client.terminate();
  return new Promise((resolve) => {
    const timer = setTimeout(() => server.closeAllConnections(), GRACE_MS);
    server.close(() => {
      clearTimeout(timer);
      resolve();
    });
    server.closeIdleConnections();
  });
}
