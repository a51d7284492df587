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
  // One that passes the second time is named at the end as flaky, and is a mistake to mend, but it holds up nobody else.
  retries: 1,
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
