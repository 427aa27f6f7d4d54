/** Codes of the key API (facts of the platform, "MiM SMS today"), as answers carry them. */
export const KEY_CODE = {
  ok: '200',
  badMessage: '205',
  badNumber: '206',
  badType: '207',
  badSender: '208',
  tooLong: '209',
  badCampaign: '210',
  mismatch: '213',
  lowBalance: '216',
  sendFailed: '221',
  wrongKey: '401',
} as const;

/** One of {@link KEY_CODE}. */
export type KeyCode = (typeof KEY_CODE)[keyof typeof KEY_CODE];

/** What answers say of each code. */
export const KEY_TEXT: Readonly<Record<KeyCode, string>> = {
  '200': 'SMS sent successfully',
  '205': 'Invalid message content',
  '206': 'Invalid mobile number',
  '207': 'Invalid transaction type',
  '208': 'Invalid sender name',
  '209': 'Message is too long',
  '210': 'Invalid campaign',
  '213': 'Parameter mismatch',
  '216': 'Insufficient balance',
  '221': 'SMS sending failed',
  '401': 'Unauthorized',
};
