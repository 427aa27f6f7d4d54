import * as v from 'valibot';

/**
 * Which of the two stores a row lives in. Practice rows are kept in a database file of their own, so they can never
 * mix with real history; every call that touches rows says which one it means.
 */
export const Space = v.picklist(['real', 'practice']);
export type Space = v.InferOutput<typeof Space>;

/** The id of an account: a UUID, or {@link PRACTICE_ACCOUNT_ID}. */
export const AccountId = v.pipe(v.string(), v.regex(/^(practice|[0-9a-f-]{36})$/));
export type AccountId = v.InferOutput<typeof AccountId>;

/** The practice account exists from the first start and cannot be edited or removed. */
export const PRACTICE_ACCOUNT_ID = 'practice';

const RowId = v.pipe(v.number(), v.safeInteger(), v.minValue(1));

/** Row id of a campaign inside its space. */
export const CampaignId = RowId;
export type CampaignId = v.InferOutput<typeof CampaignId>;

/** Row id of a message inside its space. */
export const MessageId = RowId;
export type MessageId = v.InferOutput<typeof MessageId>;

/**
 * Chosen by the caller once per user decision (a UUID). The engine does the thing at most once for a token, so a call
 * whose answer was lost may be repeated without sending anything twice.
 */
export const RequestToken = v.pipe(v.string(), v.uuid());
export type RequestToken = v.InferOutput<typeof RequestToken>;

/** Chosen by the page when a draft begins, so that saving it again is the same draft. */
export const DraftId = v.pipe(v.string(), v.uuid());
export type DraftId = v.InferOutput<typeof DraftId>;

/** The space that holds an account's rows. */
export const spaceOf = (accountId: AccountId): Space =>
  accountId === PRACTICE_ACCOUNT_ID ? 'practice' : 'real';
