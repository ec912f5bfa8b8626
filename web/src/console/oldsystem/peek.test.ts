import { describe, expect, it } from 'vitest';

import { peek } from './peek';

const utf8 = (text: string) => new TextEncoder().encode(text);

describe('peek', () => {
  it.each([
    ['commas', 'Id,Name\n1,Ann\n2,Ben\n'],
    ['semicolons', 'Id;Name\r\n1;Ann\r\n'],
    ['tabs', 'Id\tName\n1\tAnn'],
    ['bars', 'Id|Name\n1|Ann'],
    ['an empty line between', 'Id,Name\n\n1,Ann'],
    ['a byte order mark', '\uFEFFId,Name\n1,Ann'],
    ['quotes', '"Id","Name"\n"1","Ann"'],
  ])('%s', (_, text) => {
    expect(peek(utf8(text))).toEqual({ headings: ['Id', 'Name'], example: ['1', 'Ann'] });
  });

  it('a cell in quotes holds separators, lines and quotes', () => {
    expect(peek(utf8('Id,"Name, ""full"""\n1,"Ann\nArcher"'))).toEqual({
      headings: ['Id', 'Name, "full"'],
      example: ['1', 'Ann\nArcher'],
    });
  });

  it('a column without a heading is left out with its cell', () => {
    expect(peek(utf8('Id,,Name\n1,x,Ann'))).toEqual({ headings: ['Id', 'Name'], example: ['1', 'Ann'] });
  });

  it('Latin-1', () => {
    expect(peek(Uint8Array.from([0x4e, 0xe9, 0x2c, 0x42])).headings).toEqual(['Né', 'B']);
  });

  it('UTF-16', () => {
    const text = '\uFEFFId,Né';
    const bytes = new Uint8Array(text.length * 2);
    [...text].forEach((c, i) => new DataView(bytes.buffer).setUint16(i * 2, c.charCodeAt(0), true));
    expect(peek(bytes).headings).toEqual(['Id', 'Né']);
  });

  it('what was cut off in the middle of a letter is UTF-8 all the same', () => {
    expect(peek(utf8('Id,Né').slice(0, -1)).headings).toEqual(['Id', 'N']);
  });

  it('an empty file has none', () => {
    expect(peek(utf8(''))).toEqual({ headings: [], example: [] });
  });
});
