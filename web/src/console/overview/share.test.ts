import { expect, it } from 'vitest';

import { share } from './share';

it.each([
  [0, 0, '0%'],
  [0, 5, '0%'],
  [1, 3, '33%'],
  [1, 1000, '<1%'],
  [999, 1000, '>99%'],
  [1000, 1000, '100%'],
])('%i of %i', (n, of, said) => expect(share(n, of)).toBe(said));
