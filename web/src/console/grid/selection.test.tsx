// @vitest-environment happy-dom
import { act, renderHook } from '@testing-library/react';
import { describe, expect, it } from 'vitest';

import { useSelection } from './selection';

describe('selection', () => {
  it('of all that match, with one unticked, is what is loaded without that one', () => {
    const { result } = renderHook(() => useSelection('filter'));
    act(() => result.current.selectAll());
    expect(result.current.has('never loaded')).toBe(true);
    act(() => result.current.toggle('b', ['a', 'b', 'c']));
    expect(result.current.all).toBe(false);
    expect(result.current.ids).toEqual(['a', 'c']);
  });

  it('ticks and unticks one', () => {
    const { result } = renderHook(() => useSelection('filter'));
    act(() => result.current.toggle('a', ['a', 'b']));
    act(() => result.current.toggle('b', ['a', 'b']));
    act(() => result.current.toggle('a', ['a', 'b']));
    expect(result.current.ids).toEqual(['b']);
  });

  it('is nothing under another filter', () => {
    const { result, rerender } = renderHook(({ key }) => useSelection(key), { initialProps: { key: 'one' } });
    act(() => result.current.selectAll());
    rerender({ key: 'another' });
    expect(result.current.all).toBe(false);
    expect(result.current.ids).toEqual([]);
  });
});
