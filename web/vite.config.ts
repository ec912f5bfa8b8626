import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

import type { HtmlTagDescriptor, Plugin, Rolldown } from 'vite';
import { defineConfig } from 'vitest/config';

const isReact = /[\\/]node_modules[\\/](react|react-dom|scheduler)[\\/]/;
const isLibrary = /[\\/]node_modules[\\/](@mantine|@tanstack|@tabler|graphql-sse)[\\/]/;
const isAhead = /[\\/]src[\\/]console[\\/](ahead|grid[\\/]ends|parts[\\/]search|invitations[\\/]search)\.ts/;
const isPart =
  /[\\/]src[\\/]console[\\/](parts|grid|shell)[\\/](?!search|ends|links)|[\\/]src[\\/]console[\\/](api|live)\.ts/;

// The pages with what they load below /assets/, as web.go serves them. public/ holds the .keep that Git and Go's embed need.
export default defineConfig({
  appType: 'mpa',
  plugins: [packed(), ahead(), inOrder()],
  build: {
    assetsInlineLimit: 0, // a data: address would need a hole in the pages' policies
    chunkSizeWarningLimit: 3000, // GraphiQL's editor, for developers
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: ['console.html', 'counter.html', 'graphiql.html', 'setup.html', 'account.html'],
      output: {
        codeSplitting: {
          // What pages of staff have in common comes in few pieces, instead of in forty of a kilobyte. Tenants' pages hold nothing of
          // it, nor does the script that starts the console. No piece may import another that imports it.
          groups: [
            { name: 'ahead', test: isAhead, includeDependenciesRecursively: false },
            { name: 'react', test: isReact },
            { name: 'libraries', test: isLibrary },
            { name: 'parts', test: isPart, includeDependenciesRecursively: false },
          ],
        },
      },
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

/**
 * Names in a page what the script that starts it asks for by import(): the browser fetches it at once, not when that script has come.
 */
function ahead(): Plugin {
  const main: Record<string, RegExp> = { '/console.html': /\/src\/console\/main\.tsx$/ };
  return {
    name: 'ahead',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler(html, { path, bundle = {} }) {
        const start = Object.values(bundle).find(
          (each) => each.type === 'chunk' && main[path]?.test(each.facadeModuleId ?? ''),
        );
        if (!start && main[path]) throw new Error(`${path}: there is no script ${main[path]}`);
        return start
          ? importsOf(bundle, start.fileName)
              .filter((name) => !html.includes(name))
              .map(preload)
          : [];
      },
    },
  };
}

const preload = (name: string): HtmlTagDescriptor => ({
  tag: 'link',
  attrs: { rel: 'modulepreload', crossorigin: true, href: '/' + name },
  injectTo: 'head',
});

/** A script with all that it imports, each once. */
function importsOf(bundle: Rolldown.OutputBundle, name: string, seen = new Set<string>()): string[] {
  const chunk = bundle[name];
  if (chunk?.type !== 'chunk' || seen.has(name)) return [];
  seen.add(name);
  return [name, ...chunk.imports.flatMap((next) => importsOf(bundle, next, seen))];
}

/**
 * Fails where scripts import each other in a circle: one of them would run before what it needs is there. And where the
 * script that starts a page imports one that starts another.
 */
function inOrder(): Plugin {
  return {
    name: 'in-order',
    apply: 'build',
    generateBundle(_, bundle) {
      for (const chunk of Object.values(bundle)) {
        if (chunk.type !== 'chunk') continue;
        if (chunk.imports.some((next) => importsOf(bundle, next).includes(chunk.fileName)))
          this.error(`${chunk.fileName} is imported by what it imports: ${chunk.imports.join(', ')}`);
        const other = importsOf(bundle, chunk.fileName).find((name) => {
          const next = bundle[name];
          return chunk.isEntry && name !== chunk.fileName && next?.type === 'chunk' && next.isEntry;
        });
        if (other) this.error(`${chunk.fileName} imports ${other}, which starts another page`);
      }
    },
  };
}

/** Puts a .gz and a .br beside each script and style, so that the server packs nothing while a phone waits. */
function packed(): Plugin {
  return {
    name: 'packed',
    apply: 'build',
    writeBundle({ dir }, bundle) {
      // Only now is every file as it is served: Vite fills in the names of lazy parts last.
      for (const name of Object.keys(bundle).filter((each) => /\.(js|css)$/.test(each))) {
        const file = join(dir!, name);
        const text = readFileSync(file);
        writeFileSync(file + '.gz', gzipSync(text, { level: 9 }));
        const size = { [constants.BROTLI_PARAM_SIZE_HINT]: text.length };
        writeFileSync(file + '.br', brotliCompressSync(text, { params: size }));
      }
    },
  };
}
