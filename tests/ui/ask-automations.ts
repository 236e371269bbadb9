import type { BrowserHouse } from "#support/browser-house.ts";

/** What a page would ask the workshop for, without the page. */
export async function askAutomations<T>(
  { homeiq }: Pick<BrowserHouse, "homeiq">,
  path: string,
  body: object,
): Promise<T> {
  const answer = await fetch(`${homeiq.url}/api/v1/automations${path}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  return (await answer.json()) as T;
}
