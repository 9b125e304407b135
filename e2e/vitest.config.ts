import { defineConfig } from 'vitest/config'

// The journeys walk through one running demo, one after another: they are about a person's day, not about speed.
export default defineConfig({
  test: {
    root: import.meta.dirname,
    include: ['*.test.ts'],
    globalSetup: ['./demo.ts'],
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 60_000,
    environment: 'node',
  },
})
