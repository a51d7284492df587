/**
 * Builds one document with its style and script inside, each in exactly one element without attributes the hub would
 * have to know, so that a policy can name both by their hash.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Plugin, UserConfig } from 'vite';

const chat = fileURLToPath(new URL('chat/', import.meta.url));

/** Older targets turn light-dark() into a polyfill of variables. */
const BROWSERS = ['chrome123', 'safari17.5', 'firefox128'];

/** What every build of what a visitor gets has in common: the browsers, and where it lies in the end. */
export const built = {
  outDir: '../dist',
  emptyOutDir: false,
  target: BROWSERS,
  cssTarget: BROWSERS,
  reportCompressedSize: false,
} as const satisfies UserConfig['build'];

/** Makes `fileName` of `index.html` and the script `main` in the folder `here`. */
export function documentOf(here: string, fileName: string, main = 'main.tsx'): UserConfig {
  return {
    root: here,
    publicDir: false,
    plugins: [selfContained(`${here}index.html`, fileName)],
    build: {
      ...built,
      cssCodeSplit: false,
      modulePreload: { polyfill: false },
      rolldownOptions: { input: `${here}${main}` },
    },
  };
}

/** A document drawn by the few lines of the chat window in place of a library. */
export function drawnDocument(here: string, fileName: string): UserConfig {
  return {
    ...documentOf(here, fileName),
    resolve: { alias: { '@preact/signals-core': `${chat}signals.ts`, preact: `${chat}draw.ts` } },
    oxc: {
      jsx: { runtime: 'classic', pragma: 'jsx', pragmaFrag: 'JsxFragment' },
      jsxInject: "import { h as jsx, Fragment as JsxFragment } from 'preact'",
    },
  };
}

/** Puts script and style into the page at `page`, named `fileName` in the end, and drops their files. */
function selfContained(page: string, fileName: string): Plugin {
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
      const source = readFileSync(page, 'utf8')
        .replace(/>\s+</g, '><')
        // Before the texts, which name what the script names: packed together they are smaller.
        .replace('<script', () => `<style>${style.replace(/\/\*\$vite.*/, '').trim()}</style><script`)
        .replace(/<script type="module"[^>]*>/, () => `<script type="module">${escaped(script.trim())}`);
      this.emitFile({ type: 'asset', fileName, source });
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
