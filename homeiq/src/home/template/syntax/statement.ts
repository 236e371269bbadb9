import type { AppError } from "#foundation/errors.ts";
import { grammarOf, parseFilter } from "./expression.ts";
import { parseExtends, parseFrom, parseImport, parseInclude } from "./files.ts";
import type { Body, Call, Expression, Filter, Signature, Statement } from "./node.ts";
import { type Grammar, parseTuple } from "./primary.ts";
import { parseTarget, parseTargetName } from "./target.ts";
import { describe } from "./token-stream.ts";

/** Reads the blocks of a template. */
interface Reader {
  readonly grammar: Grammar;
  /** The tags that are open, outermost first. */
  readonly tags: string[];
  /** What would end each of them. */
  readonly ends: (readonly string[])[];
  /** How many loops are around. */
  loops: number;
  /** A `break` that leaves no loop: found by Jinja2 only when all else is right. */
  stray: AppError | undefined;
}

/** The whole template. Throws `template.syntax` with Jinja2's message and the place. */
export function parseTemplate(source: string): Body {
  const reader: Reader = {
    grammar: grammarOf(source),
    tags: [],
    ends: [],
    loops: 0,
    stray: undefined,
  };
  const body = parseBody(reader);
  if (reader.stray !== undefined) throw reader.stray;
  return body;
}

function parseBody(reader: Reader, ends?: readonly string[]): Body {
  const { grammar } = reader;
  const body: Statement[] = [];
  if (ends !== undefined) reader.ends.push(ends);
  while (!grammar.is("eof")) {
    const { type, value, at } = grammar.next();
    if (type === "data") body.push({ kind: "text", text: value, at });
    else if (type === "variable_begin") {
      body.push({ kind: "print", value: parseTuple(grammar), at });
      grammar.expect("variable_end");
    } else {
      if (ends !== undefined && grammar.is(...ends)) break;
      body.push(...parseTag(reader));
      grammar.expect("block_end");
    }
  }
  if (ends !== undefined) reader.ends.pop();
  return body;
}

/** The body of an open tag; the tag that ends it is current afterwards. */
function parseBlock(reader: Reader, ...ends: readonly string[]): Body {
  const { grammar } = reader;
  grammar.skipIf(":");
  grammar.expect("block_end");
  const body = parseBody(reader, ends);
  if (grammar.is("eof")) throw unexpectedTag(reader, undefined, ends);
  return body;
}

function parseWholeBlock(reader: Reader, end: string): Body {
  const body = parseBlock(reader, end);
  reader.grammar.next();
  return body;
}

function unexpectedTag(
  reader: Reader,
  tag: string | undefined,
  last?: readonly string[],
): AppError {
  const { grammar, tags } = reader;
  const ends = last === undefined ? reader.ends : [...reader.ends, last];
  const named = (some: readonly string[]) => some.map((end) => `'${describe(end)}'`).join(" or ");
  const wanted = ends.length > 0 ? named(ends.at(-1) ?? []) : "";
  const isExpected = tag !== undefined && ends.flat().includes(`name:${tag}`);
  const words = [
    tag === undefined ? "Unexpected end of template." : `Encountered unknown tag '${tag}'.`,
  ];
  if (wanted !== "" && isExpected) {
    words.push(
      "You probably made a nesting mistake. Jinja is expecting this tag,",
      `but currently looking for ${wanted}.`,
    );
  } else if (wanted !== "") {
    words.push(`Jinja was looking for the following tags: ${wanted}.`);
  }
  const innermost = tags.at(-1);
  if (innermost !== undefined) {
    words.push(`The innermost block that needs to be closed is '${innermost}'.`);
  }
  return grammar.fail(words.join(" "));
}

function parseTag(reader: Reader): readonly Statement[] {
  const { grammar, tags } = reader;
  const { type, value: tag, at } = grammar.current();
  if (type !== "name") throw grammar.fail("tag name expected", at);
  const parse = TAGS.get(tag);
  if (parse === undefined) throw unexpectedTag(reader, tag);
  tags.push(tag);
  grammar.next();
  const result = parse(reader, at);
  tags.pop();
  return Array.isArray(result) ? result : [result as Statement];
}

type ParseTag = (reader: Reader, at: number) => Statement | readonly Statement[];

const TAGS = new Map<string, ParseTag>([
  ["set", parseSet],
  ["for", parseFor],
  ["if", parseIf],
  ["with", parseWith],
  ["macro", parseMacro],
  ["call", parseCallBlock],
  ["filter", parseFilterBlock],
  ["print", parsePrint],
  ["do", ({ grammar }, at) => ({ kind: "do", value: parseTuple(grammar), at })],
  ["break", (reader, at) => parseLeave(reader, "break", at)],
  ["continue", (reader, at) => parseLeave(reader, "continue", at)],
  ["block", parseNamedBlock],
  ["autoescape", parseAutoescape],
  ["extends", ({ grammar }, at) => parseExtends(grammar, at)],
  ["include", ({ grammar }, at) => parseInclude(grammar, at)],
  ["import", ({ grammar }, at) => parseImport(grammar, at)],
  ["from", ({ grammar }, at) => parseFrom(grammar, at)],
]);

function parseSet(reader: Reader, at: number): Statement {
  const { grammar } = reader;
  const target = parseTarget(grammar, { namespaced: true });
  if (grammar.skipIf("=")) return { kind: "set", target, value: parseTuple(grammar), at };
  const filter = parseFilters(grammar, undefined);
  return { kind: "set block", target, filter, body: parseWholeBlock(reader, "name:endset"), at };
}

function parseFilters(grammar: Grammar, start: Filter | undefined): Filter | undefined {
  let filter = start;
  while (grammar.skipIf("|")) filter = parseFilter(grammar, filter);
  return filter;
}

function parseFor(reader: Reader, at: number): Statement {
  const { grammar } = reader;
  const target = parseTarget(grammar);
  grammar.expect("name:in");
  const of = parseTuple(grammar, { withConditional: false });
  const test = grammar.skipIf("name:if") ? grammar.expression() : undefined;
  const recursive = grammar.skipIf("name:recursive");
  reader.loops++;
  const body = parseBlock(reader, "name:endfor", "name:else");
  reader.loops--;
  const hasElse = grammar.next().value === "else";
  const otherwise = hasElse ? parseWholeBlock(reader, "name:endfor") : [];
  return { kind: "for", target, of, test, recursive, body, otherwise, at };
}

function parseLeave(reader: Reader, kind: "break" | "continue", at: number): Statement {
  if (reader.loops === 0) {
    const message = kind === "break" ? "'break' outside loop" : "'continue' not properly in loop";
    reader.stray ??= reader.grammar.fail(message, at);
  }
  return { kind, at };
}

function parseIf(reader: Reader, at: number): Statement {
  const { grammar } = reader;
  const branches: { test: Expression; body: Body }[] = [];
  for (;;) {
    const test = parseTuple(grammar, { withConditional: false });
    branches.push({ test, body: parseBlock(reader, "name:elif", "name:else", "name:endif") });
    const { value } = grammar.next();
    if (value === "elif") continue;
    const otherwise = value === "else" ? parseWholeBlock(reader, "name:endif") : [];
    return { kind: "if", branches, otherwise, at };
  }
}

function parseWith(reader: Reader, at: number): Statement {
  const { grammar } = reader;
  const values: [ReturnType<typeof parseTarget>, Expression][] = [];
  while (!grammar.is("block_end")) {
    if (values.length > 0) grammar.expect(",");
    const target = parseTarget(grammar);
    grammar.expect("=");
    values.push([target, grammar.expression()]);
  }
  return { kind: "with", values, body: parseWholeBlock(reader, "name:endwith"), at };
}

function parseSignature(grammar: Grammar): Signature {
  const names: string[] = [];
  const defaults: Expression[] = [];
  grammar.expect("(");
  while (!grammar.is(")")) {
    if (names.length > 0) grammar.expect(",");
    names.push(parseTargetName(grammar));
    if (grammar.skipIf("=")) defaults.push(grammar.expression());
    else if (defaults.length > 0) {
      throw grammar.fail("non-default argument follows default argument");
    }
  }
  grammar.expect(")");
  return { names, defaults };
}

/** A `break` in a macro has nothing to do with the loop around the macro. */
function parseOutsideOfLoops(reader: Reader, end: string): Body {
  const { loops } = reader;
  reader.loops = 0;
  const body = parseWholeBlock(reader, end);
  reader.loops = loops;
  return body;
}

function parseMacro(reader: Reader, at: number): Statement {
  const name = parseTargetName(reader.grammar);
  const signature = parseSignature(reader.grammar);
  return { kind: "macro", name, signature, body: parseOutsideOfLoops(reader, "name:endmacro"), at };
}

function parseCallBlock(reader: Reader, at: number): Statement {
  const { grammar } = reader;
  const signature = grammar.is("(") ? parseSignature(grammar) : { names: [], defaults: [] };
  const call = grammar.expression();
  if (call.kind !== "call") throw grammar.fail("expected call", at);
  const body = parseOutsideOfLoops(reader, "name:endcall");
  return { kind: "call block", call: call as Call, signature, body, at };
}

function parseFilterBlock(reader: Reader, at: number): Statement {
  const first = parseFilter(reader.grammar, undefined);
  const filter = parseFilters(reader.grammar, first) ?? first;
  return { kind: "filter block", filter, body: parseWholeBlock(reader, "name:endfilter"), at };
}

function parsePrint({ grammar }: Reader, at: number): readonly Statement[] {
  const values: Statement[] = [];
  while (!grammar.is("block_end")) {
    if (values.length > 0) grammar.expect(",");
    values.push({ kind: "print", value: grammar.expression(), at });
  }
  return values;
}

function parseNamedBlock(reader: Reader, at: number): Statement {
  const { grammar } = reader;
  const name = grammar.expect("name").value;
  grammar.skipIf("name:scoped");
  grammar.skipIf("name:required");
  if (grammar.is("-")) {
    throw grammar.fail(
      "Block names in Jinja have to be valid Python identifiers and may not contain hyphens, use an underscore instead.",
    );
  }
  const body = parseWholeBlock(reader, "name:endblock");
  grammar.skipIf(`name:${name}`);
  return { kind: "block", name, body, at };
}

function parseAutoescape(reader: Reader): readonly Statement[] {
  reader.grammar.expression();
  return parseWholeBlock(reader, "name:endautoescape");
}
