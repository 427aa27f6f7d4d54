/** Kinds of elements and of size fields in SQLite's binary JSON (https://sqlite.org/jsonb.html). */
const NULL = 0;
const INTEGER = 3;
const RAW_TEXT = 10;
const ARRAY = 11;
const OBJECT = 12;
const SIZE_IN_1 = 12 << 4;
const SIZE_IN_4 = 14 << 4;

/** Bytes that one UTF-16 unit can take in UTF-8. */
const BYTES_PER_UNIT = 3;
/**
 * Texts up to this many UTF-16 units are encoded here; the call of the runtime costs more. Longer ones that were cut out of a text are only
 * references into it, through which every unit would have to be looked up.
 */
const SHORT = 12;
/** Pieces up to this many bytes are copied here, for the same reason. */
const SHORT_COPY = 64;
const FIRST_SIZE = 1 << 18;

/**
 * Writes binary JSON as SQLite reads it without parsing. Texts need no escapes there, so that this is several times faster than
 * writing JSON text, and taking it apart in SQL is several times faster too. Halves of surrogate pairs become U+FFFD.
 *
 * Containers are opened by {@link array} and {@link object} and closed by {@link end} with what opening gave.
 */
export class BinaryJson {
  #bytes = Buffer.allocUnsafe(FIRST_SIZE);
  #at = 0;

  /** Bytes written so far. */
  get length(): number {
    return this.#at;
  }

  array(): number {
    return this.#open(ARRAY);
  }

  /** Keys and values follow in turn. */
  object(): number {
    return this.#open(OBJECT);
  }

  end(opened: number): void {
    this.#bytes.writeUInt32BE(this.#at - opened - 5, opened + 1);
  }

  null(): void {
    this.#room(1);
    this.#bytes[this.#at++] = NULL;
  }

  /** A whole number, or one given by its decimal digits. */
  integer(value: number | string): void {
    const digits = typeof value === 'string' ? value : String(value);
    const bytes = this.#room(digits.length + 2);
    let at = this.#at;
    bytes[at++] = SIZE_IN_1 | INTEGER;
    bytes[at++] = digits.length;
    for (let digit = 0; digit < digits.length; digit++) bytes[at++] = digits.charCodeAt(digit);
    this.#at = at;
  }

  text(value: string): void {
    const units = value.length;
    const bytes = this.#room(units * BYTES_PER_UNIT + 5);
    if (units * BYTES_PER_UNIT > 255) {
      const size = bytes.write(value, this.#at + 5, 'utf8');
      bytes[this.#at] = SIZE_IN_4 | RAW_TEXT;
      bytes.writeUInt32BE(size, this.#at + 1);
      this.#at += size + 5;
      return;
    }
    const size = units <= SHORT ? this.#encodeShort(value) : bytes.write(value, this.#at + 2, 'utf8');
    bytes[this.#at] = SIZE_IN_1 | RAW_TEXT;
    bytes[this.#at + 1] = size;
    this.#at += size + 2;
  }

  /** Writes what another one wrote from one {@link length} to another since its last {@link take}. */
  copy(of: BinaryJson, from: number, to: number): void {
    const size = to - from;
    const source = of.#bytes;
    const bytes = this.#room(size);
    if (size > SHORT_COPY) source.copy(bytes, this.#at, from, to);
    else for (let at = 0; at < size; at++) bytes[this.#at + at] = source[from + at] ?? 0;
    this.#at += size;
  }

  /** Gives what was written, in memory of its own, and begins anew. */
  take(): Uint8Array<ArrayBuffer> {
    const taken = new Uint8Array(this.#at);
    taken.set(this.#bytes.subarray(0, this.#at));
    this.#at = 0;
    return taken;
  }

  /** Gives how many bytes it wrote. */
  #encodeShort(value: string): number {
    const bytes = this.#bytes;
    const from = this.#at + 2;
    let to = from;
    for (let at = 0; at < value.length; at++) {
      const unit = value.charCodeAt(at);
      if (unit < 0x80) bytes[to++] = unit;
      else if (unit < 0x800) {
        bytes[to++] = 0xc0 | (unit >> 6);
        bytes[to++] = 0x80 | (unit & 0x3f);
      } else if (unit < 0xd800 || unit > 0xdfff) {
        bytes[to++] = 0xe0 | (unit >> 12);
        bytes[to++] = 0x80 | ((unit >> 6) & 0x3f);
        bytes[to++] = 0x80 | (unit & 0x3f);
      } else return bytes.write(value, from, 'utf8');
    }
    return to - from;
  }

  #open(kind: number): number {
    this.#room(5);
    const opened = this.#at;
    this.#bytes[opened] = SIZE_IN_4 | kind;
    this.#at += 5;
    return opened;
  }

  #room(bytes: number): Buffer<ArrayBuffer> {
    if (this.#at + bytes > this.#bytes.length) {
      const bigger = Buffer.allocUnsafe(Math.max(this.#bytes.length * 2, this.#at + bytes));
      this.#bytes.copy(bigger, 0, 0, this.#at);
      this.#bytes = bigger;
    }
    return this.#bytes;
  }
}
