import { en } from "./en.ts";

export type TextKey = keyof typeof en;

/** A text of the catalogue, with its `{placeholders}` filled. */
export function t(key: TextKey, values: Readonly<Record<string, string | number>> = {}): string {
  return en[key].replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ""));
}

/** A text whose key ends in a value that the server sent; that value itself when there is no such text. */
export function tOf(prefix: string, value: string): string {
  const key = `${prefix}.${value}`;
  return key in en ? t(key as TextKey) : value.replaceAll("_", " ");
}
