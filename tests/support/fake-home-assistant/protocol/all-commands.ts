import type { Simulation } from "../household/simulation.ts";
import type { Command, Commands } from "./command.ts";
import { automationCommands } from "./commands-automation.ts";
import { basicCommands } from "./commands-basic.ts";
import { blueprintCommands } from "./commands-blueprint.ts";
import { historyCommands } from "./commands-history.ts";
import { registryCommands } from "./commands-registry.ts";
import { registryWriteCommands } from "./commands-registry-write.ts";
import { restOfHomeCommands } from "./commands-rest-of-home.ts";
import { statisticsCommands } from "./commands-statistics.ts";

/** Every command that this Home Assistant knows. */
export function allCommands(simulation: Simulation): Commands {
  const all: Record<string, Command> = {
    ...basicCommands,
    ...registryCommands,
    ...registryWriteCommands,
    ...automationCommands(simulation),
    ...blueprintCommands(simulation),
    ...historyCommands(simulation),
    ...statisticsCommands(simulation),
    ...restOfHomeCommands(simulation),
  };
  return all;
}
