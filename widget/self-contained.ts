/**
 * Builds one document with its style and script inside, each in exactly one element without attributes the hub would
 * have to know, so that a policy can name both by their hash.
 */
import { readFileSync } from 'node:fs';
import type { Plugin } from 'vite';

/** Puts script and style into the page at `page`, named `fileName` in the end, and drops their files. */
export function selfContained(page: string, fileName: string): Plugin {
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
        .replace('</head>', () => `<style>${style.replace(/\/\*\$vite.*/, '').trim()}</style></head>`)
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
