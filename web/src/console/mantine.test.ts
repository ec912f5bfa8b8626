// Every part of Mantine that a page shows has its styles in mantine.css, and in Mantine's order.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { expect, it } from 'vitest';

const library = 'node_modules/@mantine/core/';
const read = (file: string) => readFileSync(file, 'utf8');

/** The parts by the files that hold them, as the library exports them. */
const files = new Map(
  [...read(library + 'esm/index.mjs').matchAll(/\{([^}]*)\} from "\.\/(components\/[^"]+)"/g)].flatMap(
    ([, names, file]) => names!.split(',').map((name) => [name.trim(), join(library, 'esm', file!)] as const),
  ),
);

/** The names of the styles that a part has, and those that it is made of. */
function stylesOf(file: string, seen: Set<string>): string[] {
  if (seen.has(file)) return [];
  seen.add(file);
  const own = /\/(\w+)\.module\.mjs$/.exec(file)?.[1];
  if (own) return [own];
  return [...read(file).matchAll(/from "(\.[^"]+)"/g)].flatMap(([, next]) =>
    stylesOf(join(dirname(file), next!), seen),
  );
}

const sources = readdirSync('src', { recursive: true })
  .map((file) => `src/${String(file)}`)
  .filter((file) => /\.tsx?$/.test(file) && !/\.test\./.test(file));

it('has all that is shown, and no more', () => {
  const shown = new Set(
    sources.flatMap((file) =>
      [...read(file).matchAll(/import \{([^}]*)\} from '@mantine\/core'/g)].flatMap(([, names]) =>
        names!.split(',').map((name) => name.trim()),
      ),
    ),
  );
  shown.add('Notification'); // by @mantine/notifications
  const seen = new Set<string>();
  const needed = [...shown].flatMap((name) => (files.has(name) ? stylesOf(files.get(name)!, seen) : []));
  expect(needed.length).toBeGreaterThan(40);
  expect(imported().filter((name) => /^[A-Z]/.test(name))).toEqual(expect.arrayContaining(needed));
  expect(needed).toEqual(expect.arrayContaining(imported().filter((name) => /^[A-Z]/.test(name))));
});

it('has them in the order in which one may overrule another', () => {
  const all = read(library + 'styles.css');
  const places = imported().map((name) => all.indexOf(read(`${library}styles/${name}.css`).trim()));
  expect(places).not.toContain(-1);
  expect(places).toEqual([...places].sort((a, b) => a - b));
  expect(places[0], 'the baseline').toBe(0);
});

const imported = () =>
  [...read('src/console/mantine.css').matchAll(/@mantine\/core\/styles\/([\w-]+)\.css/g)].map(
    ([, name]) => name!,
  );
