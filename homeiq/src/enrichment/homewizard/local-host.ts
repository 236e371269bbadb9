import { BlockList, isIP } from "node:net";

const LOCAL = new BlockList();
LOCAL.addSubnet("10.0.0.0", 8);
LOCAL.addSubnet("172.16.0.0", 12);
LOCAL.addSubnet("192.168.0.0", 16);
LOCAL.addSubnet("169.254.0.0", 16);
LOCAL.addSubnet("127.0.0.0", 8);
LOCAL.addSubnet("fc00::", 7, "ipv6");
LOCAL.addSubnet("fe80::", 10, "ipv6");
LOCAL.addAddress("::1", "ipv6");

/** Names that no public name server answers for: RFC 6762, RFC 8375, and `.internal` as ICANN reserved it. */
const LOCAL_NAME = /^[^.]+$|\.(local|internal|home\.arpa)$/i;

/** Whether a host of an address, as `URL` has it, can only be in the household's own network. */
export function isLocalHost(hostname: string): boolean {
  const host = hostname.replace(/^\[(.*)\]$/, "$1");
  const version = isIP(host);
  if (version === 0) return LOCAL_NAME.test(host);
  return LOCAL.check(host, version === 6 ? "ipv6" : "ipv4");
}
