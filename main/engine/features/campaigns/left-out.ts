import { appError, type AppError } from '#shared/errors.ts';
import type { SendRequest } from '#shared/ipc/plan.ts';
import type { LeftOutRow } from '#shared/ipc/recipients.ts';
import { err, ok, type Result } from '#shared/result.ts';
import { foldForSearch } from '#shared/search-fold.ts';
import type { EngineHost } from '../../host.ts';
import { writeCsv } from '../../files/write-csv.ts';
import type { Merged } from '../recipients/service.ts';

/** Whom a plan leaves out. */
type Rows = Merged['leftOut'];

/** Which of them are meant: of one reason, or with these characters in what stood there or in the number. */
type Wanted = { readonly reason?: string | undefined; readonly search?: string | undefined };

/** Lists that are kept: of the plan on the screen, and of the one before for whoever still reads it. */
const KEPT = 2;
/** Rows that are written before others have their turn. */
const AT_ONCE = 500;

/**
 * The whole lists of those whom plans leave out. A list belongs to one plan: it is kept with it, so that its pages fit together and
 * add up to what the plan says. One that is not kept any more is worked out anew by `consider`.
 */
export function createLeftOut(deps: {
  readonly consider: (request: SendRequest) => Promise<Result<Rows, AppError>>;
  readonly resolveFile: EngineHost['files']['resolve'];
}) {
  let kept: { readonly key: string; readonly rows: Rows }[] = [];

  function keep(key: string, rows: Rows): void {
    kept = [{ key, rows }, ...kept.filter((one) => one.key !== key)].slice(0, KEPT);
  }

  async function rowsOf(request: SendRequest): Promise<Result<Rows, AppError>> {
    const key = JSON.stringify(request);
    const found = kept.find((one) => one.key === key);
    if (found) return ok(found.rows);
    const made = await deps.consider(request);
    if (made.ok) keep(key, made.value);
    return made;
  }

  return {
    /** Keeps the list of a plan that was just made. */
    note: (request: SendRequest, rows: Rows): void => keep(JSON.stringify(request), rows),

    /**
     * Those left out, in the order of the plan; `cursor` is the `next` of the page before. `INVALID_INPUT` for another cursor, and the
     * refusals of planning.
     */
    async page(
      request: SendRequest,
      wanted: Wanted,
      cursor: string | undefined,
      limit: number,
    ): Promise<Result<{ rows: LeftOutRow[]; next?: string }, AppError>> {
      const from = cursor === undefined ? 0 : Number(cursor);
      if (!Number.isSafeInteger(from) || from < 0) return err(appError('INVALID_INPUT', { field: 'cursor' }));
      const all = await rowsOf(request);
      if (!all.ok) return all;
      const isMeant = chosenBy(wanted);
      const rows: LeftOutRow[] = [];
      for (let index = from; index < all.value.length; index++) {
        const row = all.value[index];
        if (!row || !isMeant(row)) continue;
        if (rows.length === limit) return ok({ rows, next: String(index) });
        const { msisdn, input, reason } = row;
        rows.push({ index, input, reason, ...(msisdn !== '' && { msisdn }) });
      }
      return ok({ rows });
    },

    /** Writes all of them with their reasons to a file that the user chose, as CSV. */
    async save(
      request: SendRequest,
      { reason }: Pick<Wanted, 'reason'>,
      handle: string,
    ): Promise<Result<{ rows: number }, AppError>> {
      const all = await rowsOf(request);
      if (!all.ok) return all;
      const file = await deps.resolveFile(handle, 'write');
      if (!file.ok) return file;
      const rows = cellsOf(all.value.filter(chosenBy({ reason })));
      const header = ['As written', 'Mobile', 'Reason'];
      return writeCsv({ path: file.value.path, header, rows, numberColumns: new Set([1]) });
    },
  };
}

function chosenBy({ reason, search = '' }: Wanted): (row: Rows[number]) => boolean {
  const words = foldForSearch(search).trim();
  return (row) =>
    (reason === undefined || row.reason === reason) &&
    (words === '' || row.msisdn.includes(words) || foldForSearch(row.input).includes(words));
}

async function* cellsOf(rows: Rows): AsyncGenerator<string[]> {
  for (const [at, { input, msisdn, reason }] of rows.entries()) {
    yield [input, msisdn, reason];
    if (at % AT_ONCE === AT_ONCE - 1) await new Promise((resolve) => setImmediate(resolve));
  }
}
