import { appError, type AppError } from '#shared/errors.ts';
import { parseRecipients } from '#shared/phone/recipients.ts';
import { err, ok, type Result } from '#shared/result.ts';
import { foldForSearch } from '#shared/search-fold.ts';
import type { SearchWord } from './queries.ts';

/** A contact as the user writes it. */
export type Written = { readonly name: string; readonly number: string };

/** A {@link Written} that was read. */
type Read = { readonly name: string; readonly folded: string; readonly msisdn: string };

/** Control characters and halves of surrogate pairs: nothing of a name, and the store would change the latter. */
const UNWANTED = /[\p{Cc}\p{Cs}]/gu;
/** A name must have something to see; joiners and marks alone are nothing. */
const VISIBLE = /[\p{L}\p{N}\p{P}\p{S}]/u;

/**
 * Reads what was typed. Blanks in the name become single ones, its letters stay as they are (composing them anew would change
 * Bangla). The number is read as Compose reads one. `INVALID_INPUT` names the field; see `contactsContract`.
 */
export function readContact(written: Written): Result<Read, AppError> {
  const name = written.name.replace(/\s+/gu, ' ').replace(UNWANTED, '').trim();
  if (!VISIBLE.test(name)) return err(appError('INVALID_INPUT', { field: 'name', detail: 'empty' }));
  const { accepted, rejected } = parseRecipients(written.number);
  const [number] = accepted;
  if (!number || accepted.length + rejected.length > 1) {
    const [bad] = rejected;
    const detail = accepted.length > 0 || rejected.length > 1 ? 'several' : (bad?.reason ?? 'not-a-number');
    return err(appError('INVALID_INPUT', { field: 'number', detail }));
  }
  return ok({ name, folded: foldForSearch(name), msisdn: number.msisdn });
}

/** The words of a search. One made of digits and marks is looked for in numbers too, without the zero of local writing. */
export function searchWords(search: string | undefined): SearchWord[] {
  const folded = foldForSearch(search ?? '').trim();
  if (folded === '') return [];
  return folded.split(/\s+/u).map((text) => ({
    text,
    digits: /^[\d+()-]+$/u.test(text) ? text.replace(/\D/gu, '').replace(/^0+(?=\d)/u, '') : '',
  }));
}
