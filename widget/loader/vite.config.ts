/** Builds widget/dist/loader.js: one classic script in which the hub replaces `__CONFIG__` by a package's settings. */
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const here = fileURLToPath(new URL('.', import.meta.url));

export default defineConfig({
  root: here,
  publicDir: false,
  build: {
    outDir: '../dist',
    emptyOutDir: false,
    target: ['chrome123', 'safari17.5', 'firefox128'],
    // Older targets turn light-dark() into a polyfill of variables.
    cssTarget: ['chrome123', 'safari17.5', 'firefox128'],
    lib: { entry: 'loader.ts', formats: ['iife'], name: 'c2c', fileName: () => 'loader.js' },
    reportCompressedSize: false,
  },
});
