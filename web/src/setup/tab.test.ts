import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { draft, firstLanguage, leaveFor, rememberLanguage, type Saved, takeReturn, takeToken } from './tab';
import { visit } from './testing';

const method: Saved = { type: 'CARD', intentId: 'seti_1', label: 'Visa 3155' };

beforeEach(() => {
  sessionStorage.clear();
  visit('/setup/');
});
afterEach(() => vi.restoreAllMocks());

describe('takeToken', () => {
  it('takes it out of the address and out of the history', () => {
    visit('/setup/tok-1');
    const entries = history.length;
    expect(takeToken()).toBe('tok-1');
    expect(location.pathname).toBe('/setup/');
    expect(history.length).toBe(entries);
  });

  it('finds it again after a reload', () => {
    visit('/setup/tok-1');
    takeToken();
    expect(takeToken()).toBe('tok-1');
  });

  it('answers null where no link was opened in this tab', () => expect(takeToken()).toBeNull());

  it('forgets what was filled in for another offer', () => {
    visit('/setup/tok-1');
    takeToken();
    draft.keepSaved(method);
    draft.keepName('Dana');
    visit('/setup/tok-2');
    expect(takeToken()).toBe('tok-2');
    expect(draft.saved()).toBeNull();
    expect(draft.name()).toBe('');
  });

  it('keeps what was filled in where the same link is opened again', () => {
    visit('/setup/tok-1');
    takeToken();
    draft.keepSaved(method);
    visit('/setup/tok-1');
    takeToken();
    expect(draft.saved()).toEqual(method);
  });
});

describe('takeReturn', () => {
  beforeEach(() => {
    vi.spyOn(location, 'assign').mockImplementation(() => {});
    leaveFor('https://bank.example/check', method);
  });

  it('tells how the visit to the bank ended', () => {
    visit('/setup/?setup_intent=seti_1&setup_intent_client_secret=x&redirect_status=succeeded');
    expect(takeReturn()).toEqual({ ...method, succeeded: true });
    expect(location.search).toBe('');
  });

  it('tells that it failed', () => {
    visit('/setup/?setup_intent=seti_1&redirect_status=failed');
    expect(takeReturn()).toMatchObject({ succeeded: false });
  });

  it('tells it once', () => {
    visit('/setup/?setup_intent=seti_1&redirect_status=succeeded');
    takeReturn();
    visit('/setup/?setup_intent=seti_1&redirect_status=succeeded');
    expect(takeReturn()).toBeNull();
  });

  it('believes no address that speaks of another attempt', () => {
    visit('/setup/?setup_intent=seti_of_somebody&redirect_status=succeeded');
    expect(takeReturn()).toBeNull();
  });

  it('is null where the tenant came back by the browser’s button', () => expect(takeReturn()).toBeNull());
});

describe('leaveFor', () => {
  it('leads to no script', () => {
    expect(() => leaveFor('javascript:alert(1)', method)).toThrow('no bank');
  });
});

describe('firstLanguage', () => {
  it.each([
    [['es-MX', 'en'], 'ES'],
    [['fr-FR', 'es'], 'ES'],
    [['en-US', 'es'], 'EN'],
    [['fr-FR'], 'EN'],
    [['est', 'en'], 'EN'], // Estonian
  ])('%j', (languages, language) => {
    vi.spyOn(navigator, 'languages', 'get').mockReturnValue(languages);
    expect(firstLanguage()).toBe(language);
  });

  it('stays the chosen one', () => {
    rememberLanguage('ES');
    expect(firstLanguage()).toBe('ES');
  });
});
