// The headings of a file, so that a person can say what its columns hold. How the file is read the server finds out by itself.
export interface Peek {
  headings: string[];
  /** The cells of the first row, in the order of the headings. */
  example: string[];
}

/** As much of a file as its headings and first row may take. */
export const peekBytes = 128 << 10;

function decode(bytes: Uint8Array): string {
  const [a, b] = bytes;
  if (a === 0xff && b === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (a === 0xfe && b === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  try {
    // As a stream: what was cut off in the middle of a letter is no fault of the file.
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

/** The first rows of a text; a cell in quotes may hold the separator and line ends. */
function rows(text: string, separator: string, most: number): string[][] {
  const all: string[][] = [];
  let row: string[] = [];
  let cell = '';
  let quoted = false;
  const end = () => {
    row.push(cell.trim());
    cell = '';
  };
  for (let i = 0; i < text.length && all.length < most; i++) {
    const c = text[i]!;
    if (quoted) {
      if (c !== '"') cell += c;
      else if (text[i + 1] === '"') cell += text[++i]!;
      else quoted = false;
    } else if (c === '"' && cell.trim() === '') {
      cell = '';
      quoted = true;
    } else if (c === separator) end();
    else if (c === '\n' || c === '\r') {
      if (c === '\r' && text[i + 1] === '\n') i++;
      end();
      if (row.some(Boolean)) all.push(row);
      row = [];
    } else cell += c;
  }
  if (all.length < most && (cell || row.length > 0)) {
    end();
    all.push(row);
  }
  return all;
}

export function peek(bytes: Uint8Array): Peek {
  const text = decode(bytes).replace(/^\uFEFF/, '');
  const best = [',', ';', '\t', '|']
    .map((separator) => rows(text, separator, 2))
    .reduce((a, b) => ((b[0]?.length ?? 0) > (a[0]?.length ?? 0) ? b : a));
  return { headings: (best[0] ?? []).filter(Boolean), example: exampleOf(best) };
}

const exampleOf = ([headings = [], first = []]: string[][]) =>
  headings.flatMap((heading, i) => (heading ? [first[i] ?? ''] : []));
