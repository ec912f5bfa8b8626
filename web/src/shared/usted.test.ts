import { describe, expect, it } from 'vitest';

import { es as account } from '../account/words.es';
import { es as setup } from '../setup/words.es';

/** What only somebody says who addresses another as "tú"; the messages are held to the same (internal/spanish). */
const familiar =
  /(?<!\p{L})(?:tú|tus?|te|ti|contigo|tuy[oa]s?|tienes|puedes|quieres|eres|estás|recibes|pagas|debes|usas|confirmas|verás|recibirás|podrás|hagas|quieras|puedas|(?:confírma|inténta|guárda|ingrésa)lo|(?!existe|triste)\p{L}*[ai]ste)(?!\p{L})|(?:^|[.:;?!¡¿] ?)(?:Abre|Elige|Agrega|Busca|Responde|Ignora|Configura|Ingresa|Revisa|Pide|Usa|Haz)(?!\p{L})/u;

const said = (words: object) =>
  Object.values(words).map((word: unknown) =>
    typeof word === 'function' ? (word as (...parts: string[]) => string)('X', 'Y') : String(word),
  );

describe('what tenants read in Spanish', () => {
  it.each([
    ['the offer', setup],
    ['the account', account],
  ])('says usted: %s', (_, words) => {
    expect(said(words).filter((words) => familiar.test(words))).toEqual([]);
  });
  it('finds the other form', () => {
    expect(
      ['Abre tu cuenta', 'lo que pediste', 'Elige otro.', 'Se abre una vez', 'Ya existe'].map((w) =>
        familiar.test(w),
      ),
    ).toEqual([true, true, true, false, false]);
  });
});
