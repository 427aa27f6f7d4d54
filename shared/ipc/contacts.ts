import * as v from 'valibot';
import { Rule } from '../contacts/rule.ts';
import { CampaignId, MessageId, Space } from '../ids.ts';
import { NetworkFacts } from '../phone/network-facts.ts';
import { MessageState } from '../sms/message-state.ts';
import { call, Count, Instant, live, MoneySchema, PageLimit } from './base.ts';

/** Row id of a contact inside its space; never given twice. */
export const ContactId = v.pipe(v.number(), v.safeInteger(), v.minValue(1));
export type ContactId = v.InferOutput<typeof ContactId>;

/** Row id of a group, a list or a smart one. */
export const GroupId = v.pipe(v.number(), v.safeInteger(), v.minValue(1));
export type GroupId = v.InferOutput<typeof GroupId>;

/** Row id of a field of the user's own. */
export const FieldId = v.pipe(v.number(), v.safeInteger(), v.minValue(1));
export type FieldId = v.InferOutput<typeof FieldId>;

/** Names what can be undone: a removal of contacts or a merge. Kept for 30 days. */
export const RemovalId = v.pipe(v.number(), v.safeInteger(), v.minValue(1));

/** Name as typed; a name longer than this (UTF-16 units) is refused, not cut. */
const NameText = v.pipe(v.string(), v.maxLength(200));

/** Number as typed, in any writing that Compose reads too. */
const NumberText = v.pipe(v.string(), v.maxLength(100));

/** Words to be found in names and in the user's fields, digits to be found in numbers; every word must be in one of them. */
const Search = v.optional(v.pipe(v.string(), v.maxLength(100)));

/** Holds the name of the last row, which may be longer than other cursors. */
const Cursor = v.pipe(v.string(), v.maxLength(700));

/** Values of the user's fields by field id (as a decimal text); an absent one is empty. */
export const FieldValues = v.record(
  v.pipe(v.string(), v.regex(/^\d{1,16}$/)),
  v.pipe(v.string(), v.maxLength(2_000)),
);
export type FieldValues = v.InferOutput<typeof FieldValues>;

/** One number of a contact. */
export const ContactNumber = v.object({
  /** E.164 digits without plus; no number belongs to two contacts. */
  msisdn: v.string(),
  /** It is in the do-not-message list. */
  doNotMessage: v.boolean(),
  /** Since when it counts as dead: several final failures in a row that do not go away by waiting. `null`: it does not. */
  deadSince: v.nullable(Instant),
});
export type ContactNumber = v.InferOutput<typeof ContactNumber>;

/** A person or office, and what the newest lookup of the first number found out. */
export const Contact = v.object({
  id: ContactId,
  name: v.string(),
  /** The first number, which messages go to: E.164 digits without plus. */
  msisdn: v.string(),
  /** All numbers, the first one first. */
  numbers: v.array(ContactNumber),
  note: v.string(),
  fields: FieldValues,
  /** Groups of the list kind that the contact is in, by name. */
  groups: v.array(v.object({ id: GroupId, name: v.string() })),
  createdAt: Instant,
  changedAt: Instant,
  /** `null` until the first number is looked up. */
  facts: v.nullable(NetworkFacts),
  /** When {@link facts} were told. */
  factsAt: v.nullable(Instant),
});
export type Contact = v.InferOutput<typeof Contact>;

/** Which contacts are meant; absent conditions do not restrict. */
export const ContactFilter = v.object({
  search: Search,
  /** Members of a group, by list or by rule. */
  group: v.optional(GroupId),
  /** A rule that is being written. */
  rule: v.optional(Rule),
  only: v.optional(v.picklist(['no-group', 'do-not-message', 'dead', 'several-numbers'])),
  /** Contacts that an import made or changed. */
  import: v.optional(v.pipe(v.number(), v.safeInteger(), v.minValue(1))),
});
export type ContactFilter = v.InferOutput<typeof ContactFilter>;

/** What is written about a contact. */
export const WrittenContact = v.object({
  name: NameText,
  /** One to ten, the first one first. */
  numbers: v.pipe(v.array(NumberText), v.minLength(1), v.maxLength(10)),
  note: v.optional(v.pipe(v.string(), v.maxLength(5_000))),
  fields: v.optional(FieldValues),
  /** Groups of the list kind; absent leaves them as they are. */
  groups: v.optional(v.pipe(v.array(GroupId), v.maxLength(200))),
});
export type WrittenContact = v.InferOutput<typeof WrittenContact>;

/** Contacts chosen one by one, or all that a filter finds. */
export const ContactChoice = v.union([
  v.object({ ids: v.pipe(v.array(ContactId), v.minLength(1), v.maxLength(1_000)) }),
  v.object({ filter: ContactFilter }),
]);
export type ContactChoice = v.InferOutput<typeof ContactChoice>;

/** A field of the user's own. `kind` decides how it is entered and which tests a rule offers; values are texts. */
export const Field = v.object({
  id: FieldId,
  name: v.string(),
  kind: v.picklist(['text', 'number', 'date']),
  /** Contacts that have a value. */
  used: Count,
});
export type Field = v.InferOutput<typeof Field>;

/** What a person's page says beside the contact. */
export const PersonFigures = v.object({
  sent: Count,
  delivered: Count,
  failed: Count,
  received: Count,
  parts: Count,
  charged: v.nullable(MoneySchema),
  firstAt: v.nullable(Instant),
  lastAt: v.nullable(Instant),
});
export type PersonFigures = v.InferOutput<typeof PersonFigures>;

/** One message to or from a person. `state`, `messageId` and what follows are `null` for received ones. */
export const PersonMessage = v.object({
  direction: v.picklist(['out', 'in']),
  at: Instant,
  msisdn: v.string(),
  text: v.string(),
  state: v.nullable(MessageState),
  messageId: v.nullable(MessageId),
  campaignId: v.nullable(CampaignId),
  campaignName: v.nullable(v.string()),
  parts: v.nullable(Count),
  price: v.nullable(MoneySchema),
});
export type PersonMessage = v.InferOutput<typeof PersonMessage>;

/** Contacts that are likely the same person: the same name, different numbers. */
export const LikelySame = v.object({ name: v.string(), contacts: v.array(Contact) });
export type LikelySame = v.InferOutput<typeof LikelySame>;

const spaceOnly = v.object({ space: Space });
const one = v.object({ space: Space, id: ContactId });
const removal = v.object({ removal: RemovalId, removed: Count });

/**
 * The people of one space. `INVALID_INPUT` of {@link contactsContract.add} and {@link contactsContract.update} names the
 * `field` (`name`, `numbers.0`, `fields.3`, `groups`) and, for a number, the reason as `detail`: a `RejectReason`, `several` where
 * more than one was written, or `twice`. `CONTACT_EXISTS` has the name of the contact that has the number as `detail`, and as
 * `field` which number.
 */
export const contactsContract = {
  /** By name, English before Bangla. */
  list: call('NOT_FOUND', 'RULE_BROKEN')
    .input(v.object({ space: Space, filter: ContactFilter, cursor: v.optional(Cursor), limit: PageLimit }))
    .output(v.object({ rows: v.array(Contact), next: v.optional(Cursor) })),
  count: call('NOT_FOUND', 'RULE_BROKEN')
    .input(v.object({ space: Space, filter: ContactFilter }))
    .output(Count),
  /** First numbers in the order of the list, one a line, as a lookup takes them; `more` says that there were over 100,000. */
  numbers: call('NOT_FOUND', 'RULE_BROKEN')
    .input(v.object({ space: Space, filter: ContactFilter }))
    .output(v.object({ numbers: v.string(), count: Count, more: v.boolean() })),
  get: call('NOT_FOUND').input(one).output(Contact),
  /** Who has a number, in any usual writing; `null`: nobody. */
  byNumber: call()
    .input(v.object({ space: Space, number: NumberText }))
    .output(v.nullable(Contact)),
  add: call('CONTACT_EXISTS', 'NOT_FOUND')
    .input(v.object({ space: Space, ...WrittenContact.entries }))
    .output(Contact),
  update: call('NOT_FOUND', 'CONTACT_EXISTS')
    .input(v.object({ space: Space, id: ContactId, ...WrittenContact.entries }))
    .output(Contact),
  /** Removes contacts; what was sent to them stays, and so does the do-not-message list. Can be undone. */
  remove: call('NOT_FOUND', 'RULE_BROKEN')
    .input(v.object({ space: Space, choice: ContactChoice }))
    .output(removal),
  /**
   * Undoes a removal or a merge: the contacts are as they were, with their ids and groups. One whose number another contact has
   * by now stays removed and is counted in `kept`.
   */
  undo: call('NOT_FOUND')
    .input(v.object({ space: Space, removal: RemovalId }))
    .output(v.object({ restored: Count, kept: Count })),
  /** What a person's page says. */
  figures: call('NOT_FOUND').input(one).output(PersonFigures),
  /** Every message to and from all numbers of a person, newest first. */
  history: call('NOT_FOUND')
    .input(v.object({ ...one.entries, cursor: v.optional(Cursor), limit: PageLimit }))
    .output(v.object({ rows: v.array(PersonMessage), next: v.optional(Cursor) })),
  /** By name, biggest first; only names that two contacts or more have. */
  duplicates: call()
    .input(v.object({ space: Space, cursor: v.optional(Cursor), limit: PageLimit }))
    .output(v.object({ rows: v.array(LikelySame), next: v.optional(Cursor) })),
  /** Makes several contacts one: `contact` is what is kept, all their numbers and groups come with it. Can be undone. */
  merge: call('NOT_FOUND')
    .input(
      v.object({
        space: Space,
        keep: ContactId,
        others: v.pipe(v.array(ContactId), v.minLength(1), v.maxLength(50)),
        contact: v.object({ name: NameText, note: v.string(), fields: FieldValues, first: v.string() }),
      }),
    )
    .output(v.object({ contact: Contact, ...removal.entries })),
  /** Forgets that a number failed, so that it no longer counts as dead. */
  revive: call('NOT_FOUND')
    .input(v.object({ space: Space, msisdn: v.pipe(v.string(), v.maxLength(20)) }))
    .output(v.null()),
  /** The user's fields, in the user's order. */
  fields: call().input(spaceOnly).output(v.array(Field)),
  addField: call('FIELD_EXISTS')
    .input(v.object({ space: Space, name: NameText, kind: Field.entries.kind }))
    .output(Field),
  /** Renames a field and moves it to a place of the list (0: first). */
  updateField: call('NOT_FOUND', 'FIELD_EXISTS')
    .input(
      v.object({
        space: Space,
        id: FieldId,
        name: NameText,
        kind: Field.entries.kind,
        place: v.optional(Count),
      }),
    )
    .output(Field),
  /** Removes a field with its values, when `used` is what the user was shown (else `NOT_POSSIBLE_NOW`). Cannot be undone. */
  removeField: call('NOT_FOUND', 'NOT_POSSIBLE_NOW')
    .input(v.object({ space: Space, id: FieldId, used: Count }))
    .output(v.null()),
  /** How many there are, again after every change of a contact, a group, the do-not-message list and what is known of a number. */
  watch: call()
    .input(spaceOnly)
    .output(live(v.object({ count: Count }))),
};
