import adapter from "@sveltejs/adapter-static";
import { sveltekit } from "@sveltejs/kit/vite";
import { defineConfig } from "vite";

// The prefix under which Home Assistant shows the pages is known only in the browser: every path is
// relative, each page is a file of its own, and there is no fallback page (its paths would be absolute).
const SHARED =
  /node_modules\/(?!echarts|zrender|tslib|@sveltejs|@codemirror|@lezer|@marijn|style-mod|w3c-keyname|crelt)|\/src\/lib\/(?!charts\/echarts|editor\/|i18n\/en-(?:agent|automations|energy|errors|patterns|suggestions|surroundings|synergies|trials))/u;

export default defineConfig({
  plugins: [
    sveltekit({
      adapter: adapter({ pages: "build", assets: "build", strict: true }),
      paths: { relative: true },
      prerender: { handleMissingId: "ignore" },
      // Styles come with the page: through ingress each further file costs a turn.
      inlineStyleThreshold: 32_768,
    }),
  ],
  environments: {
    client: {
      build: {
        rolldownOptions: {
          preserveEntrySignatures: "allow-extension",
          // What every page needs in one file, for the same reason; charts, the editor and the texts of a place stay apart until shown.
          output: {
            codeSplitting: {
              includeDependenciesRecursively: false,
              groups: [{ name: "shared", test: SHARED }],
            },
          },
        },
      },
    },
  },
  server: { proxy: { "/api": { target: "http://127.0.0.1:8099", ws: true } } },
});
