import * as at from './proofs.ts';
import { both, inSection, type Row } from './row.ts';

/** What the document's first pages promise (API document, "Universal", "2.1 Introduction"). */
export const OVERVIEW: readonly Row[] = [
  ...inSection('Universal', [
    {
      id: 'overview-smpp-connection',
      quote: 'connection to MiM SMS SMPP server',
      kind: 'call',
      says: 'A session over TCP or TLS to the SMPP server; texts go over it and reports come back.',
      client: [
        at.smppPair('the practice gateway over SMPP > gets the text as it is, and tells that it arrived'),
        at.smppPair('is spoken to over TLS'),
      ],
      practice: [at.practiceBind('the port > speaks TLS and nothing else when it has a certificate')],
    },
    {
      id: 'overview-smpp-bind',
      quote: 'bind options',
      kind: 'parameter',
      says: 'Transmitter, receiver or transceiver, with user name, password and system type.',
      client: [
        at.smppSession('comes in two where the account says so, and has no stream where it only sends'),
        at.smppSubmit('is not sent when the bind is refused with %i: %s'),
      ],
      practice: [
        at.practiceBind('bind > %s'),
        at.practiceBind('bind > %s is refused, and the connection ends'),
      ],
    },
    {
      id: 'overview-smpp-number-context',
      quote: 'specifications for sending number context requests over SMPP',
      kind: 'call',
      says: 'A number context request is a message whose receipt carries the facts. The document announces the procedure and does not print it: the tags are settings.',
      client: [
        at.smppStream('finds its facts in the receipt, also when that comes before the response'),
        at.smppPair('looks numbers up'),
      ],
      practice: [at.practiceReceipts('is a receipt with the number’s IMSI and network in TLVs')],
    },
    {
      id: 'overview-smpp-imsi',
      quote: 'delivery reports which contain IMSI, as well as a number of optional parameters',
      kind: 'answer',
      says: 'IMSI and network come in optional parameters that differ between packages: the account names their tags.',
      client: [
        at.smppStream('reads the tags that the account names, and leaves out numbers without a receipt'),
      ],
      practice: [at.practiceReceipts('has its TLVs where the options say')],
    },
  ]),
  ...inSection('2.1 Introduction', [
    {
      id: 'overview-send-xml',
      quote: 'using XML-formatted data sent to a corresponding URL',
      kind: 'call',
      says: 'Sending to a number of recipients by an XML document, in the first version and in v3.',
      client: [
        at.legacyRequests('in the first version recipients stand beside the message'),
        at.legacyRequests('in v3 each text is a message with its recipients'),
        at.legacyPair('sends, and takes each report once'),
      ],
      practice: [
        at.practiceLegacyDocuments('/api/sendsms/xml > counts what was taken, and says what is left'),
        at.practiceLegacyDocuments(
          'the sample of the facts, as a form and raw: own id, one message for later',
        ),
      ],
    },
    both(
      {
        id: 'overview-send-plain',
        quote: 'passing parameters directly as query string variables',
        kind: 'call',
        says: 'Sending by a query (GET), or by a form with the same names (POST), which keeps passwords out of addresses.',
      },
      at.legacyPair('%s by GET'),
      at.legacyPair('sends, and takes each report once'),
    ),
    {
      id: 'overview-reports-push',
      quote: 'push (HTTP POST method to a predefined call-back URL)',
      kind: 'call',
      says: 'The gateway posts DeliveryReport documents to an address; the program’s receiver takes them.',
      client: [
        at.pushes('%s: to the address that the message names', 'plain-v3'),
        at.receiver('reaches the account and the feature that it is for, and is answered once it is stored'),
      ],
      practice: [
        at.pushes('to the predefined address of the account'),
        at.practiceLegacyPushes(
          'to the pushurl of the message, as the raw document, and then there is nothing to pull',
        ),
        at.practiceLegacyPushes(
          "to the account's address in the style that is set; pushurl wins; nopush keeps them for the pull",
        ),
      ],
    },
    both(
      {
        id: 'overview-reports-pull',
        quote: 'the pull method (by making HTTP GET request to a corresponding URL)',
        kind: 'call',
        says: 'Reports are asked for; each is handed out once.',
      },
      at.legacyDocument('dr-pull: the report of the message that was asked for, once'),
    ),
    {
      id: 'overview-number-context-sync',
      quote: 'asynchronous and synchronous Number Context requests over HTTP',
      kind: 'call',
      says: 'The network of a number and its state, at once in the answer.',
      client: [
        at.legacyPair('number lookups, at once and later'),
        at.restPair('number context, at once, for later, and in its log'),
      ],
      practice: [
        at.practiceLegacyReads('number lookup > sync %s'),
        at.practiceNumber('magic numbers: ported, roaming, switched off, unknown, blacklisted'),
      ],
    },
    {
      id: 'overview-number-context-async',
      quote: 'asynchronous and synchronous Number Context requests over HTTP',
      kind: 'call',
      says: 'The same, with the facts pushed to an address later.',
      client: [
        at.legacyPair('number lookups, at once and later'),
        at.pushes('%s: facts about numbers by POST'),
        at.lookups('are matched by id and by number, and end the lookup with the last one'),
      ],
      practice: [
        at.practiceLegacyReads('async: OK, then a line for each number'),
        at.pushes('%s: facts about numbers by POST', 'json-v3'),
        at.practiceLegacyPushes(
          'push the fields of the synchronous one, but for the number whose answer is lost',
        ),
      ],
    },
    {
      id: 'overview-inbound-get',
      quote: 'forwarded to a call-back URL (using HTTP GET method)',
      kind: 'call',
      says: 'Received messages come to an address by GET. The document names no parameters: both sides take configurable names.',
      client: [at.receiver('by GET becomes a message of the inbox under whatever names the gateway uses')],
      practice: [
        at.pushes('received messages by GET become messages of the inbox'),
        at.practiceLegacyPushes(
          'inbound messages forwarded by GET > under the usual names, and kept in the inbox',
        ),
        at.practiceLegacyPushes('inbound messages forwarded by GET > under other names'),
      ],
    },
  ]),
];
