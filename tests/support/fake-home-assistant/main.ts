import { parseArgs } from "node:util";
import { startFakeHomeAssistant } from "./fake-home-assistant.ts";
import { PRESETS, type Preset } from "./household/presets.ts";

const { values } = parseArgs({
  options: {
    preset: { type: "string", default: "flat" },
    port: { type: "string", default: "8124" },
    seed: { type: "string", default: "1" },
    speed: { type: "string", default: "1" },
    days: { type: "string", default: "3" },
    "changes-per-second": { type: "string" },
  },
});

function isPreset(name: string): name is Preset {
  return Object.hasOwn(PRESETS, name);
}

if (!isPreset(values.preset)) {
  process.stderr.write(`--preset is one of ${Object.keys(PRESETS).join(", ")}\n`);
  process.exit(2);
}

const fake = await startFakeHomeAssistant({
  preset: values.preset,
  port: Number(values.port),
  seed: Number(values.seed),
  speed: Number(values.speed),
  days: Number(values.days),
  ...(values["changes-per-second"] === undefined
    ? {}
    : { changesPerSecond: Number(values["changes-per-second"]) }),
});
process.stdout.write(`${JSON.stringify({ url: fake.url, token: fake.token })}\n`);

for (const signal of ["SIGTERM", "SIGINT"] as const) {
  process.once(signal, () => void fake.stop().then(() => process.exit(0)));
}
