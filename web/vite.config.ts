import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

// The pages with what they load below /assets/, as web.go serves them. public/ holds the .keep that Git and Go's embed need.
export default defineConfig({
  appType: 'mpa',
  plugins: [packed()],
  build: {
    assetsInlineLimit: 0, // a data: address would need a hole in the pages' policies
    chunkSizeWarningLimit: 3000, // GraphiQL's editor, for developers
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: ['console.html', 'counter.html', 'graphiql.html', 'setup.html', 'account.html'],
      checks: { moduleLevelDirective: false }, // "use client" in GraphiQL's libraries: there is no server side here
    },
  },
  test: {
    environment: 'happy-dom',
    include: ['src/**/*.test.{ts,tsx}'],
    setupFiles: ['src/patience.ts'],
    testTimeout: 120_000,
  },
});

/** Puts a .gz beside each script and style, so that the server packs nothing while a phone waits. */
function packed(): Plugin {
  return {
    name: 'packed',
    apply: 'build',
    writeBundle({ dir }, bundle) {
      // Only now is every file as it is served: Vite fills in the names of lazy parts last.
      for (const name of Object.keys(bundle).filter((each) => /\.(js|css)$/.test(each))) {
        const file = join(dir!, name);
        writeFileSync(file + '.gz', gzipSync(readFileSync(file), { level: 9 }));
      }
    },
  };
}
