import type { GatewayReport } from '../gateway.ts';
import { keyAnswerOf } from '../key/answers.ts';
import { splitMessageId } from '../key/message-ids.ts';
import { catalogueError, catalogueStatus } from './catalogue-entries.ts';
import { type Fields, idOf, objectOf, partsOf } from './read-fields.ts';

type Meaning = { readonly id: number | null; readonly groupId: number | null; readonly errorId?: number };

const PENDING: Meaning = { id: 3, groupId: 1 };
const DELIVERED: Meaning = { id: 5, groupId: 3 };
const NOT_DELIVERED: Meaning = { id: 9, groupId: 2 };

/**
 * Words about delivery and what they mean in the catalogue. No document lists them: these are the words of the API's answers
 * and those that operators use. Failures come first, since "absent" ends in "sent".
 */
const WORDS: readonly (readonly [RegExp, Meaning])[] = [
  [/\babsent\b/, { ...NOT_DELIVERED, errorId: 27 }],
  [/\bbusy\b/, { ...NOT_DELIVERED, errorId: 31 }],
  [/\bbarred\b/, { ...NOT_DELIVERED, errorId: 13 }],
  [/\bunidentified\b/, { ...NOT_DELIVERED, errorId: 5 }],
  [/\bunknown subscriber\b/, { ...NOT_DELIVERED, errorId: 1 }],
  [/\bsystem failure\b/, { ...NOT_DELIVERED, errorId: 34 }],
  [/\btime-?out\b/, { ...NOT_DELIVERED, errorId: 2048 }],
  [
    /\b(undelivered|undeliverable|undeliv|fail|failed|failure)\b|\bnot[ _-]?(delivered|sent)\b/,
    NOT_DELIVERED,
  ],
  [/\bexpired\b/, { id: 15, groupId: 4 }],
  [/\b(rejected|rejectd|blocked)\b/, { id: null, groupId: 5 }],
  [/\b(pending|queued|processing|scheduled|accepted|acceptd|submitted|enroute|sent)\b/, PENDING],
  [/\b(delivered|delivrd)\b/, DELIVERED],
];

const UNKNOWN: Meaning = { id: null, groupId: null };

/**
 * Reads one answer of `DlrApi` that was kept as `{"key":{"id":…,"answer":{…}}}`, where `id` is ours of the message. One word
 * stands for all numbers of a sending; where the answer names those that failed, the others of a partly delivered one arrived.
 * `null` without an id or for an answer that says nothing about delivery.
 */
export function readKeyReport(entry: Fields): GatewayReport | null {
  const kept = objectOf(entry['key']);
  const id = idOf(kept?.['id']);
  const fields = objectOf(kept?.['answer']);
  const answer = fields === null ? null : keyAnswerOf(fields);
  if (id === null || fields === null || answer === null || answer.code.meaning.kind !== 'taken') return null;
  const { trackingId, msisdn } = splitMessageId(id);
  const word = idOf(fields['deliveryStatus']) ?? idOf(fields['operatorStatus']);
  const failure = msisdn === null ? null : answer.failed(msisdn);
  const othersFailed = answer.namesFailed || fields['othersFailed'] === true;
  const partly = /^partial/i.test(word ?? '');
  const said = failure?.word ?? (failure !== null ? 'Failed' : word);
  if (said === null) return null;
  const meaning = partly && failure === null ? (othersFailed ? DELIVERED : UNKNOWN) : meaningOf(said);
  return {
    gatewayMessageId: id,
    bulkId: trackingId,
    to: msisdn,
    from: null,
    text: null,
    sentAt: null,
    doneAt: null,
    parts: answer.recipientCount === 1 ? partsOf(answer.smsCount) : null,
    pricePerPart: null,
    mccmnc: null,
    status: catalogueStatus(meaning.id, meaning.groupId, said),
    error: meaning.errorId === undefined ? null : catalogueError(meaning.errorId),
    raw: entry,
  };
}

function meaningOf(word: string): Meaning {
  const text = word.toLowerCase().replaceAll('_', ' ');
  return WORDS.find(([pattern]) => pattern.test(text))?.[1] ?? UNKNOWN;
}
