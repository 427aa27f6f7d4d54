import type { SendRequest } from '#shared/ipc/plan.ts';

/** What is sent to whom and how. */
const MATTER = [
  'accountId',
  'sender',
  'text',
  'recipients',
  'sources',
  'includeDead',
  'emptyFields',
  'options',
] as const satisfies readonly (keyof SendRequest)[];

/** When it is sent, and what answers a warning. */
const REST = ['sendAt', 'leaveOutRepeats', 'ignoreQuiet'] as const satisfies readonly (keyof SendRequest)[];

/** Whether two requests ask for the same message to the same people; when, and how warnings were answered, does not count. */
export const isSameMessage = (one: SendRequest, other: SendRequest): boolean => areAlike(one, other, MATTER);

/** Whether two requests ask for the same thing to be sent; the order in which their parts were written does not count. */
export const isSameRequest = (one: SendRequest, other: SendRequest): boolean =>
  areAlike(one, other, [...MATTER, ...REST]);

const areAlike = (one: SendRequest, other: SendRequest, keys: readonly (keyof SendRequest)[]): boolean =>
  keys.every((key) => one[key] === other[key] || JSON.stringify(one[key]) === JSON.stringify(other[key]));
