import { z } from "zod";

/** The document that HomeIQ serves about its API, as a judge of what it really answers. */
export interface ApiDocument {
  readonly operations: readonly Operation[];
  /** What is wrong with an answer, in words; nothing when it is as the document says. */
  problemsOf(asked: Asked, answer: { readonly status: number; readonly body: unknown }): string[];
  /** Throws unless the answer is as the document says. Reads a copy of it. */
  judge(asked: Asked, answer: Response): Promise<void>;
}

export interface Operation {
  readonly method: string;
  /** Below `/api/v1`, such as `/events/{id}`. */
  readonly path: string;
  readonly summary?: string;
  readonly responses: Readonly<Record<string, Described>>;
}

interface Asked {
  readonly method: string;
  /** With `/api/v1`, with or without a query. */
  readonly path: string;
}

interface Described {
  readonly content?: Readonly<Record<string, { readonly schema?: JsonSchema }>>;
}

type JsonSchema = Parameters<typeof z.fromJSONSchema>[0];

const ROOT = "/api/v1";
const METHODS = ["get", "put", "post", "patch", "delete"];

export function readApiDocument(document: unknown): ApiDocument {
  const { paths, components } = document as {
    paths: Record<string, Record<string, Omit<Operation, "method" | "path">>>;
    components?: { schemas?: Record<string, JsonSchema> };
  };
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods)
      .filter(([method]) => METHODS.includes(method))
      .map(([method, operation]) => ({ ...operation, method, path })),
  );
  const defs = toDefs(components?.schemas ?? {});
  const compiled = new Map<JsonSchema, z.ZodType>();
  const compile = (schema: JsonSchema): z.ZodType => {
    const known = compiled.get(schema) ?? z.fromJSONSchema(withDefs(schema, defs));
    compiled.set(schema, known);
    return known;
  };

  function find({ method, path }: Asked): Operation | undefined {
    const [plain = ""] = path.split("?");
    return operations
      .filter((one) => one.method === method.toLowerCase() && fits(one.path, plain))
      .sort((one, other) => parameters(one.path) - parameters(other.path))
      .at(0); // `/drafts/approve` before `/drafts/{id}`
  }

  const problemsOf: ApiDocument["problemsOf"] = (asked, { status, body }) => {
    const operation = find(asked);
    if (!operation) return status === 404 ? [] : ["is not in the document"];
    const described =
      operation.responses[status] ?? (status < 400 ? undefined : fallback(operation));
    const schema = described?.content?.["application/json"]?.schema;
    if (!schema) return [`the document says nothing of JSON with status ${status}`];
    const parsed = compile(schema).safeParse(body);
    if (parsed.success) return [];
    return parsed.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`);
  };

  return {
    operations,
    problemsOf,
    async judge(asked, answer) {
      const isJson = answer.headers.get("content-type")?.startsWith("application/json");
      if (!isJson || asked.method === "HEAD") return;
      const body: unknown = await answer.clone().json();
      const problems = problemsOf(asked, { status: answer.status, body });
      if (problems.length === 0) return;
      const what = `${asked.method} ${asked.path} (${answer.status})`;
      throw new Error(`${what} is not as the OpenAPI document says: ${problems.join("; ")}`);
    },
  };
}

const fallback = ({ responses }: Operation) => responses.default;

const parameters = (path: string) => path.split("{").length;

function fits(template: string, path: string): boolean {
  const wanted = `${ROOT}${template}`.split("/").filter(Boolean);
  const given = path.split("/").filter(Boolean);
  return (
    wanted.length === given.length &&
    wanted.every((part, index) => part.startsWith("{") || part === given[index])
  );
}

/** References as JSON Schema has them, which knows nothing of OpenAPI's components. */
const toDefs = <T>(schema: T): T =>
  JSON.parse(JSON.stringify(schema).replaceAll("#/components/schemas/", "#/$defs/")) as T;

function withDefs(schema: JsonSchema, defs: Record<string, JsonSchema>): JsonSchema {
  const own = toDefs(schema);
  if (typeof own !== "object") return own;
  return { ...own, $defs: defs } as JsonSchema;
}
