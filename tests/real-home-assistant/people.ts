import { connectRaw, type RawClient } from "#support/fake-home-assistant/raw-client.ts";

export interface Person {
  readonly name: string;
  readonly userId: string;
  readonly token: string;
}

export const bearer = (token: string | undefined): Record<string, string> =>
  token === undefined ? {} : { authorization: `Bearer ${token}` };

async function post<T>(url: string, body: unknown, token?: string): Promise<T> {
  const form = body instanceof URLSearchParams;
  const answer = await fetch(url, {
    method: "POST",
    headers: { ...bearer(token), ...(form ? {} : { "content-type": "application/json" }) },
    body: form ? body : JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${url}: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as T;
}

async function exchange(url: string, code: string): Promise<string> {
  const form = { grant_type: "authorization_code", code, client_id: `${url}/` };
  const answer = await post<{ access_token: string }>(
    `${url}/auth/token`,
    new URLSearchParams(form),
  );
  return answer.access_token;
}

/** What a person does in the browser after the first start. Answers a long-lived token. */
export async function onboard(url: string): Promise<Person> {
  const user = { name: "Anna", username: "anna", password: "a-password-of-anna", language: "en" };
  const { auth_code } = await post<{ auth_code: string }>(`${url}/api/onboarding/users`, {
    client_id: `${url}/`,
    ...user,
  });
  const token = await exchange(url, auth_code);
  for (const step of ["core_config", "analytics"]) {
    await post(`${url}/api/onboarding/${step}`, {}, token);
  }
  const redirect = { client_id: `${url}/`, redirect_uri: `${url}/` };
  await post(`${url}/api/onboarding/integration`, redirect, token);
  using client = await connectRaw(url, { token });
  const { result: me } = await client.ask("auth/current_user");
  const { result: longLived } = await client.ask("auth/long_lived_access_token", {
    client_name: "HomeIQ",
    lifespan: 30,
  });
  return { name: user.name, userId: me.id, token: longLived };
}

/** A second person, who is no administrator. */
export async function addPerson(url: string, owner: RawClient): Promise<Person> {
  const { result: created } = await owner.ask("config/auth/create", {
    name: "Ben",
    group_ids: ["system-users"],
  });
  const login = { username: "ben", password: "a-password-of-ben" };
  const userId = created.user.id;
  await owner.ask("config/auth_provider/homeassistant/create", { user_id: userId, ...login });
  const { flow_id } = await post<{ flow_id: string }>(`${url}/auth/login_flow`, {
    client_id: `${url}/`,
    handler: ["homeassistant", null],
    redirect_uri: `${url}/`,
  });
  const { result: code } = await post<{ result: string }>(`${url}/auth/login_flow/${flow_id}`, {
    client_id: `${url}/`,
    ...login,
  });
  return { name: "Ben", userId, token: await exchange(url, code) };
}
