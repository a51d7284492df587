// Builds the admin into admin/dist: hashed assets, each with its .br and .gz sibling, and one index.html.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { defineConfig, type Plugin } from 'vite';

const here = fileURLToPath(new URL('.', import.meta.url));

/** Formats that shrink; fonts are packed already. */
const PACKED = /\.(?:js|css|svg|json|html)$/;

/** Writes .br and .gz beside each asset, so the hub never compresses while it answers. */
function siblings(): Plugin {
  return {
    name: 'siblings',
    apply: 'build',
    closeBundle() {
      for (const file of readdirSync(join(here, 'dist'), { recursive: true, encoding: 'utf8' })) {
        if (!PACKED.test(file)) continue;
        const path = join(here, 'dist', file);
        const bytes = readFileSync(path);
        const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
        writeFileSync(`${path}.br`, brotliCompressSync(bytes, { params }));
        writeFileSync(`${path}.gz`, gzipSync(bytes, { level: 9 }));
      }
    },
  };
}

export default defineConfig({
  root: here,
  base: '/admin/',
  publicDir: false,
  plugins: [siblings()],
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: ['chrome123', 'safari17.5', 'firefox128'],
    // Older targets turn light-dark() into a polyfill of variables.
    cssTarget: ['chrome123', 'safari17.5', 'firefox128'],
    // The page's policy knows no data: addresses.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
});
