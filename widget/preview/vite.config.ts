/** Builds widget/dist/preview.html: a page without words that shows the button while its settings are edited. */
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { selfContained } from '../self-contained';

const here = fileURLToPath(new URL('.', import.meta.url));

export default defineConfig({
  root: here,
  publicDir: false,
  plugins: [selfContained(`${here}index.html`, 'preview.html')],
  // The loader itself, with settings that come with this page instead of with the script.
  resolve: { alias: [{ find: /^\.\/config$/, replacement: `${here}config.ts` }] },
  build: {
    outDir: '../dist',
    emptyOutDir: false,
    target: ['chrome123', 'safari17.5', 'firefox128'],
    // Older targets turn light-dark() into a polyfill of variables.
    cssTarget: ['chrome123', 'safari17.5', 'firefox128'],
    cssCodeSplit: false,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rolldownOptions: { input: `${here}main.ts` },
  },
});
