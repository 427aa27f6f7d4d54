/** Which part of which message something is; `reference` is unique enough between two addresses. */
export type PartOf = { readonly reference: string; readonly total: number; readonly number: number };

/** User data without its header, and what the header says of parts. */
export type UserData = { readonly octets: Buffer; readonly part: PartOf | null };

/**
 * Takes the user data header off (3GPP TS 23.040 §9.2.3.24): element 0x00 is concatenation with a reference of one
 * octet, 0x08 with one of two; other elements are skipped. Gives `null` for a header that does not add up.
 */
export function readUserData(octets: Buffer): UserData | null {
  const length = octets[0];
  if (length === undefined || length + 1 > octets.length) return null;
  const header = octets.subarray(1, length + 1);
  let part: PartOf | null = null;
  for (let at = 0; at < header.length;) {
    const [id, size] = [header[at], header[at + 1]];
    if (id === undefined || size === undefined || at + 2 + size > header.length) return null;
    const element = header.subarray(at + 2, at + 2 + size);
    if (id === 0x00 || id === 0x08) {
      part = readPart(id, element);
      if (part === null) return null;
    }
    at += 2 + size;
  }
  return { octets: octets.subarray(length + 1), part };
}

function readPart(id: number, element: Buffer): PartOf | null {
  const wide = id === 0x08;
  if (element.length !== (wide ? 4 : 3)) return null;
  const reference = wide ? element.readUInt16BE(0) : element.readUInt8(0);
  return partOf(`${wide ? 'wide' : 'short'}:${reference}`, element.at(-2), element.at(-1));
}

/** A part by its numbers, or `null` when they make no sense: the part beyond the total, or none at all. */
export function partOf(
  reference: string,
  total: number | undefined,
  number: number | undefined,
): PartOf | null {
  if (total === undefined || number === undefined) return null;
  return number >= 1 && number <= total ? { reference, total, number } : null;
}
