import type { SendRequest } from '#shared/ipc/campaigns.ts';

/** What is sent to whom, how and when. */
const MATTER = [
  'accountId',
  'sender',
  'text',
  'recipients',
  'sources',
  'includeDead',
  'emptyFields',
  'sendAt',
  'options',
] as const satisfies readonly (keyof SendRequest)[];

/** What answers a warning. */
const ANSWERS = ['leaveOutRepeats', 'ignoreQuiet'] as const satisfies readonly (keyof SendRequest)[];

/** Whether two requests ask for the same message to the same people; how warnings were answered does not count. */
export const isSameMessage = (one: SendRequest, other: SendRequest): boolean => areAlike(one, other, MATTER);

/** Whether two requests ask for the same thing to be sent; the order in which their parts were written does not count. */
export const isSameRequest = (one: SendRequest, other: SendRequest): boolean =>
  areAlike(one, other, [...MATTER, ...ANSWERS]);

const areAlike = (one: SendRequest, other: SendRequest, keys: readonly (keyof SendRequest)[]): boolean =>
  keys.every((key) => one[key] === other[key] || JSON.stringify(one[key]) === JSON.stringify(other[key]));
