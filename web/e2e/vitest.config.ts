import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  test: {
    include: ['*.e2e.ts'],
    globalSetup: './server.ts',
    setupFiles: './beginning.ts',
    fileParallelism: false,
    testTimeout: 90_000,
    hookTimeout: 120_000,
    // The launcher names those that passed at the second attempt.
    retry: process.env.CI ? 1 : 0,
    expect: { poll: { timeout: 30_000 } },
  },
});
