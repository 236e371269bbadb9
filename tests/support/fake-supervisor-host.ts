import { Socket } from "node:net";

// Preloaded into the real process in app mode: `node --import ./tests/support/fake-supervisor-host.ts …` with
// FAKE_SUPERVISOR_PORT. The name `supervisor`, which only a container knows, then leads to the fake one.

const port = Number(process.env.FAKE_SUPERVISOR_PORT);
const connect = Socket.prototype.connect;

Socket.prototype.connect = function (this: Socket, ...args: unknown[]) {
  for (const options of args.flat()) {
    if (!isTarget(options) || options.host !== "supervisor") continue;
    options.host = "127.0.0.1";
    options.port = port;
  }
  // The same arguments as they came; the overloads of `connect` cannot be spelled for a spread.
  return Reflect.apply(connect, this, args) as Socket;
};

function isTarget(value: unknown): value is { host?: string; port?: number } {
  return typeof value === "object" && value !== null && "host" in value;
}
