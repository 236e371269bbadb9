/** What is said of blueprints, of scripts' fields, and of what is written where HomeIQ cannot write. */
export const enBlueprints = {
  "blueprint.made": "It is made of the blueprint “{name}”.",
  "blueprint.becomes": "With these values it does this:",
  "blueprint.inputs": "What the blueprint is given",
  "blueprint.default": "{value} (the blueprint’s own)",
  "blueprint.missing": "not given",
  "blueprint.problem": "Home Assistant cannot use the blueprint like this: {why}",
  "blueprint.lead":
    "Change a value here or in the text. An empty field means the value of the blueprint itself.",
  "blueprint.inText": "Change this one in the text.",
  "blueprint.keep": "Keep these values",
  "blueprint.yaml": "What it becomes, as YAML",
  "elsewhere.title": "This one is written in your configuration files",
  "elsewhere.text":
    "HomeIQ cannot change it there. Here is the new YAML to paste in its place; then reload {kind} in Home Assistant.",
  "elsewhere.kind.automation": "the automations",
  "elsewhere.kind.script": "the scripts",
  "elsewhere.kind.scene": "the scenes",
  "elsewhere.comments":
    "Home Assistant does not tell comments, !secret and !include of your files: they are not in this text.",
  "elsewhere.copy": "Copy the YAML",
  "elsewhere.copied": "Copied.",
  "elsewhere.paste": "to paste into your files",
  "elsewhere.changes": "What changes",
} as const;
