import { availableParallelism } from 'node:os';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';

/**
 * Four Node projects and one browser project. The browser is the system's Chromium or Chrome
 * (`CHROMIUM_PATH`, set by `scripts/test.mjs`), so that nothing is downloaded at test time.
 */
const chromium = process.env['CHROMIUM_PATH'];
const asRoot = process.getuid?.() === 0;

export default defineConfig({
  test: {
    // Most tests wait for sockets and disks: on two cores three at once take half the time of one after the other.
    maxWorkers: Math.max(3, availableParallelism()),
    // No module of ours holds state of its own, so that files may share what is loaded (`isolate: false`): it halves the time.
    projects: [
      {
        test: {
          name: 'unit',
          include: ['tests/unit/**/*.test.ts', 'tests/architecture/**/*.test.ts'],
          environment: 'node',
          isolate: false,
        },
      },
      {
        test: {
          name: 'integration',
          include: ['tests/integration/**/*.test.ts', 'tests/conformance/**/*.test.ts'],
          environment: 'node',
          testTimeout: 30_000,
          isolate: false,
        },
      },
      {
        test: {
          name: 'chaos',
          include: ['tests/chaos/**/*.test.ts'],
          environment: 'node',
        },
      },
      {
        // The real app: needs a display, a keychain and MIM_ELECTRON, which `node scripts/e2e.mjs` provides.
        test: {
          name: 'e2e',
          include: ['tests/e2e/**/*.e2e.ts'],
          environment: 'node',
          testTimeout: 120_000,
          hookTimeout: 60_000,
          fileParallelism: false,
        },
      },
      {
        plugins: [svelte({ configFile: false })],
        test: {
          name: 'component',
          include: ['tests/component/**/*.test.ts'],
          // Two pages at once: a browser project takes none of the number above.
          maxWorkers: 2,
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({
              launchOptions: {
                ...(chromium ? { executablePath: chromium } : {}),
                args: asRoot ? ['--no-sandbox'] : [],
              },
            }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
    ],
  },
});
