import type { Simulation } from "../household/simulation.ts";
import type { Command, Commands } from "./command.ts";
import { basicCommands } from "./commands-basic.ts";
import { registryCommands } from "./commands-registry.ts";

/** Every command that this Home Assistant knows. */
export function allCommands(_simulation: Simulation): Commands {
  const all: Record<string, Command> = { ...basicCommands, ...registryCommands };
  return all;
}
