import smpp from 'smpp';

/** Octets of the header that every PDU begins with (SMPP 3.4 §3.2). */
const HEADER = 16;
/** Longest PDU that is read, in octets: the package decodes no longer one. */
const LONGEST = smpp.PDU.maxLength;
const RESPONSE_BIT = 0x8000_0000;

/**
 * A PDU with every field as it is on the wire: short messages are octets and times are text. The package's own decoding of both
 * is left out: it guesses centuries and encodings, and what is stored must be what came.
 */
export class RawPdu extends smpp.PDU {
  protected override _filter(): void {
    // Nothing is turned into anything.
  }
}

/** A PDU that came. `pdu` is `null` when its body is damaged; the header can be relied on. */
export type Incoming = {
  /** Name of the command, `unknown` for one that the package does not know. */
  readonly command: string;
  readonly commandId: number;
  readonly status: number;
  readonly sequence: number;
  readonly isResponse: boolean;
  readonly pdu: RawPdu | null;
  /** The octets of the whole PDU. */
  readonly frame: Buffer;
};

const NAMES: ReadonlyMap<number, string> = new Map(
  Object.entries(smpp.commands).map(([name, { id }]) => [id, name]),
);

/** Decodes the octets of exactly one PDU; never throws. */
export function decode(frame: Buffer): Incoming {
  const commandId = frame.readUInt32BE(4);
  return {
    command: NAMES.get(commandId) ?? 'unknown',
    commandId,
    status: frame.readUInt32BE(8),
    sequence: frame.readUInt32BE(12),
    isResponse: commandId >= RESPONSE_BIT,
    pdu: bodyOf(frame),
    frame,
  };
}

function bodyOf(frame: Buffer): RawPdu | null {
  try {
    return new RawPdu(frame);
  } catch {
    // The package throws on lengths that point outside of the PDU.
    return null;
  }
}

/** Whether a response is one to a request: its own response, or a `generic_nack` (SMPP 3.4 §4.3). */
export function answers(response: Incoming, request: RawPdu): boolean {
  return response.command === 'generic_nack' || response.commandId === request.command_id + RESPONSE_BIT;
}

/** Cuts what comes over a connection into PDUs. */
export type Frames = {
  /** Gives the PDUs that are complete now; `null` when the octets cannot be a PDU, after which nothing can be read any more. */
  push(chunk: Buffer): readonly Buffer[] | null;
};

/** Starts with an empty buffer, which never holds more than one PDU and one chunk. */
export function createFrames(): Frames {
  let pending: Buffer[] = [];
  let have = 0;
  /** Octets that are needed to go on: 4 tell the length. */
  let need = 4;
  return {
    push(chunk) {
      const frames: Buffer[] = [];
      pending.push(chunk);
      have += chunk.length;
      while (have >= need) {
        const all: Buffer = pending.length === 1 ? (pending[0] ?? chunk) : Buffer.concat(pending);
        const length = all.readUInt32BE(0);
        if (length < HEADER || length > LONGEST) return null;
        const complete = all.length >= length;
        if (complete) frames.push(all.subarray(0, length));
        const rest = complete ? all.subarray(length) : all;
        pending = rest.length === 0 ? [] : [rest];
        have = rest.length;
        need = complete ? 4 : length;
      }
      return frames;
    },
  };
}
