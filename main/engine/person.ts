/**
 * Somebody a message can be sent to, from whatever source: a contact, a row of a list read from a file, a typed number (then
 * without name and values). What is merged into texts comes from here.
 */
export type Person = {
  /** `null` where the person is not in the contacts. */
  readonly contactId: number | null;
  /** Empty where unknown. */
  readonly name: string;
  /** E.164 digits without plus. */
  readonly msisdn: string;
  /** As written where the number came from; for the record. */
  readonly input: string;
  /** Values of fields by the key of their name (`fieldKey`, shared/sms/merge-fields.ts); empty ones are absent. */
  readonly values: Readonly<Record<string, string>>;
};
