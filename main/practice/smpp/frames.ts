/** Octets of the header of every PDU (SMPP 3.4 §3.2): length, command, status, sequence number. */
const HEADER = 16;

/** What came out of one chunk: whole PDUs, and whether the stream cannot be read any further. */
export type Frames = { readonly pdus: readonly Buffer[]; readonly broken: boolean };

/**
 * Cuts the octets of a connection into PDUs. Memory is bounded by `longest`: a PDU that says it is longer, or shorter
 * than its header, breaks the stream for good, because nobody can tell where the next one begins.
 */
export class FrameReader {
  readonly #longest: number;
  readonly #length = Buffer.alloc(4);
  #pdu: Buffer | null = null;
  #filled = 0;

  /** `longest` in octets, header included. */
  constructor(longest: number) {
    this.#longest = longest;
  }

  /** Takes what a socket gave, in pieces of any size. */
  push(chunk: Buffer): Frames {
    const pdus: Buffer[] = [];
    let at = 0;
    while (at < chunk.length) {
      const target = this.#pdu ?? this.#length;
      const copied = chunk.copy(target, this.#filled, at);
      at += copied;
      this.#filled += copied;
      if (this.#filled < target.length) break;
      if (this.#pdu === null) {
        const length = this.#length.readUInt32BE(0);
        if (length < HEADER || length > this.#longest) return { pdus, broken: true };
        this.#pdu = Buffer.alloc(length);
        this.#length.copy(this.#pdu);
      } else {
        pdus.push(this.#pdu);
        this.#pdu = null;
        this.#filled = 0;
      }
    }
    return { pdus, broken: false };
  }
}
