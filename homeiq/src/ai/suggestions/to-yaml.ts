import {
  type Automation,
  printAutomation,
  printScene,
  type Scene,
  writeYaml,
} from "#home/automation/automation.ts";

/** As the workshop shows it. */
export const toYaml = (make: Automation | Scene): string =>
  writeYaml(make.kind === "automation" ? printAutomation(make) : printScene(make));
