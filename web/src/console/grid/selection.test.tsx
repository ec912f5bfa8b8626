// @vitest-environment happy-dom
import { act, renderHook } from '@testing-library/react';
import { describe, expect, it } from 'vitest';

import { goneOf, useSelection } from './selection';

const rowsOf = (ids: string) => ids.split('').map((id) => ({ id }));

const aList = (
  ids: string,
  changed: { query?: string; from?: number; hasMore?: boolean; old?: boolean } = {},
) => ({
  query: 'filter and order',
  rows: rowsOf(ids),
  from: 0,
  hasMore: false,
  old: false,
  pending: false,
  ...changed,
});

const over = (initialProps: ReturnType<typeof aList>) =>
  renderHook((list: ReturnType<typeof aList>) => useSelection('filter', list), { initialProps });

describe('selection', () => {
  it('of all that match, with one unticked, is what is loaded without that one', () => {
    const { result } = over(aList('abc'));
    act(() => result.current.selectAll());
    expect(result.current.has('never loaded')).toBe(true);
    act(() => result.current.toggle('b', ['a', 'b', 'c']));
    expect(result.current.all).toBe(false);
    expect(result.current.ids).toEqual(['a', 'c']);
  });

  it('ticks and unticks one', () => {
    const { result } = over(aList('ab'));
    act(() => result.current.toggle('a', ['a', 'b']));
    act(() => result.current.toggle('b', ['a', 'b']));
    act(() => result.current.toggle('a', ['a', 'b']));
    expect(result.current.ids).toEqual(['b']);
  });

  it('is nothing under another filter, and nothing again under the first', () => {
    const list = aList('ab');
    const { result, rerender } = renderHook(({ key }) => useSelection(key, list), {
      initialProps: { key: 'one' },
    });
    act(() => result.current.selectAll());
    rerender({ key: 'another' });
    expect(result.current.all).toBe(false);
    expect(result.current.ids).toEqual([]);
    rerender({ key: 'one' });
    expect(result.current.all).toBe(false);
  });

  it('lets go of what has left the list', () => {
    const { result, rerender } = over(aList('abcd'));
    act(() => result.current.add(['a', 'b', 'd']));
    rerender(aList('bce'));
    expect(result.current.ids).toEqual(['b']);
  });

  it('keeps what is not loaded any more, or not yet in another order', () => {
    const { result, rerender } = over(aList('abcd', { hasMore: true }));
    act(() => result.current.add(['a', 'b', 'd']));
    rerender(aList('cdef', { from: 2, hasMore: true })); // a page was let go
    rerender(aList('cdef', { from: 2, hasMore: true, old: true }));
    rerender(aList('fe', { query: 'the other way round', hasMore: true }));
    expect(result.current.ids).toEqual(['a', 'b', 'd']);
  });
});

describe('what has left the list', () => {
  const gone = (before: string, now: string, { from = 0, hasMore = true } = {}) =>
    goneOf({ rows: rowsOf(before) }, { rows: rowsOf(now), from, hasMore }).join('');

  it.each([
    ['a row in between', 'abcd', 'acde', 'b'],
    ['the first', 'abcd', 'bcde', 'a'],
    ['the last, with what came after it in its place', 'abcd', 'abce', 'd'],
    ['nobody, where a new one pushed the last beyond the end', 'abcd', 'xabc', ''],
    ['one, where a new one took its place', 'abcd', 'xabd', 'c'],
    ['all, where all are others', 'abcd', 'wxyz', 'abcd'],
  ])('is %s', (_, before, now, left) => expect(gone(before, now)).toBe(left));

  it('is all of it where nothing comes after', () => {
    expect(gone('abcd', '', { hasMore: false })).toBe('abcd');
    expect(gone('abcd', 'xa', { hasMore: false })).toBe('bcd');
  });

  it('is not what may stand before the first that is held', () => {
    expect(gone('abcd', 'bde', { from: 100 })).toBe('c');
  });
});
