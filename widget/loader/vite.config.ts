/** Builds widget/dist/loader.js: one classic script in which the hub replaces `__CONFIG__` by a package's settings. */
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { built } from '../self-contained';

const here = fileURLToPath(new URL('.', import.meta.url));

export default defineConfig({
  root: here,
  publicDir: false,
  build: {
    ...built,
    lib: { entry: 'loader.ts', formats: ['iife'], name: 'c2c', fileName: () => 'loader.js' },
  },
});
