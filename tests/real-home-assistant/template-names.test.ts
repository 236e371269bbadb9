import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";
import { templateFunctions } from "#src/home/template/template.ts";
import { inside } from "./installation.ts";

/** What its template environments hold, the one for all templates and the one that may not ask the house. */
const ASK = `
import asyncio, json
from homeassistant.core import HomeAssistant
from homeassistant.helpers.template import TemplateEnvironment

async def main():
    hass = HomeAssistant("/tmp")
    refused = lambda f: type(f).__name__ == "function" and f.__name__ == "unsupported"
    names = lambda env: {"globals": env.globals, "filters": env.filters, "tests": env.tests}
    limited = names(TemplateEnvironment(hass, limited=True))
    every = names(TemplateEnvironment(hass))
    out = {kind: sorted(map(str, found)) for kind, found in every.items()}
    out["notLimited"] = sorted({n for f in limited.values() for n, v in f.items() if refused(v)})
    print(json.dumps(out))

asyncio.run(main())
`;

import { missing } from "./needed.ts";

type Names = Record<keyof typeof templateFunctions, string[]>;

test.skipIf(missing !== undefined)(
  "we know the functions, filters and tests that the installed Home Assistant has, and no others",
  () => {
    const [command, ...args] = inside("python3", "-c", ASK);
    const { stdout, stderr } = spawnSync(command, args, { encoding: "utf8" });
    expect(stdout, stderr).toMatch(/^\{/);
    const theirs = JSON.parse(stdout) as Names;
    expect(theirs.filters.length).toBeGreaterThan(100);
    expect(templateFunctions).toEqual(theirs);
  },
);
