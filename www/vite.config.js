// How the demo is bundled: one page that imports the built package like any other front end, with no plug-in
// for wasm. The only addition is a Content-Security-Policy in the built page, so that the demo proves what the
// package needs; it must not be loosened for the page's own convenience.
import { defineConfig } from "vite";

const policy = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

// Only in the build: Vite's development server injects styles as inline elements, which this policy forbids.
/** @type {import("vite").Plugin} */
const contentSecurityPolicy = {
  name: "content-security-policy",
  apply: "build",
  transformIndexHtml: () => [
    { tag: "meta", attrs: { "http-equiv": "Content-Security-Policy", content: policy }, injectTo: "head-prepend" },
  ],
};

export default defineConfig({
  base: "./",
  plugins: [contentSecurityPolicy],
  // The package carries its wasm inside, so its chunk is larger than the limit that Vite would warn of.
  build: { target: "es2022", modulePreload: { polyfill: false }, assetsInlineLimit: 0, chunkSizeWarningLimit: 1500 },
  server: {
    // The proxy runs beside the development server; the built demo is served by the proxy itself.
    proxy: { "^/(portal|ehealth|health|sandbox)(/|$)": "http://127.0.0.1:8787" },
    fs: { allow: [".."] },
  },
});
