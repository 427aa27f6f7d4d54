import { foldedApart, foldForSearch } from '#shared/search-fold.ts';
import type { SendRequest } from '#shared/ipc/plan.ts';
import type { Person } from '../../person.ts';
import { classOf } from './costs.ts';
import { fingerprintOf } from './fingerprint.ts';
import { figuresOf } from './plan.ts';
import { wordsOf, type Considered } from './planning.ts';
import type { MessageWords, NewCampaign } from './queries.ts';
import type { Order } from './writing.ts';

/** UTF-16 units of a name that is taken from the text. */
const NAME_LENGTH = 60;

/** What is known of a sending beside the people and the words. */
type Beside = Pick<NewCampaign, 'token' | 'name' | 'sources' | 'seriesId'> & {
  readonly request: SendRequest;
  /** The campaign whose failed messages these repeat, and which of them each person's does. */
  readonly repeats?: { readonly campaign: number; readonly messageOf: (person: Person) => number | null };
  /** Called in the transaction that queues it. */
  readonly settled: () => unknown;
};

/** The campaign that a request becomes, after every guard was asked. */
export function orderOf({ account, all, costs, timing, rules }: Considered, beside: Beside): Order {
  const { request, settled, name, repeats, ...rest } = beside;
  const text = wordsOf(request, all);
  const people = all.people.length;
  return {
    settled,
    rows: people + all.leftOut.length,
    messages: () => messagesOf(all, costs, repeats?.messageOf),
    campaign: {
      ...rest,
      ...figuresOf(all),
      request,
      text,
      name: name || firstWords(text),
      textFolded: foldForSearch(text),
      partsPlanned: all.tally.total,
      merged: all.merged,
      planned: people + all.leftOut.length,
      price: account.pricePerPart,
      sendAt: timing.sendAt,
      heldBy: timing.heldBy,
      fingerprint: fingerprintOf(text),
      class: classOf(request),
      // Which classes have quiet hours is asked when messages leave: the rules may have changed until then.
      quiet: request.ignoreQuiet !== true,
      canary: people > rules.canaryOver && people > rules.canary ? rules.canary : 0,
      urgent: people <= rules.urgentUpTo,
      zone: request.sendAt === undefined ? null : (request.zone ?? localZone()),
      retryOf: repeats?.campaign ?? null,
      estimateMicros: costs.total?.micros ?? null,
    },
  };
}

const localZone = () => new Intl.DateTimeFormat().resolvedOptions().timeZone;

/** The messages in the order of planning, those left out last, with the texts they leave with. */
function* messagesOf(
  all: Considered['all'],
  costs: Considered['costs'],
  repeated: (person: Person) => number | null = () => null,
): Generator<MessageWords> {
  for (const [index, person] of all.people.entries()) {
    const ownText = all.merged ? all.textOf(person) : null;
    yield {
      msisdn: person.msisdn,
      input: person.input,
      state: 'held',
      reason: null,
      parts: all.parts[index] ?? null,
      ownText,
      ownFolded: ownText === null ? null : foldedApart(ownText),
      estimateMicros: costs.microsOf(index),
      retryOf: repeated(person),
    };
  }
  const nothing = { parts: null, ownText: null, ownFolded: null, estimateMicros: null, retryOf: null };
  for (const row of all.leftOut) yield { ...nothing, ...row, state: 'left-out' };
}

/** A campaign's name when the user gave none: the beginning of its text, cut at a word. */
export function firstWords(text: string): string {
  const line = text.trim().replace(/\s+/gu, ' ');
  if (line.length <= NAME_LENGTH) return line;
  const cut = line.slice(0, NAME_LENGTH);
  const space = cut.lastIndexOf(' ');
  return `${(space > NAME_LENGTH / 2 ? cut.slice(0, space) : cut).replace(/[\uD800-\uDBFF]$/u, '')}…`;
}
