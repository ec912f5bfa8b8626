import { describe, expect, it } from 'vitest';

import { isSignature, type Stroke } from './signature';

const line = (...xs: number[]): Stroke => xs.map((x) => ({ x, y: 0.2 }));

describe('a drawing', () => {
  it.each([
    ['nothing', [], false],
    ['a dot', [line(0.5)], false],
    ['many dots', [line(0.1), line(0.5), line(0.9)], false],
    ['a slip', [line(0.5, 0.55)], false],
    ['a stroke', [line(0.2, 0.6)], true],
    ['initials in small strokes', [line(0.2, 0.3), line(0.3, 0.4), line(0.6, 0.7)], true],
    ['a scribble back and forth', [line(0.4, 0.5, 0.4, 0.5)], true],
  ])('of %s', (_, strokes, enough) => expect(isSignature(strokes)).toBe(enough));
});
