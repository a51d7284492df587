/** Draws the pictures of the documents anew: `npm run pictures`. */
import { defineConfig } from '@playwright/test';
import everyday from '../../playwright.config';

export default defineConfig({ ...everyday, testDir: '.', testMatch: '*.pictures.ts', outputDir: '../../test-results' });
