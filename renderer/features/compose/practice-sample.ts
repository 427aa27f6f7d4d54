/** What the first practice send starts with: invented people and a Bangla text. */
export type PracticeSample = { readonly recipients: string; readonly text: string };

/*
 * The practice gateway reads outcomes from the last digits of a number: these three are on the do-not-disturb list,
 * switched off, and answered into the void (the answer is lost on the way and the message is found again in the log).
 * The other nine are ordinary. None of them is ever dialled.
 */
const DO_NOT_DISTURB = '8801999000010';
const SWITCHED_OFF = '8801999010027';
const ANSWER_LOST = '8801999020001';

const ORDINARY = [
  '8801712000101',
  '8801812000102',
  '8801912000103',
  '8801512000104',
  '8801612000105',
  '8801312000106',
  '8801412000107',
  '8801712000108',
  '8801812000109',
];

/** Twelve numbers, one a line, and a text of two parts: enough to see every kind of outcome in a minute. */
export const PRACTICE_SAMPLE: PracticeSample = {
  recipients: [...ORDINARY, DO_NOT_DISTURB, SWITCHED_OFF, ANSWER_LOST].join('\n'),
  text: 'প্রিয় অভিভাবক, আগামী রবিবার সকাল ১০টায় বিদ্যালয়ে অভিভাবক সভা হবে। অনুগ্রহ করে সময়মতো উপস্থিত থাকবেন। — প্রধান শিক্ষক',
};
