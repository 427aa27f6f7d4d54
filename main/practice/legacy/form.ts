import { UnreadableRequest } from './unreadable.ts';

/** The parameters of a request by their names in small letters: names are the same in every case. */
export type Form = ReadonlyMap<string, string>;

const MAX_PARAMETERS = 100;

/**
 * Reads the parameters of a query and of a form (`application/x-www-form-urlencoded`), both as their raw bytes in a
 * Latin-1 string. The form wins over the query. Values are UTF-8, or in the charset that the parameter `encoding`
 * names (facts of the platform, "Parameters"). Throws {@link UnreadableRequest} for a charset there is not, for bytes
 * that are not in it, for a name given twice and for more than 100 parameters.
 */
export function readForm(query: string, form: string): Form {
  const raw = new Map([...readPairs(query), ...readPairs(form)]);
  const decode = decoderFor(raw.get('encoding')?.toString('latin1') ?? '');
  return new Map([...raw].map(([name, bytes]) => [name, decode(bytes)]));
}

function readPairs(text: string): Map<string, Buffer> {
  const pairs = new Map<string, Buffer>();
  for (const pair of text.split('&', MAX_PARAMETERS + 1)) {
    if (pair === '') continue;
    if (pairs.size >= MAX_PARAMETERS) throw new UnreadableRequest('Too many parameters');
    const [, name = '', value = ''] = /^([^=]*)=?([^]*)$/.exec(pair) ?? [];
    const key = unescapePercents(name).toString('latin1').toLowerCase();
    if (pairs.has(key)) throw new UnreadableRequest('A parameter is given twice');
    pairs.set(key, unescapePercents(value));
  }
  return pairs;
}

/** A percent sign without two hexadecimal digits stands for itself. */
function unescapePercents(text: string): Buffer {
  const bytes = text
    .replaceAll('+', ' ')
    .replace(/%([0-9a-f]{2})/gi, (_match, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1');
}

function decoderFor(charset: string): (bytes: Buffer) => string {
  const decoder = openDecoder(charset === '' ? 'utf-8' : charset);
  return (bytes) => {
    try {
      return decoder.decode(bytes);
    } catch (error) {
      if (error instanceof TypeError) throw new UnreadableRequest('A value is not in its encoding');
      throw error;
    }
  };
}

function openDecoder(charset: string): { decode(bytes: Buffer): string } {
  try {
    return new TextDecoder(charset, { fatal: true });
  } catch (error) {
    if (error instanceof RangeError) throw new UnreadableRequest('There is no such encoding');
    throw error;
  }
}
