/**
 * Builds widget/dist/chat.html: one document with its style and script inside, each in exactly one element without
 * attributes the hub would have to know, so that a policy can name both by their hash.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vite';

const here = fileURLToPath(new URL('.', import.meta.url));

/** Puts script and style into the page and drops the files. */
function selfContained(): Plugin {
  return {
    name: 'self-contained',
    apply: 'build',
    enforce: 'post',
    generateBundle(_options, bundle) {
      let script = '';
      let style = '';
      for (const [name, file] of Object.entries(bundle)) {
        if (file.type === 'chunk') script += file.code;
        else if (name.endsWith('.css')) style += text(file.source);
        delete bundle[name];
      }
      const page = readFileSync(`${here}index.html`, 'utf8')
        .replace(/>\s+</g, '><')
        .replace('</head>', () => `<style>${style.trim()}</style></head>`)
        .replace(/<script type="module"[^>]*>/, () => `<script type="module">${escaped(script.trim())}`);
      this.emitFile({ type: 'asset', fileName: 'chat.html', source: page });
    },
  };
}

/** Inside an element a closing tag would end the script early. */
function escaped(script: string): string {
  return script.replaceAll('</script', '<\\/script').replaceAll('<!--', '<\\!--');
}

function text(source: string | Uint8Array): string {
  return typeof source === 'string' ? source : new TextDecoder().decode(source);
}

export default defineConfig({
  root: here,
  publicDir: false,
  plugins: [selfContained()],
  resolve: { alias: { '@preact/signals-core': `${here}signals.ts` } },
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
