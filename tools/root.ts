import { fileURLToPath } from "node:url";

/** The checkout's folder, with no slash at the end. */
export const root = fileURLToPath(new URL("..", import.meta.url)).replace(/[\\/]$/, "");

const NEEDED_NODE = 24;

/** Ends the process with advice when this Node is too old: that is, when it was not started through npm. */
export function requireNode(command: string): void {
  const major = Number(process.versions.node.split(".")[0]);
  if (major >= NEEDED_NODE) return;
  process.stderr.write(
    `This is Node ${process.versions.node}; HomeIQ needs ${NEEDED_NODE}. ` +
      `Use \`${command}\`: npm takes the Node that \`npm ci\` installed in node_modules.\n`,
  );
  process.exit(1);
}
