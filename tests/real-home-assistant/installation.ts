import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

const CACHE = process.env.HOMEIQ_HA_CACHE ?? join(homedir(), ".cache/homeiq-home-assistant");
/** The small Debian that Home Assistant is installed in. */
export const ROOT = join(CACHE, "root");
export const SUDO = process.getuid?.() === 0 ? [] : ["sudo"];

/** Why the suite cannot run here; `undefined` when it can. */
export function whyNotInstalled(): string | undefined {
  if (existsSync(join(ROOT, "opt/ha/.installed"))) return undefined;
  return "no Home Assistant is installed: run tests/real-home-assistant/install.sh";
}

/** The command line that runs a program beside Home Assistant's own. */
export const inside = (...program: readonly string[]): readonly [string, ...string[]] => {
  const [command = "", ...args] = [
    ...SUDO,
    ...["chroot", ROOT, "/usr/bin/env", "-i", "HOME=/root", "VIRTUAL_ENV=/opt/ha"],
    ...["PATH=/opt/ha/bin:/usr/bin:/bin", "SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt"],
    ...program,
  ];
  return [command, ...args];
};
