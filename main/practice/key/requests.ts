import { isSender, refuseDestination } from '../core/addresses.ts';
import { LONGEST_TEXT } from '../core/submission.ts';
import { KEY_CODE, type KeyCode } from './codes.ts';

/** The fields of a request by their names in small letters. */
export type KeyFields = ReadonlyMap<string, unknown>;

/** One message of a request. */
export type KeyMessage = { readonly number: string; readonly text: string };

/** A send request whose fields make sense. */
export type KeySend = { readonly sender: string; readonly messages: readonly KeyMessage[] };

/** Where a call has its numbers: one, a comma list, `smsData` with one text for all, or `smsData` with a text each. */
export type Recipients = 'one' | 'commas' | 'list' | 'listWithTexts';

/** Most numbers of one request (facts of the platform, "MiM SMS today"). */
const NUMBER_LIMIT = 1_000;

/** Reads a JSON body; `null` for anything but an object in UTF-8. */
export function readFields(body: unknown): KeyFields | null {
  if (!Buffer.isBuffer(body)) return null;
  try {
    return fieldsOf(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body)));
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof TypeError) return null;
    throw error;
  }
}

/** A field that is a text; `null` when it is absent or something else. */
export function textField(fields: KeyFields, name: string): string | null {
  const value = fields.get(name);
  return typeof value === 'string' ? value : null;
}

/**
 * Checks a send, and gives the code of the first thing that is wrong: the shape, the transaction type, the campaign,
 * the sender, the text, and the number. One bad number refuses the whole request unless `skipBad`; then it is left
 * to the gateway, as long as one number is good.
 */
export function readSend(fields: KeyFields, recipients: Recipients, skipBad: boolean): KeySend | KeyCode {
  const sender = textField(fields, 'sendername');
  const type = textField(fields, 'transactiontype');
  const messages = messagesOf(fields, recipients);
  if (sender === null || type === null || messages === null || messages.length > NUMBER_LIMIT) {
    return KEY_CODE.mismatch;
  }
  if (!['T', 'P', 'D'].includes(type)) return KEY_CODE.badType;
  if (type === 'P' && !hasCampaign(fields)) return KEY_CODE.badCampaign;
  if (!isSender(sender)) return KEY_CODE.badSender;
  if (messages.some(({ text }) => text.trim() === '')) return KEY_CODE.badMessage;
  if (messages.some(({ text }) => text.length > LONGEST_TEXT)) return KEY_CODE.tooLong;
  const good = messages.filter(({ number }) => refuseDestination(number) === null).length;
  if (good === 0 || (!skipBad && good < messages.length)) return KEY_CODE.badNumber;
  return { sender, messages };
}

function messagesOf(fields: KeyFields, recipients: Recipients): readonly KeyMessage[] | null {
  if (recipients === 'one' || recipients === 'commas') {
    const numbers = textField(fields, 'mobilenumber');
    const text = textField(fields, 'message');
    if (numbers === null || text === null) return null;
    const list = recipients === 'one' ? [numbers] : numbers.split(',');
    return list.map((number) => ({ number: number.trim(), text }));
  }
  const data = fields.get('smsdata');
  if (!Array.isArray(data)) return null;
  const messages: KeyMessage[] = [];
  for (const item of data) {
    const own = fieldsOf(item);
    const number = own === null ? null : textField(own, 'mobilenumber');
    const text = textField(recipients === 'list' ? fields : (own ?? fields), 'message');
    if (number === null || text === null) return null;
    messages.push({ number: number.trim(), text });
  }
  return messages;
}

/** Clients without a campaign send nothing, JSON null, or the text "null". */
function hasCampaign(fields: KeyFields): boolean {
  const campaign = textField(fields, 'campaignid') ?? textField(fields, 'campaignname') ?? '';
  return campaign.trim() !== '' && campaign !== 'null';
}

function fieldsOf(value: unknown): KeyFields | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  return new Map(Object.entries(value).map(([name, field]) => [name.toLowerCase(), field]));
}
