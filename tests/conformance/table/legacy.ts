import * as at from './proofs.ts';
import { both, inSection, type Row, type RowOfSection } from './row.ts';

const TAKEN = 'the printed addresses > $name: taken by the practice gateway as printed';
const ASKED = 'the printed addresses > $name: asked by the client in the same words';

/** An address that the document prints, with the fixture of the same name. */
const address = (name: string, quote: string, says: string): RowOfSection => ({
  id: `legacy-${name}`,
  quote,
  kind: 'call',
  says,
  client: [at.legacyDocument(ASKED, name)],
  practice: [at.legacyDocument(TAKEN, name)],
  samples: [`legacy/${name}.url`],
});

const PARAMETERS = 'parameters of the plain call reach the practice gateway from the client';

const parameter = (name: string, quote: string, says: string): RowOfSection =>
  both(
    { id: `legacy-parameter-${name}`, quote, kind: 'parameter', says },
    at.legacyParameters(`${PARAMETERS} > %s`, name),
  );

const returnValue = (value: number, words: string): RowOfSection => ({
  id: `legacy-return-${String(value)}`,
  quote: `${String(value)} - ${words}`,
  kind: 'code',
  says: 'A wrong login. Public servers say it with a minus sign: the client reads both, the practice gateway says either.',
  client: [
    at.legacyParameters('%i, %s: a wrong login to the client', words),
    at.legacyClient('a pull that says %s', `-${String(value)}`),
  ],
  practice: [
    at.legacyParameters('%i, %s: said by the practice gateway', words),
    at.practiceLegacyReads('%s > %s → %s, or its negative when it is set so'),
  ],
});

/** The legacy HTTP calls of the document. */
export const LEGACY: readonly Row[] = inSection('Our API Documentation is as follows', [
  address(
    'short-sms',
    'Short SMS (160 Characters Max)',
    'One part to the first address; its answer is a line for each number.',
  ),
  address(
    'long-sms',
    'Long SMS (up to 1080 Characters)',
    'A text of several parts, with `type=longSMS`, to the v3 address, which answers in XML.',
  ),
  address('schedule-sms', 'Send Schedule SMS', 'The gateway holds the message for the time that is given.'),
  address('unicode-sms', 'To Send Unicode SMS', 'A text outside the GSM alphabet, with `datacoding=8`.'),
  address(
    'unicode-binary-sms',
    'To Send Unicode SMS in Binary format',
    'The text as hexadecimal UTF-16; its byte order mark is no part of the text.',
  ),
  parameter('user', 'User- Your User ID', 'The account.'),
  parameter('password', 'Password- Your Password', 'Its password, which neither side writes down.'),
  parameter('sender', 'Sender- Sender ID', 'Who the message is from.'),
  parameter('SMSText', 'SMSText- The Body of the SMS', 'The text, in UTF-8.'),
  {
    id: 'legacy-parameter-text',
    quote: 'text=ccš',
    kind: 'parameter',
    says: 'Another name of `SMSText`, in one printed address. The client writes `SMSText` everywhere; the practice gateway takes both.',
    client: [at.legacyDocument(ASKED, 'unicode-sms')],
    practice: [
      at.legacyDocument(TAKEN, 'unicode-sms'),
      at.practiceLegacySend('answers > %s, by GET and by form', 'text for SMSText'),
    ],
  },
  parameter('GSM', "GSM- Mobile Number without Leading '+'", 'The recipient, or several by commas.'),
  parameter('type', 'type=longSMS', 'Allows several parts.'),
  both(
    {
      id: 'legacy-parameter-SendDateTime',
      quote: 'SendDateTime=1d2h5m3s',
      kind: 'parameter',
      says: 'How long the gateway waits: days, hours, minutes and seconds in this order, any of them left out.',
    },
    at.legacyParameters(`${PARAMETERS} > SendDateTime`),
    at.legacyDocument(ASKED, 'schedule-sms'),
  ),
  parameter('datacoding', 'datacoding=8', '8 for UCS-2; the client says it for every text that needs it.'),
  parameter('binary', 'binary=FEFF01610111010D0107', 'Hexadecimal user data in place of a text.'),
  both(
    {
      id: 'legacy-limit-160',
      quote: '160 Characters Max',
      kind: 'limit',
      says: 'The first address carries 160 characters; the client takes the long call beyond.',
    },
    at.legacyParameters('160 characters go to the short address, one more as a long SMS'),
  ),
  both(
    {
      id: 'legacy-limit-1080',
      quote: 'up to 1080 Characters',
      kind: 'limit',
      says: 'More is refused by the client before anything is sent, and by the practice gateway.',
    },
    at.legacyParameters('1080 characters are sent, one more is not'),
  ),
  both(
    {
      id: 'legacy-limit-sender',
      quote: 'Sender ID Max. 11 Characters',
      kind: 'limit',
      says: 'Letters up to 11; a sender of digits alone may have 14, as the platform has it.',
    },
    at.legacyParameters('a sender of 11 characters is taken, one of 12 is refused'),
  ),
  both(
    {
      id: 'legacy-limit-plus',
      quote: "Mobile Number without Leading '+'",
      kind: 'limit',
      says: 'The client never writes the plus; the practice gateway forgives it.',
    },
    at.legacyParameters('a number is written without its plus, and taken with it too'),
  ),
  {
    ...both(
      {
        id: 'legacy-credits',
        quote: 'To check you Balance use',
        kind: 'call',
        says: 'The balance, by `username`, `password` and `cmd=Credits`; the answer is a bare number without a currency.',
        samples: ['legacy/credits.url'],
      },
      at.legacyDocument('credits: the balance as a bare number'),
    ),
  },
  both(
    {
      id: 'legacy-dr-pull',
      quote: 'To check Delivery Reports',
      kind: 'call',
      says: 'The reports that nobody has taken yet, as a DeliveryReport document.',
      samples: ['legacy/dr-pull.url'],
    },
    at.legacyDocument('dr-pull: the report of the message that was asked for, once'),
  ),
  {
    id: 'legacy-dr-pull-user',
    quote: '? user',
    kind: 'parameter',
    says: 'The account, here `user` and not `username`.',
    client: [
      at.legacyClient('reads > reports of %s'),
      at.legacyDocument('dr-pull: the report of the message that was asked for, once'),
    ],
    practice: [at.legacyParameters('%i, %s: said by the practice gateway', 'missing username')],
  },
  {
    id: 'legacy-dr-pull-password',
    quote: '? password',
    kind: 'parameter',
    says: 'Its password; the client posts it where the server takes a form.',
    client: [
      at.legacyClient('reads > reports of %s'),
      at.legacyDocument('dr-pull: the report of the message that was asked for, once'),
    ],
    practice: [at.legacyParameters('%i, %s: said by the practice gateway', 'missing password')],
  },
  {
    id: 'legacy-dr-pull-messageid',
    quote: 'requesting several by separating the value with comma (,)',
    kind: 'parameter',
    says: 'Only the reports of these messages; the others wait.',
    client: [
      at.legacyClient('reads > reports of %s'),
      at.legacyPair('many numbers under ids of our own, a bad one among them'),
    ],
    practice: [
      at.practiceLegacyReads(
        'messageid asks for some, by a comma list, in any case of the name; the rest waits',
      ),
      at.legacyDocument('dr-pull: the report of the message that was asked for, once'),
    ],
  },
  returnValue(5, 'invalid username and/or password'),
  returnValue(10, 'missing username'),
  returnValue(11, 'missing password'),
  {
    id: 'legacy-delivery-report',
    quote: 'Example of delivery report sent using GET method',
    kind: 'sample',
    says: 'Id, dates and a status word for each message; dates may lack their zeros.',
    client: [
      at.legacyDocument('read by the client: id, dates without zeros, status'),
      at.legacyReading('DeliveryReport documents > every attribute of real traffic'),
    ],
    practice: [
      at.legacyDocument('written alike by the practice gateway, which the client reads'),
      at.practiceLegacyReads("the document's own style: four attributes, dates without zeros"),
    ],
    samples: ['legacy/delivery-report.xml'],
  },
]);
