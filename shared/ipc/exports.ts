import * as v from 'valibot';
import { ERROR_CODES, ErrorFacts } from '../errors.ts';
import { Space } from '../ids.ts';
import { call, Count, FileHandle, live } from './base.ts';
import { ContactChoice, FieldId } from './contacts.ts';

/** An export that is under way. */
export const ExportId = v.pipe(v.string(), v.uuid());

/** A column of an export. `numbers` are all but the first. */
export const ExportColumn = v.union([
  v.object({ column: v.picklist(['name', 'number', 'numbers', 'note', 'groups', 'operator', 'added']) }),
  v.object({ column: v.literal('field'), field: FieldId }),
]);
export type ExportColumn = v.InferOutput<typeof ExportColumn>;

/** Where an export stands. */
export const ExportState = v.object({
  phase: v.picklist(['writing', 'done', 'cancelled', 'failed']),
  done: Count,
  total: Count,
  /** Milliseconds; `null` while unknown. */
  timeLeft: v.nullable(Count),
  error: v.nullable(v.object({ code: v.picklist(ERROR_CODES), facts: v.optional(ErrorFacts) })),
});
export type ExportState = v.InferOutput<typeof ExportState>;

const one = v.object({ id: ExportId });

/**
 * Writing contacts to a file that the user chose. CSV is UTF-8 with BOM; numbers are written such that a spreadsheet keeps them, and
 * cells that it would take for formulas are made harmless. A file is replaced only when the new one is complete.
 */
export const exportsContract = {
  /** `NOT_POSSIBLE_NOW`: three others are still being written. */
  start: call('NOT_FOUND', 'FILE_NOT_WRITTEN', 'NOT_POSSIBLE_NOW')
    .input(
      v.object({
        space: Space,
        choice: ContactChoice,
        format: v.picklist(['csv', 'xlsx', 'vcf']),
        columns: v.pipe(v.array(ExportColumn), v.minLength(1), v.maxLength(300)),
        save: FileHandle,
      }),
    )
    .output(one),
  watch: call('NOT_FOUND').input(one).output(live(ExportState)),
  cancel: call().input(one).output(v.null()),
};
