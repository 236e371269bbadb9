import type { WebSocket } from "ws";

const MAX_PENDING = 4096; // Core cancels the connection when this many messages wait
const WRITER_LIMIT_BYTES = 1024 * 1024;

/** What waits to be sent to one client. Several messages may share a frame. */
export interface Outbox {
  /** One message, as JSON text. */
  send(message: string): void;
  /** A frame as it is, not counted and not coalesced. */
  sendRaw(frame: string | Buffer): void;
  coalesce(): void;
  hold(held: boolean): void;
  /** Many messages at once, past the count of what waits; coalesced if the client asked for it. */
  sendMany(messages: readonly string[]): void;
  /** Ends the connection without a farewell. */
  cut(): void;
  /** What the socket has not taken yet. */
  readonly bufferedBytes: number;
}

/** `onOverflow` is told when the client does not keep up; Core drops it then. */
export function createOutbox(socket: WebSocket, onOverflow: () => void): Outbox {
  let queue: string[] = [];
  let coalescing = false;
  let held = false;
  let scheduled = false;

  function flush() {
    scheduled = false;
    if (held || queue.length === 0 || socket.readyState !== socket.OPEN) return;
    if (socket.bufferedAmount > WRITER_LIMIT_BYTES) {
      setTimeout(schedule, 5);
      return;
    }
    const messages = queue;
    queue = [];
    const [first] = messages;
    if (!coalescing) for (const message of messages) socket.send(message);
    else if (messages.length === 1 && first !== undefined) socket.send(first);
    else socket.send(`[${messages.join(",")}]`);
  }

  function schedule() {
    if (scheduled) return;
    scheduled = true;
    setImmediate(flush);
  }

  return {
    get bufferedBytes() {
      return socket.bufferedAmount;
    },
    sendMany(messages) {
      if (socket.readyState !== socket.OPEN || messages.length === 0) return;
      if (held) queue.push(...messages);
      else if (coalescing) socket.send(`[${messages.join(",")}]`);
      else for (const message of messages) socket.send(message);
    },
    cut: () => socket.terminate(),
    send(message) {
      queue.push(message);
      if (queue.length >= MAX_PENDING) {
        queue = [];
        onOverflow();
        return;
      }
      schedule();
    },
    sendRaw: (frame) => socket.send(frame),
    coalesce() {
      coalescing = true;
    },
    hold(value) {
      held = value;
      if (!held) schedule();
    },
  };
}
