import { HomeAssistantError } from "../model/home-assistant-error.ts";

type Value = unknown;
/** What names and functions mean. */
export type Scope = Readonly<Record<string, unknown>>;
type Evaluate = (scope: Scope) => Value;

const TOKEN =
  /\s*(?:(\d+(?:\.\d+)?)|'([^']*)'|"([^"]*)"|([A-Za-z_]\w*)|(==|!=|<=|>=|\*\*|\/\/|[-+*/%~<>()[\]{}.,|:=]))/uy;

interface Token {
  readonly kind: "number" | "string" | "name" | "sign" | "end";
  readonly text: string;
}

/** Reads one Jinja expression; throws `template_error` when it is not one. */
export function parseExpression(source: string): Evaluate {
  const tokens = tokenize(source);
  let index = 0;
  const end: Token = { kind: "end", text: "end of template" };
  const peek = () => tokens[index] ?? end;
  const take = () => tokens[index++] ?? end;
  const isNext = (text: string) => peek().kind !== "string" && peek().text === text;
  const eat = (text: string) => isNext(text) && take() !== undefined;
  const need = (text: string) => {
    if (!eat(text)) throw syntax(`expected token '${text}', got '${peek().text}'`);
  };

  function conditional(): Evaluate {
    const then = either();
    if (!eat("if")) return then;
    const test = either();
    const otherwise = eat("else") ? conditional() : () => "";
    return (scope) => (isTrue(test(scope)) ? then(scope) : otherwise(scope));
  }
  function either(): Evaluate {
    let left = both();
    while (eat("or")) {
      const [a, b] = [left, both()];
      left = (scope) => (isTrue(a(scope)) ? a(scope) : b(scope));
    }
    return left;
  }
  function both(): Evaluate {
    let left = negated();
    while (eat("and")) {
      const [a, b] = [left, negated()];
      left = (scope) => (isTrue(a(scope)) ? b(scope) : a(scope));
    }
    return left;
  }
  function negated(): Evaluate {
    if (!eat("not")) return compared();
    const inner = negated();
    return (scope) => !isTrue(inner(scope));
  }
  function compared(): Evaluate {
    const left = chained(["+", "-", "~"], () => chained(["*", "/", "//", "%"], () => signed()));
    const sign = ["==", "!=", "<", ">", "<=", ">=", "in"].find((text) => isNext(text));
    if (sign === undefined) return left;
    take();
    const right = chained(["+", "-", "~"], () => signed());
    return (scope) => compare(sign, left(scope), right(scope));
  }
  function chained(signs: readonly string[], operand: () => Evaluate): Evaluate {
    let left = operand();
    for (;;) {
      const sign = signs.find((text) => isNext(text));
      if (sign === undefined) return left;
      take();
      const [a, b] = [left, operand()];
      left = (scope) => calculate(sign, a(scope), b(scope));
    }
  }
  function signed(): Evaluate {
    if (!eat("-")) return filtered();
    const inner = filtered();
    return (scope) => -Number(inner(scope));
  }
  function filtered(): Evaluate {
    let value = postfixed();
    while (eat("|")) {
      const name = take().text;
      const given = eat("(") ? list(")") : [];
      const inner = value;
      value = (scope) =>
        filter(
          name,
          inner(scope),
          given.map((one) => one(scope)),
        );
    }
    return value;
  }
  function postfixed(): Evaluate {
    let value = primary();
    for (;;) {
      const inner = value;
      if (eat("(")) {
        const given = list(")");
        value = (scope) =>
          callFunction(
            inner(scope),
            given.map((one) => one(scope)),
          );
      } else if (eat(".")) {
        const name = take().text;
        value = (scope) => member(inner(scope), name);
      } else if (eat("[")) {
        const key = conditional();
        need("]");
        value = (scope) => member(inner(scope), String(key(scope)));
      } else return value;
    }
  }
  function primary(): Evaluate {
    const token = take();
    if (token.kind === "number") return () => Number(token.text);
    if (token.kind === "string") return () => token.text;
    if (token.text === "(") {
      const inner = conditional();
      need(")");
      return inner;
    }
    if (token.text === "[") {
      const items = list("]");
      return (scope) => items.map((item) => item(scope));
    }
    if (token.kind !== "name") throw syntax(`unexpected '${token.text}'`);
    const constants: Scope = { true: true, True: true, false: false, False: false };
    if (token.text in constants) return () => constants[token.text];
    if (/^none$/iu.test(token.text)) return () => null;
    return (scope) => scope[token.text];
  }
  function list(close: string): readonly Evaluate[] {
    const items: Evaluate[] = [];
    while (!eat(close)) {
      if (peek().kind === "name" && tokens[index + 1]?.text === "=") index += 2;
      items.push(conditional());
      if (!eat(",") && !isNext(close)) throw syntax(`expected token '${close}'`);
    }
    return items;
  }

  const whole = conditional();
  if (peek().kind !== "end") throw syntax(`expected end of print statement, got '${peek().text}'`);
  return whole;
}

function tokenize(source: string): readonly Token[] {
  const tokens: Token[] = [];
  const text = source.trim();
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const at = TOKEN.lastIndex;
    const match = TOKEN.exec(text);
    if (match === null) throw syntax(`unexpected char '${text.charAt(at)}' at ${at}`);
    const [, number, single, double, name, sign] = match;
    if (number !== undefined) tokens.push({ kind: "number", text: number });
    else if (name !== undefined) tokens.push({ kind: "name", text: name });
    else if (sign !== undefined) tokens.push({ kind: "sign", text: sign });
    else tokens.push({ kind: "string", text: single ?? double ?? "" });
  }
  return tokens;
}

function syntax(message: string): HomeAssistantError {
  return new HomeAssistantError("template_error", `TemplateSyntaxError: ${message}`);
}

export function isTrue(value: Value): boolean {
  return Array.isArray(value) ? value.length > 0 : Boolean(value);
}

function compare(sign: string, left: Value, right: Value): boolean {
  switch (sign) {
    case "==":
      return left === right;
    case "!=":
      return left !== right;
    case "in":
      return Array.isArray(right) ? right.includes(left) : String(right).includes(String(left));
    default:
      break;
  }
  const [a, b] = typeof left === "string" ? [left, String(right)] : [Number(left), Number(right)];
  if (sign === "<") return a < b;
  if (sign === ">") return a > b;
  return sign === "<=" ? a <= b : a >= b;
}

function calculate(sign: string, left: Value, right: Value): Value {
  if (sign === "~") return `${String(left)}${String(right)}`;
  if (sign === "+" && typeof left === "string") return left + String(right);
  const [a, b] = [Number(left), Number(right)];
  const results: Readonly<Record<string, number>> = {
    "+": a + b,
    "-": a - b,
    "*": a * b,
    "/": a / b,
    "//": Math.floor(a / b),
    "%": ((a % b) + b) % b,
  };
  return results[sign];
}

function filter(name: string, value: Value, [first]: readonly Value[]): Value {
  switch (name) {
    case "float":
      return Number.isFinite(Number.parseFloat(String(value))) ? Number(value) : (first ?? 0);
    case "int":
      return Number.isFinite(Number(value)) ? Math.trunc(Number(value)) : (first ?? 0);
    case "round": {
      const scale = 10 ** Number(first ?? 0);
      return Math.round(Number(value) * scale) / scale;
    }
    case "default":
      return value === undefined ? first : value;
    case "lower":
      return String(value).toLowerCase();
    case "upper":
      return String(value).toUpperCase();
    case "title":
      return String(value).replace(/\b\w/gu, (letter) => letter.toUpperCase());
    case "length":
    case "count":
      return Object.keys(Object(value)).length;
    case "abs":
      return Math.abs(Number(value));
    case "join":
      return Array.isArray(value) ? value.join(String(first ?? "")) : value;
    case "list":
      return Array.isArray(value) ? value : [value];
    case "bool":
      return ["on", "true", "True", true, 1, "1", "yes"].includes(value as string);
    default:
      throw new HomeAssistantError(
        "template_error",
        `TemplateAssertionError: No filter named '${name}'.`,
      );
  }
}

function callFunction(callee: Value, given: readonly Value[]): Value {
  if (typeof callee === "function") return callee(...given);
  throw new HomeAssistantError("template_error", "UndefinedError: the function is undefined");
}

function member(owner: Value, name: string): Value {
  if (owner === undefined || owner === null) {
    throw new HomeAssistantError("template_error", `UndefinedError: '${name}' is undefined`);
  }
  const own: Scope = Object(owner);
  return Object.hasOwn(own, name) ? own[name] : undefined;
}
