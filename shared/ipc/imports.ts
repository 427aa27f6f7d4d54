import * as v from 'valibot';
import { RequestToken, Space } from '../ids.ts';
import { ERROR_CODES, ErrorFacts } from '../errors.ts';
import { call, Count, Cursor, FileHandle, Instant, live, PageLimit } from './base.ts';
import { FieldId, GroupId } from './contacts.ts';

/** An import that is being prepared: chosen by the engine, gone with it. */
export const ImportId = v.pipe(v.string(), v.uuid());
export type ImportId = v.InferOutput<typeof ImportId>;

/** Row id of an import that was done. */
export const DoneImportId = v.pipe(v.number(), v.safeInteger(), v.minValue(1));

/**
 * What the rows become. `contacts`: people; `do-not-message`: numbers in that list; `recipients`: a list for one sending, whose columns
 * are merge fields and whose people do not enter the contacts.
 */
export const ImportPurpose = v.picklist(['contacts', 'do-not-message', 'recipients']);
export type ImportPurpose = v.InferOutput<typeof ImportPurpose>;

/** Pasted text at the boundary, in UTF-16 units. */
const PastedText = v.pipe(v.string(), v.maxLength(16_000_000));

/** Where the rows come from. */
export const ImportSource = v.variant('kind', [
  v.object({ kind: v.literal('file'), handle: FileHandle }),
  v.object({ kind: v.literal('text'), text: PastedText }),
]);
export type ImportSource = v.InferOutput<typeof ImportSource>;

/** Encodings that a text file can be read in. */
export const TextEncoding = v.picklist(['utf-8', 'utf-16le', 'utf-16be', 'windows-1252']);
export type TextEncoding = v.InferOutput<typeof TextEncoding>;

/** How a file is read; absent parts are guessed from its content. */
export const ReadOptions = v.object({
  encoding: v.optional(TextEncoding),
  /** Of a text file. */
  delimiter: v.optional(v.picklist([',', ';', '\t', '|'])),
  /** Index of the sheet of a workbook. */
  sheet: v.optional(Count),
});
export type ReadOptions = v.InferOutput<typeof ReadOptions>;

/** What one column is. `new-field` makes a field of the user's own with that name, or takes the one that has it. */
export const ColumnTarget = v.variant('to', [
  v.object({ to: v.picklist(['ignore', 'name', 'first-name', 'last-name', 'number', 'note', 'group']) }),
  v.object({ to: v.literal('field'), field: FieldId }),
  v.object({
    to: v.literal('new-field'),
    name: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(100)),
  }),
]);
export type ColumnTarget = v.InferOutput<typeof ColumnTarget>;

/** What the columns mean, in the order of the file. */
export const ImportMapping = v.object({
  /** The first row holds headings. */
  header: v.boolean(),
  columns: v.pipe(v.array(ColumnTarget), v.maxLength(300)),
});
export type ImportMapping = v.InferOutput<typeof ImportMapping>;

/** How rows meet what is there. */
export const ImportRules = v.object({
  /** What happens to a contact that has the number: its values are replaced, only empty ones are filled, or it is left alone. */
  existing: v.picklist(['replace', 'fill', 'leave']),
  /** Groups that everybody of the import is put into. */
  groups: v.pipe(v.array(GroupId), v.maxLength(50)),
  /** A group made for this import; absent: none. */
  newGroup: v.optional(v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(100))),
});
export type ImportRules = v.InferOutput<typeof ImportRules>;

/** The beginning of what was opened. */
export const ImportPreview = v.object({
  id: ImportId,
  purpose: ImportPurpose,
  /** Of the file; empty for pasted text. */
  fileName: v.string(),
  format: v.picklist(['text', 'xlsx', 'ods', 'xls', 'vcard']),
  /** How it is read. `delimiter` and `encoding` are `null` where the format has none. */
  encoding: v.nullable(TextEncoding),
  delimiter: v.nullable(v.string()),
  sheet: v.nullable(Count),
  sheets: v.array(v.string()),
  /** The first rows as they stand, at most 20, cells cut at 200 UTF-16 units. */
  rows: v.array(v.array(v.string())),
  /** Remembered from a file with the same headings, or guessed from headings and content. */
  mapping: ImportMapping,
  remembered: v.boolean(),
});
export type ImportPreview = v.InferOutput<typeof ImportPreview>;

/**
 * What a row is. `duplicate`: its number stands in an earlier row; `rejected`: no number can be read, or two rows of the contacts have its
 * numbers. Each row is in exactly one class.
 */
export const RowClass = v.picklist(['new', 'updated', 'unchanged', 'duplicate', 'rejected']);
export type RowClass = v.InferOutput<typeof RowClass>;

/** rows = new + updated + unchanged + duplicate + rejected, always. Empty rows are no rows. */
export const ImportCounts = v.object({
  rows: Count,
  new: Count,
  updated: Count,
  unchanged: Count,
  duplicate: Count,
  rejected: Count,
});
export type ImportCounts = v.InferOutput<typeof ImportCounts>;

/** Where an import stands. */
export const ImportState = v.object({
  phase: v.picklist(['opened', 'checking', 'checked', 'committing', 'done', 'cancelled', 'failed']),
  /** Rows read or written so far; `total` is `null` while unknown. `bytes` say how far a file is read. */
  done: Count,
  total: v.nullable(Count),
  fraction: v.nullable(v.number()),
  ratePerSecond: v.nullable(v.number()),
  /** Milliseconds. */
  timeLeft: v.nullable(Count),
  counts: v.nullable(ImportCounts),
  /** Rows whose number was repaired (a lost zero, an exponent, a trailing `.0`). */
  repaired: Count,
  /** What was made, once it is done: the entry in the history, or the list of recipients. */
  importId: v.nullable(DoneImportId),
  listId: v.nullable(DoneImportId),
  /** Of numbers for do-not-message, once it is done: messages to the new ones that lie at the gateway for a later time already. */
  atGateway: v.optional(Count),
  /** Of one that was stopped while it was written: people who stay as it made them, because they were changed or merged meanwhile. */
  kept: v.optional(Count),
  error: v.nullable(v.object({ code: v.picklist(ERROR_CODES), facts: v.optional(ErrorFacts) })),
});
export type ImportState = v.InferOutput<typeof ImportState>;

/** One row as it was read and understood. */
export const ImportRow = v.object({
  /** As the file counts, headings included; the first is 1. */
  row: Count,
  class: RowClass,
  /** Cells as they stand or as the user has corrected them, each cut at 200 UTF-16 units. */
  cells: v.array(v.string()),
  name: v.string(),
  numbers: v.array(
    v.object({
      input: v.string(),
      msisdn: v.nullable(v.string()),
      /** What was mended to read it: `lost-zero`, `exponent`, `trailing-zero`, `digits`, `marks`. */
      repairs: v.array(v.string()),
      /** A `RejectReason`; `null` where it was read. */
      reason: v.nullable(v.string()),
    }),
  ),
  /** Why the row is rejected or not written: a `RejectReason`, `no-number`, `cell-too-long`, `several-contacts`, `contact-twice`, `too-many-numbers`. */
  problem: v.nullable(v.string()),
  /** Index of the column that a correction belongs into. */
  column: v.nullable(Count),
  /** Row that has the number already. */
  duplicateOf: v.nullable(Count),
  /** What would change, for an update: the name of the field, before and after. */
  changes: v.array(v.object({ what: v.string(), before: v.string(), after: v.string() })),
  corrected: v.boolean(),
});
export type ImportRow = v.InferOutput<typeof ImportRow>;

/** An import in the history. */
export const DoneImport = v.object({
  id: DoneImportId,
  at: Instant,
  purpose: ImportPurpose,
  fileName: v.string(),
  counts: ImportCounts,
  /** When it was taken back; `null`: it stands. */
  undoneAt: v.nullable(Instant),
  /** Rejected rows are kept and can be saved. */
  rejectedKept: Count,
});
export type DoneImport = v.InferOutput<typeof DoneImport>;

const FILE_FAULTS = ['FILE_NOT_READ', 'FILE_TOO_LARGE', 'FILE_DAMAGED', 'FILE_EMPTY'] as const;
const prepared = v.object({ space: Space, id: ImportId });

/**
 * Importing: open, look, map, check, mend, commit; undo later. One import is prepared at a time in a space (`IMPORT_BUSY`). A prepared
 * import that is gone, because the engine restarted or it was cancelled, is `IMPORT_GONE`; nothing of it was written.
 */
export const importsContract = {
  /** Reads the beginning. `replace` drops the one that is being prepared. */
  open: call(...FILE_FAULTS, 'IMPORT_BUSY', 'NOT_FOUND')
    .input(
      v.object({
        space: Space,
        purpose: ImportPurpose,
        source: ImportSource,
        options: v.optional(ReadOptions),
        replace: v.optional(v.boolean()),
      }),
    )
    .output(ImportPreview),
  /** Reads the beginning again in another way (encoding, delimiter, sheet). */
  reopen: call(...FILE_FAULTS, 'IMPORT_GONE')
    .input(v.object({ ...prepared.entries, options: ReadOptions }))
    .output(ImportPreview),
  /** Reads everything and sorts each row into its class; {@link importsContract.watch} tells how far it is. May be asked again. */
  check: call('IMPORT_GONE', 'IMPORT_BUSY')
    .input(v.object({ ...prepared.entries, mapping: ImportMapping, rules: ImportRules }))
    .output(v.null()),
  watch: call('IMPORT_GONE').input(prepared).output(live(ImportState)),
  /** Rows of a class in the order of the file; `problems` gives rejected ones first where no class is named. */
  rows: call('IMPORT_GONE')
    .input(
      v.object({
        ...prepared.entries,
        class: v.optional(RowClass),
        cursor: v.optional(Cursor),
        limit: PageLimit,
      }),
    )
    .output(v.object({ rows: v.array(ImportRow), next: v.optional(Cursor) })),
  /** Writes another text into a cell of a row and sorts the row anew, with every other row that this concerns. */
  fix: call('IMPORT_GONE', 'NOT_FOUND')
    .input(
      v.object({
        ...prepared.entries,
        row: Count,
        column: Count,
        value: v.pipe(v.string(), v.maxLength(2_000)),
      }),
    )
    .output(v.object({ row: ImportRow, counts: ImportCounts })),
  /**
   * Writes what was checked. `expected` is what the user saw; when the contacts changed since and the counts with them, nothing is
   * written (`IMPORT_CHANGED`) and the new counts are there. The same token never writes twice.
   */
  commit: call('IMPORT_GONE', 'IMPORT_CHANGED', 'STORE_FULL', 'STORE_READONLY')
    .input(v.object({ ...prepared.entries, expected: ImportCounts, token: RequestToken }))
    .output(v.null()),
  /** Stops whatever is under way. A commit that is under way is taken back whole. */
  cancel: call().input(prepared).output(v.null()),
  /** Writes the rejected rows, as they stood and with the reason, to a file that the user chose. */
  saveRejected: call('IMPORT_GONE', 'NOT_FOUND', 'FILE_NOT_WRITTEN')
    .input(
      v.object({
        space: Space,
        of: v.union([v.object({ id: ImportId }), v.object({ done: DoneImportId })]),
        save: FileHandle,
      }),
    )
    .output(v.object({ rows: Count })),
  /** Newest first. */
  history: call()
    .input(v.object({ space: Space, cursor: v.optional(Cursor), limit: PageLimit }))
    .output(v.object({ rows: v.array(DoneImport), next: v.optional(Cursor) })),
  /** Numbers that {@link importsContract.undo} would take off the do-not-message list now. */
  frees: call('NOT_FOUND')
    .input(v.object({ space: Space, id: DoneImportId }))
    .output(v.object({ numbers: Count })),
  /**
   * Takes a whole import back: its people go, changed ones are as before. Those that were changed by hand since stay and are
   * counted in `kept`. When the disk refuses, it can be asked again for what is left.
   */
  undo: call('NOT_FOUND', 'NOT_POSSIBLE_NOW', 'STORE_FULL', 'STORE_READONLY')
    .input(v.object({ space: Space, id: DoneImportId }))
    .output(v.object({ removed: Count, restored: Count, kept: Count })),
};
