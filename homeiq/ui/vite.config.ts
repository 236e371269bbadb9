import adapter from "@sveltejs/adapter-static";
import { sveltekit } from "@sveltejs/kit/vite";
import { defineConfig } from "vite";

// The prefix under which Home Assistant shows the pages is known only in the browser: every path is
// relative, each page is a file of its own, and there is no fallback page (its paths would be absolute).
export default defineConfig({
  plugins: [
    sveltekit({
      adapter: adapter({ pages: "build", assets: "build", strict: true }),
      paths: { relative: true },
      prerender: { handleMissingId: "ignore" },
    }),
  ],
  server: { proxy: { "/api": { target: "http://127.0.0.1:8099", ws: true } } },
});
