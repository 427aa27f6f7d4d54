import * as at from './proofs.ts';
import { inSection, type Row } from './row.ts';

/** SMPP 3.4 as the platform speaks it (facts of the platform, "SMPP"). */
export const PLATFORM_SMPP: readonly Row[] = inSection('SMPP', [
  {
    id: 'smpp-bind',
    quote: 'transmitter, receiver, transceiver',
    kind: 'call',
    says: 'One session for both directions, two, or one that only sends; version 3.4.',
    client: [
      at.smppSubmit('is sent over a session that is bound when it is first needed, and unbound at the end'),
      at.smppSession('comes in two where the account says so, and has no stream where it only sends'),
    ],
    practice: [
      at.practiceBind('bind > %s'),
      at.practiceBind('is refused to a fifth session of an account until one of the four is gone'),
    ],
  },
  {
    id: 'smpp-enquire-link',
    quote: 'enquire_link',
    kind: 'call',
    says: 'A sign of life after silence.',
    client: [at.smppSession('asks for a sign of life after silence, and is dropped when none comes')],
    practice: [at.practiceBind('without a PDU for the idle time is ended; enquire_link keeps it')],
  },
  {
    id: 'smpp-submit',
    quote: 'submit_sm',
    kind: 'call',
    says: 'One message, with types of address by their kind and a receipt asked for.',
    client: [
      at.smppWriting('wants reports, and names both addresses by their kind'),
      at.smppPair('refuses numbers, senders and passwords'),
    ],
    practice: [
      at.practiceSubmit('a message in one PDU > %s'),
      at.practiceSubmit('is refused for a wrong %s'),
    ],
  },
  {
    id: 'smpp-data-coding',
    quote: '0/1 GSM7 (IA5), 3 Latin-1, 8 UCS-2',
    kind: 'parameter',
    says: 'The alphabet of the octets; flash by the message class.',
    client: [
      at.smppWriting('of %j with %j (flash: %s) has the coding %i'),
      at.smppReading('with data_coding %i is decoded'),
      at.smppPair('gets the text as it is, and tells that it arrived'),
    ],
    practice: [at.practiceSubmit('a message in one PDU > %s')],
  },
  {
    id: 'smpp-long-udh',
    quote: 'Concatenation IE',
    kind: 'call',
    says: 'A long text as parts with a header, each with its own id.',
    client: [at.smppSubmit('a long message over SMPP > goes part by part, and has an id for each')],
    practice: [at.practiceParts('by a %s: one message, paid once, an id and a receipt for each part')],
  },
  {
    id: 'smpp-long-payload',
    quote: 'message_payload',
    kind: 'parameter',
    says: 'A long text whole.',
    client: [at.smppPair('gets long messages whole where the account says so')],
    practice: [at.practiceSubmit('in message_payload may be long, and has one id')],
  },
  {
    id: 'smpp-schedule',
    quote: 'schedule_delivery_time, relative',
    kind: 'parameter',
    says: 'The gateway holds the message.',
    client: [
      at.smppWriting('holds and limits a message by relative times'),
      at.smppPair('holds a message until its time, flashes, and takes octets'),
    ],
    practice: [at.practiceSubmit('a time of sending > %s')],
  },
  {
    id: 'smpp-validity',
    quote: 'validity_period',
    kind: 'parameter',
    says: 'After it the message is not tried any more.',
    client: [at.smppWriting('holds and limits a message by relative times')],
    practice: [at.practiceSubmit('that ends before the message arrives makes it expire')],
  },
  {
    id: 'smpp-receipts',
    quote: 'id, sub, dlvrd, submit date, done date, stat, err, text',
    kind: 'answer',
    says: 'The end of a message, in a text and in optional parameters; acknowledged once it is stored.',
    client: [
      at.smppReading('a receipt > is read in the form of the standard'),
      at.smppReading('a receipt > is told best by its optional parameters'),
      at.smppStream('what an SMPP gateway hands over > is stored first and acknowledged then'),
      at.smppPair('tells why a message did not arrive'),
    ],
    practice: [
      at.practiceReceipts('a receipt > tells the end of the message in its text and in TLVs'),
      at.practiceReceipts('a receipt > that %s comes again after a while, until it is taken'),
    ],
  },
  {
    id: 'smpp-stat',
    quote: 'ENROUTE, DELIVRD, EXPIRED, DELETED, UNDELIV, ACCEPTD, UNKNOWN, REJECTD',
    kind: 'status',
    says: 'States of a message in a receipt.',
    client: [at.smppReading('a receipt > %s is understood as far as possible')],
    practice: [at.practiceReceipts('a receipt > of %s says %s')],
  },
  {
    id: 'smpp-inbound',
    quote: 'deliver_sm',
    kind: 'call',
    says: 'What phones wrote, in one or in parts.',
    client: [
      at.smppPair('hands over what phones wrote, also in parts'),
      at.smppReading('what a phone sent > in parts is joined by all three kinds of headers'),
    ],
    practice: [
      at.practiceReceipts('a message from a phone > %s comes as one deliver_sm'),
      at.practiceReceipts('a message from a phone > that is long comes in parts: %s'),
    ],
  },
  {
    id: 'smpp-throttling',
    quote: 'ESME_RTHROTTLED and other command_status',
    kind: 'code',
    says: 'Busy, refused or unclear, each kept apart.',
    client: [
      at.smppSubmit('a message over SMPP > with the command status %i is rejected as %s'),
      at.smppSubmit('meets a busy gateway, wrong credentials, a fault on the way'),
      at.smppPair('with the fault of %s makes the outcome %s'),
    ],
    practice: [at.practiceSubmit('that is %s is refused with its status in the range of vendors')],
  },
  {
    id: 'smpp-tls',
    quote: 'TLS',
    kind: 'limit',
    says: 'Without TLS only with the user’s consent, with it only to a server that proves who it is.',
    client: [
      at.smppSubmit('goes over TLS only to a server that proves who it is'),
      at.smppSubmit('needs consent for a connection that is not encrypted'),
    ],
    practice: [at.practiceBind('the port > speaks TLS and nothing else when it has a certificate')],
  },
]);
