import { afterEach, expect, it, vi } from 'vitest';

import type { Trouble } from '../../shared/ask';
import { upload } from './upload';

const file = new File(['Id,Name'], 'people & plates.csv');

/** A request that ends as it is told. */
function answering(status: number | null, text: string) {
  const asked: string[] = [];
  vi.stubGlobal(
    'XMLHttpRequest',
    class {
      upload: { onprogress?: (e: object) => void } = {};
      onload?: () => void;
      onerror?: () => void;
      status = status;
      responseText = text;
      open(method: string, url: string) {
        asked.push(`${method} ${url}`);
      }
      setRequestHeader() {}
      send() {
        this.upload.onprogress?.({ loaded: 5, total: 10, lengthComputable: true });
        if (status === null) this.onerror?.();
        else this.onload?.();
      }
    },
  );
  return asked;
}

afterEach(() => vi.unstubAllGlobals());

it('tells how far it is and answers the id', async () => {
  const asked = answering(201, '{"uploadId":"upl_1","size":7}');
  const progress = vi.fn();
  expect(await upload(file, progress)).toBe('upl_1');
  expect(asked).toEqual(['POST /imports?name=people%20%26%20plates.csv']);
  expect(progress).toHaveBeenCalledWith(0.5);
});

const troubleOf = (status: number | null, text: string) => {
  answering(status, text);
  return upload(file, () => {}).then(
    () => null,
    (e: Trouble) => [e.kind, e.code, e.message],
  );
};

it('says what the server says of a file that it does not take', async () => {
  expect(await troubleOf(413, '{"errors":[{"code":"INVALID","message":"The file is too large."}]}')).toEqual([
    'failed',
    'INVALID',
    'The file is too large.',
  ]);
});

it('a proxy that answers a page of its own', async () => {
  expect((await troubleOf(502, '<html>'))?.[2]).toMatch(/^The server answered 502\./);
});

it('no answer', async () => {
  expect((await troubleOf(null, ''))?.[0]).toBe('unreachable');
});
