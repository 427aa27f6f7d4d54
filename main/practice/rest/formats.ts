/** The two formats of the REST API (API document, "Content-Type & Accept header"). */
export type Format = 'json' | 'xml';

/** The `Content-Type` of each format. */
export const TYPES: Readonly<Record<Format, string>> = { json: 'application/json', xml: 'application/xml' };

/** The format that a `Content-Type` header names, parameters aside; `null` for any other type. */
export function formatOfType(contentType: string): Format | null {
  const [type = ''] = contentType.split(';', 1);
  switch (type.trim().toLowerCase()) {
    case 'application/json':
      return 'json';
    case 'application/xml':
      return 'xml';
    default:
      return null;
  }
}

const RANGES: ReadonlyMap<string, Format | 'any'> = new Map<string, Format | 'any'>([
  ['application/json', 'json'],
  ['application/xml', 'xml'],
  ['application/*', 'any'],
  ['*/*', 'any'],
  ['*', 'any'],
]);

/**
 * The format to answer in: the one that `Accept` wants most, the first of equals; `usual` without the header or for a
 * wildcard; `null` when it leaves room for neither.
 */
export function formatToGive(accept: string | undefined, usual: Format): Format | null {
  if (accept === undefined || accept.trim() === '') return usual;
  let best: Format | null = null;
  let bestQuality = 0;
  for (const range of accept.split(',')) {
    const [type = '', ...parameters] = range.split(';').map((piece) => piece.trim().toLowerCase());
    const named = RANGES.get(type);
    const quality = Number(parameters.find((parameter) => parameter.startsWith('q='))?.slice(2) ?? '1');
    if (named === undefined || !(quality > bestQuality)) continue;
    bestQuality = quality;
    best = named === 'any' ? usual : named;
  }
  return best;
}
