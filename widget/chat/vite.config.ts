/**
 * Builds widget/dist/chat.html: one document with its style and script inside, each in exactly one element without
 * attributes the hub would have to know, so that a policy can name both by their hash.
 */
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { selfContained } from '../self-contained';

const here = fileURLToPath(new URL('.', import.meta.url));

export default defineConfig({
  root: here,
  publicDir: false,
  plugins: [selfContained(`${here}index.html`, 'chat.html')],
  resolve: { alias: { '@preact/signals-core': `${here}signals.ts`, preact: `${here}draw.ts` } },
  oxc: {
    jsx: { runtime: 'classic', pragma: 'jsx', pragmaFrag: 'JsxFragment' },
    jsxInject: "import { h as jsx, Fragment as JsxFragment } from 'preact'",
  },
  build: {
    outDir: '../dist',
    emptyOutDir: false,
    target: ['chrome123', 'safari17.5', 'firefox128'],
    // Older targets turn light-dark() into a polyfill of variables.
    cssTarget: ['chrome123', 'safari17.5', 'firefox128'],
    cssCodeSplit: false,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rolldownOptions: { input: `${here}main.tsx` },
  },
});
