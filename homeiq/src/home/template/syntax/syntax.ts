export type * from "./node.ts";
export { parseTemplate } from "./statement.ts";
