import { WebSocket } from "ws";

const AUTH_WITHIN_MS = 10_000;

interface Core {
  readonly url: string;
  readonly token: string;
}

interface Message {
  readonly id?: number;
  readonly type?: string;
  readonly access_token?: string;
  readonly ha_version?: string;
}

/**
 * One app's connection through `/core/websocket`: the Supervisor's own handshake with the app's token, then its own
 * session as an administrator at Home Assistant. Commands to the Supervisor are refused, since 2026.08.0.
 */
export function serveCoreWebSocket(
  app: WebSocket,
  core: Core,
  isKnown: (token: string) => boolean,
): void {
  const tooLate = setTimeout(() => app.close(), AUTH_WITHIN_MS);
  app.once("close", () => clearTimeout(tooLate));
  say(app, { type: "auth_required", ha_version: "supervisor" });

  app.once("message", (data) => {
    clearTimeout(tooLate);
    const { type, access_token = "" } = toMessage(data);
    if (type !== "auth" || !isKnown(access_token)) {
      say(app, { type: "auth_invalid", message: "Invalid access" });
      return app.close();
    }
    joinToCore(app, core);
  });
}

function joinToCore(app: WebSocket, { url, token }: Core): void {
  const home = new WebSocket(`${url.replace(/^http/, "ws")}/api/websocket`);
  home.on("error", () => app.terminate());
  home.on("close", () => app.close());
  app.on("close", () => home.terminate());

  let ready = false;
  home.on("message", (data, binary) => {
    if (ready) return app.send(data, { binary });
    const { type, ha_version } = toMessage(data);
    if (type === "auth_required") say(home, { type: "auth", access_token: token });
    else if (type === "auth_ok") {
      ready = true;
      say(app, { type: "auth_ok", ha_version });
    } else app.terminate(); // Home Assistant refuses its own Supervisor: it is starting
  });
  app.on("message", (data, binary) => {
    const { id, type = "" } = toMessage(data);
    if (/^(supervisor|hassio)\//.test(type)) return say(app, refusal(id));
    if (ready) home.send(data, { binary });
  });
}

function refusal(id: number | undefined): object {
  return {
    id,
    type: "result",
    success: false,
    error: { code: "unauthorized", message: "Unauthorized" },
  };
}

function say(socket: WebSocket, message: object): void {
  if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message));
}

function toMessage(data: WebSocket.RawData): Message {
  const message: unknown = JSON.parse(String(data));
  return typeof message === "object" && message !== null ? message : {};
}
