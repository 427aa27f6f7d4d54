import type { Answer } from '../answering.ts';
import { plain } from './answer.ts';
import { CODE } from './codes.ts';
import { escapeXml } from './xml.ts';

/** What the answer to a send says of one destination, which is given back as it was submitted. */
export type Result = { readonly status: number; readonly messageId: string; readonly destination: string };

/** The formats of the answers of the third version. */
export type Output = 'xml' | 'json' | 'plain';

const PROLOG = '<?xml version="1.0" encoding="UTF-8"?>';

/** The format that a parameter `output` asks for: XML unless it is one of the others. */
export function outputOf(text: string | undefined): Output {
  const wanted = text?.toLowerCase();
  return wanted === 'json' || wanted === 'plain' ? wanted : 'xml';
}

/** An answer of the third version (facts of the platform, "Replies"); an `odd` one holds what no document knows. */
export function writeResults(results: readonly Result[], output: Output, odd: boolean): Answer {
  switch (output) {
    case 'xml':
      return xml(`<results>${results.map((result) => xmlResult(result, odd)).join('')}</results>`);
    case 'json':
      return {
        type: 'application/json; charset=utf-8',
        body: JSON.stringify({
          results: results.map(({ status, messageId, destination }) => ({
            status: String(status),
            messageid: messageId,
            destination,
            ...(odd ? { trackingProcessKey: 'practice', nested: { of: ['no', 1, null] } } : {}),
          })),
        }),
      };
    case 'plain':
      return plain(lines(results, '0', (status) => status));
  }
}

/**
 * The answer of the first version: a line for each recipient, the message id or a code. Codes that came later are
 * told as −1, and a client's id that is no number as 1: every client takes what is above 0 for accepted.
 */
export function writeFirstResults(results: readonly Result[]): Answer {
  return plain(lines(results, '1', (status) => (status < CODE.invalidDestination ? CODE.sendError : status)));
}

/**
 * The answer of `/api/sendsms/xml`, which has its own codes (facts of the platform, "v1"): how many messages were
 * taken, or why none was. `credits` is what is left, as a decimal.
 */
export function writeCount(results: readonly Result[], credits: string): Answer {
  const taken = results.filter(({ status }) => status === CODE.accepted).length;
  const status = taken > 0 ? taken : countCode(results[0]?.status ?? CODE.noDestination);
  return xml(`<RESPONSE><status>${String(status)}</status><credits>${credits}</credits></RESPONSE>`);
}

const COUNT_CODES: ReadonlyMap<number, number> = new Map<number, number>([
  [CODE.noUser, -1],
  [CODE.noPassword, -1],
  [CODE.wrongLogin, -1],
  [CODE.syntaxError, -2],
  [CODE.notEnoughCredits, -3],
  [CODE.noDestination, -4],
]);

function countCode(code: number): number {
  return COUNT_CODES.get(code) ?? -5;
}

/** A document with its prolog. */
export function xml(root: string): Answer {
  return { type: 'application/xml; charset=utf-8', body: `${PROLOG}\n${root}` };
}

function xmlResult({ status, messageId, destination }: Result, odd: boolean): string {
  const more = odd ? '<trackingProcessKey of="no">practice</trackingProcessKey>' : '';
  return (
    `<result><status>${String(status)}</status><messageid>${escapeXml(messageId)}</messageid>` +
    `<destination>${escapeXml(destination)}</destination>${more}</result>`
  );
}

function lines(results: readonly Result[], unnamed: string, tell: (status: number) => number): string {
  return results
    .map(({ status, messageId }) => {
      if (status !== CODE.accepted) return String(tell(status));
      return /^[1-9]\d*$/.test(messageId) ? messageId : unnamed;
    })
    .join('\n');
}
