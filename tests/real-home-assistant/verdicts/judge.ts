import { WebSocket } from "ws";

export type Part = "triggers" | "conditions" | "actions";

export interface Verdict {
  readonly valid: boolean;
  readonly error?: string;
}

/** Asks `validate_config` about one part. */
export interface Judge extends Disposable {
  (part: Part, value: unknown): Promise<Verdict>;
}

interface Message {
  readonly id?: number;
  readonly type: string;
  readonly result?: Readonly<Partial<Record<Part, Verdict>>>;
  readonly error?: { readonly message: string };
}

/** A connection that only asks for verdicts: there are thousands of them. */
export async function openJudge(url: string, token: string): Promise<Judge> {
  const socket = new WebSocket(`${url.replace(/^http/, "ws")}/api/websocket`);
  const waiting = new Map<
    number,
    { answer: (said: Message) => void; fail: (why: Error) => void }
  >();
  let lastId = 0;
  await new Promise<void>((resolve, reject) => {
    socket.on("error", reject);
    socket.on("message", (frame) => {
      const message = JSON.parse(String(frame)) as Message;
      if (message.type === "auth_required")
        socket.send(JSON.stringify({ type: "auth", access_token: token }));
      else if (message.type === "auth_ok") resolve();
      else waiting.get(message.id ?? 0)?.answer(message);
    });
    socket.on("close", () => {
      for (const { fail } of waiting.values()) fail(new Error("the connection was closed"));
    });
  });
  const judge = async (part: Part, value: unknown): Promise<Verdict> => {
    const id = ++lastId;
    const said = await new Promise<Message>((answer, fail) => {
      waiting.set(id, { answer, fail });
      socket.send(JSON.stringify({ id, type: "validate_config", [part]: value }));
    });
    waiting.delete(id);
    return said.result?.[part] ?? { valid: false, error: said.error?.message ?? "no answer" };
  };
  return Object.assign(judge, { [Symbol.dispose]: () => socket.close() });
}
