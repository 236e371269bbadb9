import { parentPort, workerData } from "node:worker_threads";
import Database from "better-sqlite3";
import type { Answer, Question } from "./sqlite-thread.ts";

/**
 * One SQLite connection on a thread of its own, so that neither a long query nor a slow disk ever
 * holds up the event loop. Answers questions in the order they came.
 */
const { file, readonly } = workerData as { file: string; readonly: boolean };
const database = new Database(file, { readonly });
database.pragma("busy_timeout = 10000");
if (!readonly) database.pragma("synchronous = FULL"); // committed means on the disk
database.pragma("cache_size = -8000");

const statements = new Map<string, Database.Statement>();
function prepare(sql: string): Database.Statement {
  const known = statements.get(sql);
  if (known) return known;
  if (statements.size >= 200) statements.clear(); // filters make many shapes; each holds memory
  const statement = database.prepare(sql);
  statements.set(sql, statement);
  return statement;
}

const inOneTransaction = database.transaction((writes: Extract<Question, { kind: "write" }>) => {
  for (const { sql, rows } of writes.statements) {
    const statement = prepare(sql);
    for (const row of rows) statement.run(...row);
  }
});

function answer(question: Question): Answer {
  if (question.kind === "write") {
    inOneTransaction.immediate(question);
    return { id: question.id, rows: [] };
  }
  const statement = prepare(question.sql);
  if (!statement.reader) {
    statement.run(...question.params);
    return { id: question.id, rows: [] };
  }
  return { id: question.id, rows: statement.raw(true).all(...question.params) as unknown[][] };
}

parentPort?.on("message", (question: Question | { kind: "close" }) => {
  if (question.kind === "close") {
    database.close();
    parentPort?.close();
    return;
  }
  try {
    parentPort?.postMessage(answer(question));
  } catch (error) {
    const { code, message } = error as { code?: string; message: string };
    parentPort?.postMessage({ id: question.id, error: { code: code ?? "UNKNOWN", message } });
  }
});
