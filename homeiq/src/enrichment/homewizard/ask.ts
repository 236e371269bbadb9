import { request } from "node:https";
import { AppError } from "#foundation/errors.ts";
import { askServer, type Reply } from "#foundation/http.ts";

interface Device {
  readonly baseUrl: string;
  readonly token?: string;
  readonly acceptSelfSigned?: boolean;
}

const CERTIFICATE = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|UNABLE_TO_GET_ISSUER/;
const MOST_CHARACTERS = 100_000; // it answers with two thousand

/** Asks version 2 when there is a token, else version 1. */
export async function askHomewizard(device: Device, signal: AbortSignal): Promise<Reply> {
  const { baseUrl, token, acceptSelfSigned = false } = device;
  if (token === undefined) return askServer(new URL("api/v1/data", withSlash(baseUrl)), { signal });
  const url = new URL("api/measurement", withSlash(baseUrl));
  const headers = { authorization: `Bearer ${token}`, "x-api-version": "2" };
  if (url.protocol === "https:" && acceptSelfSigned) return askTrusting(url, headers, signal);
  try {
    return await askServer(url, { signal, headers });
  } catch (error) {
    const reason = error instanceof AppError ? String(error.facts.reason) : "";
    if (!CERTIFICATE.test(reason)) throw error;
    throw new AppError(
      "unconfigured",
      "homewizard.certificate",
      "The device signs its own certificate, which is accepted only at an address of your own network",
      { facts: { host: url.host } },
    );
  }
}

const withSlash = (url: string) => (url.endsWith("/") ? url : `${url}/`);

/** `fetch` cannot be told to accept a certificate. */
function askTrusting(
  url: URL,
  headers: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const fail = (error: NodeJS.ErrnoException) => {
      const reason = signal.aborted ? "no answer in time" : (error.code ?? "failed");
      reject(
        new AppError(
          "unavailable",
          "http.unreachable",
          `${url.host} cannot be reached: ${reason}`,
          {
            facts: { host: url.host, reason },
          },
        ),
      );
    };
    const asking = request(url, { headers, signal, rejectUnauthorized: false }, (answer) => {
      let text = "";
      answer.setEncoding("utf8");
      answer.on("data", (part: string) => {
        text += part;
        if (text.length > MOST_CHARACTERS) asking.destroy();
      });
      answer.on("error", fail);
      answer.on("end", () => resolve({ status: answer.statusCode ?? 0, text }));
    });
    asking.on("error", fail);
    asking.end();
  });
}
