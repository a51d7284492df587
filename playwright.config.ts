/** One runner for state classes, screens and stories. Browser flags keep Chromium quiet and the same everywhere. */
import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: 'tests/ui',
  outputDir: 'test-results',
  workers: 2,
  fullyParallel: true,
  forbidOnly: true,
  // Debug builds on two busy cores: waits end early when all is well, so generous ones cost nothing.
  timeout: 60_000,
  expect: { timeout: 15_000 },
  reporter: 'list',
  use: {
    locale: 'en-GB',
    timezoneId: 'Europe/Warsaw',
    trace: 'off',
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      // Under test Chromium's back/forward cache is off unless this default is taken away.
      ignoreDefaultArgs: ['--disable-back-forward-cache'],
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
});
