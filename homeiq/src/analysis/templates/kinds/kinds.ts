export * from "./actuators.ts";
export * from "./measuring.ts";
export * from "./plugs.ts";
export * from "./watching.ts";
