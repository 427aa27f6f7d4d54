import * as v from 'valibot';
import { Space } from '../ids.ts';
import { NetworkFacts } from '../phone/network-facts.ts';
import { call, Count, Instant, live, PageLimit } from './base.ts';

const ContactId = v.pipe(v.number(), v.safeInteger(), v.minValue(1));

/** Name as typed; a name longer than this (UTF-16 units) is refused, not cut. */
const NameText = v.pipe(v.string(), v.maxLength(200));

/** Number as typed, in any writing that Compose reads too. */
const NumberText = v.pipe(v.string(), v.maxLength(100));

/** Words to be found in names, digits to be found in numbers; every word must be in one of the two. */
const Search = v.optional(v.pipe(v.string(), v.maxLength(100)));

/** Holds the name of the last row, which may be longer than other cursors. */
const Cursor = v.pipe(v.string(), v.maxLength(700));

/** A person or office with one number, and what the newest lookup of that number found out. */
export const Contact = v.object({
  id: ContactId,
  name: v.string(),
  /** E.164 digits without plus; no two contacts have the same. */
  msisdn: v.string(),
  createdAt: Instant,
  /** `null` until the number is looked up. */
  facts: v.nullable(NetworkFacts),
  /** When {@link facts} were told. */
  factsAt: v.nullable(Instant),
});
export type Contact = v.InferOutput<typeof Contact>;

const some = v.object({ space: Space, search: Search });
const written = { space: Space, name: NameText, number: NumberText };

/**
 * The people of one space. `INVALID_INPUT` of {@link contactsContract.add} and {@link contactsContract.update} names the
 * `field` (`name`, `number`) and, for a number, the reason as `detail`: a `RejectReason`, or `several` where more than one
 * was written. `CONTACT_EXISTS` has the name of the contact that has the number as `detail`.
 */
export const contactsContract = {
  /** By name, English before Bangla. */
  list: call()
    .input(v.object({ ...some.entries, cursor: v.optional(Cursor), limit: PageLimit }))
    .output(v.object({ rows: v.array(Contact), next: v.optional(Cursor) })),
  count: call().input(some).output(Count),
  /** Numbers in the order of the list, one a line, as a lookup takes them; `more` says that there were over 100,000. */
  numbers: call()
    .input(some)
    .output(v.object({ numbers: v.string(), count: Count, more: v.boolean() })),
  add: call('CONTACT_EXISTS').input(v.object(written)).output(Contact),
  update: call('NOT_FOUND', 'CONTACT_EXISTS')
    .input(v.object({ ...written, id: ContactId }))
    .output(Contact),
  /** Gives the contact that was removed, which {@link contactsContract.restore} takes back. */
  remove: call('NOT_FOUND')
    .input(v.object({ space: Space, id: ContactId }))
    .output(Contact),
  /** Undoes a removal: the contact is as it was, with its id. */
  restore: call('CONTACT_EXISTS')
    .input(v.object({ ...written, id: ContactId, createdAt: Instant }))
    .output(Contact),
  /** How many there are, again after every change of a contact and of what is known of a number. */
  watch: call()
    .input(v.object({ space: Space }))
    .output(live(v.object({ count: Count }))),
};
