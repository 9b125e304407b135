import { defineConfig } from 'vitest/config'

import { DEMOS } from './demo.ts'

// Several files of journeys at a time (they wait more than they work), each through a demo of its own: what one changes, the other does not see.
export default defineConfig({
  test: {
    root: import.meta.dirname,
    include: ['*.test.ts'],
    globalSetup: ['./demo.ts'],
    maxWorkers: DEMOS,
    testTimeout: process.env.BANKSIA_SLOW_LINE_MS ? 600_000 : 180_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 15_000 } },
    environment: 'node',
  },
})
