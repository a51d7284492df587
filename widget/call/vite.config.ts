/** Builds widget/dist/call.html: the call page in one document, made of the same parts as the chat window. */
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { selfContained } from '../self-contained';

const here = fileURLToPath(new URL('.', import.meta.url));
const chat = fileURLToPath(new URL('../chat/', import.meta.url));

export default defineConfig({
  root: here,
  publicDir: false,
  plugins: [selfContained(`${here}index.html`, 'call.html')],
  resolve: { alias: { '@preact/signals-core': `${chat}signals.ts`, preact: `${chat}draw.ts` } },
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
