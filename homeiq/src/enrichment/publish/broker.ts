import { z } from "zod";
import { AppError } from "#foundation/errors.ts";
import { askServer, parseJson, readShape, refuseBadStatus } from "#foundation/http.ts";

/** An MQTT broker, and how to get in. */
export interface Broker {
  readonly host: string;
  readonly port: number;
  readonly ssl: boolean;
  readonly username?: string;
  readonly password?: string;
}

const WireService = z.object({
  data: z.object({
    host: z.string().min(1),
    port: z.coerce.number().int().min(1).max(65_535),
    ssl: z.boolean().nullish(),
    username: z.string().nullish(),
    password: z.string().nullish(),
  }),
});

interface Supervisor {
  readonly url: string;
  readonly token: string;
}

/**
 * The broker that Home Assistant's apps share; `undefined` where none is installed.
 *
 * Source: `GET /services/mqtt` of the Supervisor, which needs `services: [mqtt:want]` and answers 400 without a broker.
 */
export async function findBroker(
  { url, token }: Supervisor,
  signal: AbortSignal,
): Promise<Broker | undefined> {
  const headers = { authorization: `Bearer ${token}` };
  const reply = await askServer(new URL("services/mqtt", url.endsWith("/") ? url : `${url}/`), {
    signal,
    headers,
  });
  if (reply.status === 400 || reply.status === 404) return undefined;
  refuseBadStatus(reply);
  const { data } = readShape(parseJson(reply.text), WireService);
  return toBroker(data);
}

interface Given {
  readonly host: string;
  readonly port: number;
  readonly ssl?: boolean | null | undefined;
  readonly username?: string | null | undefined;
  readonly password?: string | null | undefined;
}

const toBroker = ({ host, port, ssl, username, password }: Given): Broker => ({
  host,
  port,
  ssl: ssl === true,
  ...(username ? { username } : {}),
  ...(password ? { password } : {}),
});

const PORTS = { mqtt: 1883, mqtts: 8883 } as const;

/**
 * The broker that the user wrote into the options, `mqtt://` or `mqtts://`; `undefined` without one.
 *
 * Throws `unconfigured` `publish.bad_address`, without repeating it: it may hold a password.
 */
export function toChosenBroker(options: {
  readonly mqtt_url?: string | undefined;
  readonly mqtt_username?: string | undefined;
  readonly mqtt_password?: string | undefined;
}): Broker | undefined {
  const address = options.mqtt_url?.trim();
  if (!address) return undefined;
  const url = URL.canParse(address) ? new URL(address) : undefined;
  const protocol = url?.protocol.slice(0, -1);
  if (!url?.hostname || (protocol !== "mqtt" && protocol !== "mqtts")) {
    throw new AppError(
      "unconfigured",
      "publish.bad_address",
      "mqtt_url must look like mqtt://192.168.1.5:1883",
    );
  }
  return toBroker({
    host: url.hostname,
    port: url.port ? Number(url.port) : PORTS[protocol],
    ssl: protocol === "mqtts",
    username: options.mqtt_username || decodeURIComponent(url.username),
    password: options.mqtt_password || decodeURIComponent(url.password),
  });
}
