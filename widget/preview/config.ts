/** The kept settings of the package, as the hub writes them into this page; the loader begins with them. */
import type { Config } from '../loader/config';

// The JSON door: the hub wrote it for this page.
export const baked = JSON.parse(document.getElementById('config')?.textContent ?? '{}') as Config;
