import type { Deployed, Draft } from "#src/ai/automations/automations.ts";
import type { HomeIq } from "#support/home-iq.ts";

/** The automations' part of the API, of a HomeIQ that is started later. */
export function createWorkshop(homeiq: () => HomeIq) {
  const get = <T>(path: string) => homeiq().get<T>(`/api/v1/automations${path}`);

  async function ask<T>(path: string, body: object = {}, method = "POST") {
    const answer = await homeiq().ask(`/api/v1/automations${path}`, {
      method,
      headers: { "content-type": "application/json" },
      ...(method === "DELETE" ? {} : { body: JSON.stringify(body) }),
    });
    return { status: answer.status, body: (await answer.json()) as T };
  }

  const approve = ({ id, hash }: Draft) => ask<Deployed>(`/drafts/${id}/approve`, { hash });
  return { get, ask, approve };
}
