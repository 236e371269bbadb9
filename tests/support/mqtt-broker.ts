import { createServer, type Socket } from "node:net";
import { Aedes } from "aedes";

export interface TestBroker extends AsyncDisposable {
  readonly port: number;
  /** What is retained now, by topic. */
  readonly retained: ReadonlyMap<string, string>;
  /** What clients said without having it retained, in order. */
  readonly said: readonly { readonly topic: string; readonly text: string }[];
  publish(topic: string, payload: string): Promise<void>;
  /** Cuts every connection, as a restart does. */
  drop(): void;
}

/** A real broker on a free port unless told otherwise, open to who knows the password, if it has one. */
export async function startBroker({
  password,
  port = 0,
}: {
  password?: string;
  port?: number;
} = {}): Promise<TestBroker> {
  const broker = await Aedes.createBroker({
    authenticate: (_client, _username, given, done) =>
      done(null, password === undefined || given?.toString() === password),
  });
  const retained = new Map<string, string>();
  const said: { topic: string; text: string }[] = [];
  broker.on("publish", ({ topic, payload, retain }, client) => {
    const text = payload.toString();
    if (!retain) return void (client && said.push({ topic, text }));
    if (text === "") retained.delete(topic);
    else retained.set(topic, text);
  });
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    broker.handle(socket);
  });
  await new Promise<void>((listening) => server.listen(port, "127.0.0.1", listening));
  const drop = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    port: (server.address() as { port: number }).port,
    retained,
    said,
    publish: (topic, payload) =>
      new Promise((resolve, reject) => {
        const packet = {
          cmd: "publish",
          topic,
          payload,
          qos: 0,
          retain: false,
          dup: false,
        } as const;
        broker.publish(packet, (error) => (error ? reject(error) : resolve()));
      }),
    drop,
    async [Symbol.asyncDispose]() {
      drop();
      await new Promise<void>((closed) => server.close(() => closed()));
      await new Promise<void>((closed) => broker.close(closed));
    },
  };
}
