import { AppError } from "#foundation/errors.ts";

/** Where Home Assistant is, and the token that opens it. */
export interface Endpoint {
  readonly webSocketUrl: string;
  /** Without a token in it; may be shown. */
  readonly displayUrl: string;
  readonly token: string;
  /** Through the Supervisor's proxy, which is what an installed app gets. */
  readonly viaSupervisor: boolean;
}

export const supervisorEndpoint = (token: string): Endpoint => ({
  webSocketUrl: "ws://supervisor/core/websocket",
  displayUrl: "http://supervisor/core",
  token,
  viaSupervisor: true,
});

/** Throws `unconfigured` when the address is not one of http, https. */
export function directEndpoint(address: string, token: string): Endpoint {
  let url: URL;
  try {
    url = new URL(address);
  } catch (error) {
    throw badAddress(error);
  }
  if (url.protocol !== "http:" && url.protocol !== "https:") throw badAddress();
  const base = `${url.protocol}//${url.host}${url.pathname.replace(/\/+$/, "")}`;
  return {
    webSocketUrl: `${base.replace(/^http/, "ws")}/api/websocket`,
    displayUrl: base,
    token,
    viaSupervisor: false,
  };
}

const badAddress = (cause?: unknown) =>
  new AppError(
    "unconfigured",
    "connection.bad_address",
    "HA_URL must look like http://homeassistant.local:8123",
    { cause },
  );
