import { fileURLToPath } from 'node:url'
import { playwright } from '@vitest/browser-playwright'
import { defineConfig } from 'vitest/config'
import { chromiumArguments, chromiumFile } from '../test/chromium.ts'
import { LongestFirst } from './longest-first.ts'

const root = fileURLToPath(new URL('..', import.meta.url))

/** What is asserted of a process that ran nothing before. */
const apart = ['test/node/second-ear/memory.test.ts', 'test/node/second-ear/loading.test.ts']

export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        root,
        test: {
          name: 'node',
          include: ['test/**/*.test.ts'],
          exclude: ['test/browser/**', ...apart],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          pool: 'forks',
          maxWorkers: 2,
          // Modules are read once per worker; no test leaves anything behind in them.
          isolate: false,
        },
      },
      {
        root,
        // As many workers as above, so that they run beside the others.
        test: { name: 'apart', include: apart, testTimeout: 60_000, pool: 'forks', maxWorkers: 2 },
      },
      {
        root,
        server: { fs: { allow: [root] } },
        // Known ahead and nothing looked for later, so that the first run on a fresh machine does not reload in mid-test.
        optimizeDeps: { include: ['zod', 'axe-core'], noDiscovery: true },
        test: {
          name: 'browser',
          include: ['test/browser/**/*.test.ts'],
          globalSetup: ['test/browser/node-side.ts'],
          testTimeout: 120_000,
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({
              launchOptions: {
                ...(chromiumFile ? { executablePath: chromiumFile } : {}),
                args: chromiumArguments,
              },
            }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
    ],
  },
})
