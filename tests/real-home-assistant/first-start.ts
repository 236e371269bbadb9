import { startRealHomeAssistant } from "./home-assistant.ts";

/**
 * The first start of a new installation, which is unlike every other: Home Assistant installs what the demo house
 * needs while it starts, and what was installed too late is only there from the next start on.
 */
const ATTEMPTS = 3;

for (let attempt = 1; ; attempt += 1) {
  const startedAt = performance.now();
  try {
    await using house = await startRealHomeAssistant();
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(0);
    process.stdout.write(
      `Home Assistant ${house.version} furnishes its demo house in ${seconds} s\n`,
    );
    break;
  } catch (error) {
    if (attempt === ATTEMPTS) throw error;
    process.stdout.write(
      `Start ${attempt} of ${ATTEMPTS} came to nothing: ${String(error).slice(0, 300)}\n`,
    );
  }
}
