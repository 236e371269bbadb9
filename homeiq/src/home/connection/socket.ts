import {
  type HaWebSocket,
  MSG_TYPE_AUTH_INVALID,
  MSG_TYPE_AUTH_OK,
} from "home-assistant-js-websocket";
import { WebSocket } from "ws";
import { z } from "zod";
import { AppError } from "#foundation/errors.ts";
import { SECOND_MS } from "#foundation/time.ts";
import type { Endpoint } from "./endpoint.ts";

const AUTH_TIMEOUT_MS = 10 * SECOND_MS; // Core closes an unauthenticated socket after 10 s as well
const MAX_FRAME_BYTES = 64 * 1024 * 1024; // what the Supervisor's proxy lets through
const AuthMessage = z.object({
  type: z.string(),
  ha_version: z.string().optional(),
  message: z.string().optional(),
});

export interface OpenSocket {
  readonly socket: HaWebSocket;
  readonly haVersion: string;
  /** Ends at once, without waiting for the other side. */
  terminate(): void;
}

export interface SocketListeners {
  /** Any frame arrived. */
  onFrame(): void;
  /** A frame that could not be used; the rest of the connection goes on. */
  onBadFrame(reason: "binary_frame" | "malformed_frame", error?: unknown): void;
}

/**
 * Opens a WebSocket and authenticates, with coalesced messages switched on.
 *
 * Throws `unavailable` when nothing answers, `unconfigured` when the token is refused.
 */
export function openSocket(endpoint: Endpoint, listeners: SocketListeners): Promise<OpenSocket> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(endpoint.webSocketUrl, {
      maxPayload: MAX_FRAME_BYTES,
      handshakeTimeout: AUTH_TIMEOUT_MS,
      perMessageDeflate: false,
    });
    let settled = false;
    const fail = (error: AppError) => {
      if (settled) return;
      settled = true;
      clearTimeout(timer);
      socket.terminate();
      reject(error);
    };
    const timer = setTimeout(
      () => fail(unreachable("It did not answer within 10 seconds")),
      AUTH_TIMEOUT_MS,
    );

    socket.on("error", (error) => fail(unreachable(error.message, error)));
    socket.on("close", () => fail(unreachable("It closed the connection")));
    socket.on("message", function authenticate(frame, isBinary) {
      if (settled) return;
      const message = isBinary ? undefined : parseAuth(frame.toString());
      if (message?.type === "auth_required") {
        socket.send(JSON.stringify({ type: "auth", access_token: endpoint.token }));
      } else if (message?.type === MSG_TYPE_AUTH_INVALID) {
        fail(refused(message.message));
      } else if (message?.type === MSG_TYPE_AUTH_OK) {
        settled = true;
        clearTimeout(timer);
        socket.off("message", authenticate);
        socket.send(
          JSON.stringify({ id: 1, type: "supported_features", features: { coalesce_messages: 1 } }),
        );
        const haVersion = message.ha_version ?? "unknown";
        resolve({
          socket: adapt(socket, haVersion, listeners),
          haVersion,
          terminate: () => socket.terminate(),
        });
      } else {
        fail(unreachable("It does not speak Home Assistant's protocol"));
      }
    });
  });
}

type Listener = (event: { data: string }) => void;

/**
 * The face of a socket that `home-assistant-js-websocket` needs. Its own parser throws on a malformed
 * frame, which under Node would end the process: here such a frame is counted instead.
 */
function adapt(socket: WebSocket, haVersion: string, listeners: SocketListeners): HaWebSocket {
  const attached = new Map<unknown, (...args: never[]) => void>();
  const face = {
    haVersion,
    OPEN: WebSocket.OPEN,
    get readyState() {
      return socket.readyState;
    },
    send: (text: string) => socket.send(text),
    close: () => socket.close(),
    addEventListener(type: string, listener: Listener) {
      const wrapped =
        type === "message"
          ? (frame: Buffer, isBinary: boolean) => {
              listeners.onFrame();
              if (isBinary) return listeners.onBadFrame("binary_frame");
              try {
                listener({ data: frame.toString() });
              } catch (error) {
                listeners.onBadFrame("malformed_frame", error);
              }
            }
          : () => listener({ data: "" });
      attached.set(listener, wrapped as (...args: never[]) => void);
      socket.on(type, wrapped as (...args: unknown[]) => void);
    },
    removeEventListener(type: string, listener: Listener) {
      const wrapped = attached.get(listener);
      if (wrapped) socket.off(type, wrapped as (...args: unknown[]) => void);
      attached.delete(listener);
    },
  };
  // The library asks for the DOM's WebSocket type and uses only the members above.
  return face as unknown as HaWebSocket;
}

function parseAuth(text: string): z.infer<typeof AuthMessage> | undefined {
  try {
    return AuthMessage.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined; // not JSON: the caller reports that this is not Home Assistant
  }
}

const unreachable = (why: string, cause?: unknown) =>
  new AppError(
    "unavailable",
    "connection.unreachable",
    `Home Assistant cannot be reached: ${why}`,
    {
      cause,
    },
  );

const refused = (why = "invalid token") =>
  new AppError(
    "unconfigured",
    "connection.token_refused",
    `Home Assistant refused the token: ${why}`,
  );
