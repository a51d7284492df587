/** Builds widget/dist/preview.html: a page without words that shows the button while its settings are edited. */
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { documentOf } from '../self-contained';

const here = fileURLToPath(new URL('.', import.meta.url));

export default defineConfig({
  ...documentOf(here, 'preview.html', 'main.ts'),
  // The loader itself, with settings that come with this page instead of with the script.
  resolve: { alias: [{ find: /^\.\/config$/, replacement: `${here}config.ts` }] },
});
