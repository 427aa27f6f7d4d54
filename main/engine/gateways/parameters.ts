/** A named value of a query or form; what is `undefined` or empty is left out, lists are joined by commas. */
export type Parameter = readonly [name: string, value: string | readonly string[] | undefined];

/**
 * Writes parameters as a query or as a body of `application/x-www-form-urlencoded`, in UTF-8. Half a surrogate pair becomes
 * U+FFFD instead of an exception.
 */
export function encodeParameters(parameters: readonly Parameter[]): string {
  const encoded = new URLSearchParams();
  for (const [name, value] of parameters) {
    if (value === undefined || value.length === 0) continue;
    encoded.append(name, typeof value === 'string' ? value : value.join(','));
  }
  return encoded.toString();
}

/** The path with the parameters as its query; without any it stays as it is. */
export function withQuery(path: string, parameters: readonly Parameter[]): string {
  const query = encodeParameters(parameters);
  return query === '' ? path : `${path}?${query}`;
}
