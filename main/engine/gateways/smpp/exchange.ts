import type smpp from 'smpp';
import type { Clock } from '../../clock.ts';
import type { Exchange } from '../gateway.ts';
import { printable } from '../http-outcome.ts';
import type { Answer } from './connection.ts';
import { nameOfStatus } from './command-status.ts';
import { decodeText } from './encode-text.ts';

/** Octets of messages that an exchange shows at most, all parts together. */
const MOST_OCTETS = 4_096;

/** Notes what was sent and what came back. `submit_sm` carries no password; a bind never gets here. */
export type ExchangeNotes = {
  wrote(fields: smpp.Fields): void;
  answered(answer: Answer): void;
  /** What was noted so far; `outcome` in a word. */
  done(outcome: string): Exchange;
};

/** Begins an exchange with a server, now. */
export function noteExchange(clock: Clock, target: string): ExchangeNotes {
  const startedAt = clock.now();
  const started = clock.monotonic();
  const requests: string[] = [];
  const answers: string[] = [];
  let shown = 0;
  let status: number | null = null;
  return {
    wrote(fields) {
      const lines = Object.entries(fields).map(([name, value]) => {
        if (!Buffer.isBuffer(value)) return `${name}=${String(value)}`;
        const octets = value.subarray(0, Math.max(0, MOST_OCTETS - shown));
        shown += octets.length;
        return `${name}=${octets.toString('hex')}${octets.length < value.length ? '…' : ''} (${readable(octets, fields)})`;
      });
      requests.push(lines.join('\n'));
    },
    answered(answer) {
      if (answer.kind !== 'response') return;
      status = answer.response.status;
      const id = answer.response.pdu?.message_id;
      const lines = [
        `${answer.response.command} ${nameOfStatus(status)}`,
        ...(id === undefined ? [] : [`message_id=${id}`]),
      ];
      answers.push(lines.join('\n'));
    },
    done: (outcome) => ({
      startedAt,
      ms: Math.round(clock.monotonic() - started),
      method: 'submit_sm',
      target,
      requestHeaders: [],
      requestBody: requests.join('\n\n'),
      status,
      answerBody: answers.length === 0 ? null : answers.join('\n\n'),
      outcome,
    }),
  };
}

const UDH_INDICATOR = 0x40;

/** The text in the octets of a message, behind its header where it has one. */
function readable(octets: Buffer, { esm_class: esmClass = 0, data_coding: dataCoding }: smpp.Fields): string {
  const start = (esmClass & UDH_INDICATOR) === 0 ? 0 : (octets[0] ?? 0) + 1;
  return printable(decodeText(octets.subarray(start), dataCoding ?? 0), MOST_OCTETS);
}
