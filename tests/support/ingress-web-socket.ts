import type { IncomingMessage, Server } from "node:http";
import type { Duplex } from "node:stream";
import { WebSocket, WebSocketServer } from "ws";

const MAX_MESSAGE_BYTES = 16 * 1024 * 1024; // since Supervisor 2026.03.1

interface Upstream {
  readonly url: string;
  readonly headers: Readonly<Record<string, string | string[]>>;
}

/**
 * Joins each WebSocket that a browser opens to one of the app. Sub-protocols pass, compression does not.
 *
 * `find` says where to; `undefined` is answered 404. The browser's socket opens before the app's does, as with the
 * Supervisor: an app that does not listen is an open followed by a close with code 1006.
 */
export function joinWebSockets(
  server: Server,
  find: (incoming: IncomingMessage) => Upstream | undefined,
): { close(): void } {
  const accepting = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_MESSAGE_BYTES,
    perMessageDeflate: false,
  });
  server.on("upgrade", (incoming: IncomingMessage, socket: Duplex, head: Buffer) => {
    const upstream = find(incoming);
    if (!upstream) return void socket.end("HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n");
    accepting.handleUpgrade(incoming, socket, head, (browser) => join(browser, upstream));
  });
  return {
    close() {
      for (const browser of accepting.clients) browser.terminate();
      accepting.close();
    },
  };
}

function join(browser: WebSocket, { url, headers }: Upstream): void {
  const protocols = browser.protocol ? [browser.protocol] : [];
  const app = new WebSocket(url, protocols, {
    headers,
    maxPayload: MAX_MESSAGE_BYTES,
    perMessageDeflate: false,
  });
  const early: [data: WebSocket.RawData, binary: boolean][] = []; // said before the app's socket is open
  browser.on("message", (data, binary) => {
    if (app.readyState === WebSocket.CONNECTING) early.push([data, binary]);
    else if (app.readyState === WebSocket.OPEN) app.send(data, { binary });
  });
  app.on("open", () => {
    for (const [data, binary] of early.splice(0)) app.send(data, { binary });
  });
  app.on("message", (data, binary) => {
    if (browser.readyState === WebSocket.OPEN) browser.send(data, { binary });
  });
  closeTogether(browser, app);
  closeTogether(app, browser);
}

function closeTogether(from: WebSocket, to: WebSocket): void {
  from.on("error", () => to.terminate());
  from.on("close", (code, reason) => {
    if (to.readyState === WebSocket.CONNECTING) to.terminate();
    else if (code === 1005)
      to.close(); // closed without a code
    else if (code === 1006)
      to.terminate(); // broke off
    else to.close(code, reason);
  });
}
