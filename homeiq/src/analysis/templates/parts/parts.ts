export * from "./actions.ts";
export * from "./conditions.ts";
export * from "./texts.ts";
export * from "./triggers.ts";
