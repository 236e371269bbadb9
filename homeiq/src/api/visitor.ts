import { getConnInfo } from "@hono/node-server/conninfo";
import { createMiddleware } from "hono/factory";
import { AppError } from "#foundation/errors.ts";

/** Who asks. Through ingress it is a user of Home Assistant; in a checkout it is whoever sits there. */
export interface Visitor {
  readonly id?: string;
  readonly name?: string;
  readonly isAdmin: boolean;
}

export interface VisitorEnv {
  Variables: { visitor: Visitor };
}

const INGRESS_ADDRESS = "172.30.32.2";

const isLoopback = (address: string) =>
  address === "::1" || address.startsWith("127.") || address.startsWith("::ffff:127.");

/**
 * Lets in only ingress and this machine, and names the user that ingress vouches for.
 *
 * As an app, every other app on the machine could reach our port: the address decides, not a header.
 */
export const identify = ({
  asApp,
  isAdmin,
}: {
  asApp: boolean;
  isAdmin(userId: string): boolean;
}) =>
  createMiddleware<VisitorEnv>(async (c, next) => {
    const address = getConnInfo(c).remote.address ?? "";
    const fromIngress = address.replace("::ffff:", "") === INGRESS_ADDRESS;
    if (!isLoopback(address) && !(asApp && fromIngress)) {
      throw new AppError("forbidden", "visitor.address", "Open HomeIQ in Home Assistant's sidebar");
    }
    const id = c.req.header("x-remote-user-id");
    const name = c.req.header("x-remote-user-display-name") ?? c.req.header("x-remote-user-name");
    c.set("visitor", {
      ...(id ? { id } : {}),
      ...(name ? { name } : {}),
      // Without ingress there is no user: that is the person at this very machine.
      isAdmin: id ? isAdmin(id) : !fromIngress,
    });
    await next();
  });

/** Only administrators of Home Assistant pass. */
export const adminOnly = createMiddleware<VisitorEnv>(async (c, next) => {
  if (!c.get("visitor").isAdmin) {
    throw new AppError("forbidden", "visitor.not_admin", "Only an administrator may do this");
  }
  await next();
});
