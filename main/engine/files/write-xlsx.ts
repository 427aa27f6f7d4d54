import { strToU8, Zip, ZipDeflate } from 'fflate';
import type { AppError } from '#shared/errors.ts';
import { ok, type Result } from '#shared/result.ts';
import { replaceFile, type WriteOut } from './replace-file.ts';
import { numberCell, unguarded } from './spreadsheet-cell.ts';
import { eachRow, type TableToWrite } from './write-table.ts';

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
/** Longest text of a cell in UTF-16 units, and rows of a sheet (ECMA-376 programs agree on both). */
const LONGEST_CELL = 32_767;
const ROWS_OF_SHEET = 1_048_576;
/** Nothing to escape and nothing to leave out. */
const PLAIN = /^[A-Za-z0-9 .,;:+@()/\u0980-\u09ff-]{0,1000}$/;
/** Fast rather than small: the file is opened next door. */
const LEVEL = 3;

const PARTS: Readonly<Record<string, string>> = {
  '[Content_Types].xml': `${XML}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${TYPE}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${TYPE}.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="${TYPE}.styles+xml"/></Types>`,
  '_rels/.rels': `${XML}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  'xl/workbook.xml': `${XML}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets><sheet name="Contacts" sheetId="1" r:id="rId1"/></sheets></workbook>`,
  'xl/_rels/workbook.xml.rels': `${XML}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${OFFICE}/styles" Target="styles.xml"/></Relationships>`,
  // Format 49 is text, so that a number typed into a cell later is kept as well; the second look is the bold heading.
  'xl/styles.xml': `${XML}<styleSheet xmlns="${MAIN}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/></cellXfs></styleSheet>`,
};

/**
 * Writes a table as a workbook of one sheet, every cell a text, the heading bold and kept in sight. It is streamed, so that memory
 * stays flat; the published writers hold the whole sheet. Rows beyond the last one of a sheet are an error.
 *
 * @throws the reason of `signal` once it is aborted; RangeError for more rows than a sheet has
 */
export async function writeXlsx(table: TableToWrite): Promise<Result<{ rows: number }, AppError>> {
  let rows = 0;
  const written = await replaceFile(table.path, async (write) => {
    const zip = zipTo(write);
    for (const [name, text] of Object.entries(PARTS)) await zip.part(name)(text, true);
    const sheet = zip.part('xl/worksheets/sheet1.xml');
    const widths = table.header.map(
      (_, at) => `<col min="${at + 1}" max="${at + 1}" width="20" style="1" customWidth="1"/>`,
    );
    await sheet(
      `${XML}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>${widths.length > 0 ? `<cols>${widths.join('')}</cols>` : ''}<sheetData>${row(table.header, 1, 2)}`,
    );
    rows = await eachRow(
      table,
      (cells, index) => {
        if (index + 2 > ROWS_OF_SHEET) throw new RangeError('more rows than a sheet has');
        return row(
          cells.map((cell, at) => (table.numberColumns.has(at) ? unguarded(numberCell(cell)) : cell)),
          index + 2,
          1,
        );
      },
      sheet,
    );
    await sheet('</sheetData></worksheet>', true);
    await zip.end();
  });
  return written.ok ? ok({ rows }) : written;
}

function row(cells: readonly string[], at: number, style: number): string {
  const inner = cells
    .map((cell, column) =>
      cell === ''
        ? ''
        : `<c r="${letters(column)}${at}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${xmlText(cell)}</t></is></c>`,
    )
    .join('');
  return `<row r="${at}">${inner}</row>`;
}

function letters(column: number): string {
  const rest = Math.floor(column / 26);
  return (rest > 0 ? letters(rest - 1) : '') + String.fromCharCode(65 + (column % 26));
}

/** Escapes; leaves out what XML 1.0 §2.2 does not allow. `_x0041_` would be read as an escape (ECMA-376 Part 1 §22.9.2.19). */
function xmlText(text: string): string {
  if (PLAIN.test(text)) return text;
  const kept = text.length > LONGEST_CELL ? text.slice(0, LONGEST_CELL) : text;
  return kept
    .replace(/\r\n?/g, '\n')
    .replace(/[^\t\n\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '')
    .replace(/_(?=x[\dA-Fa-f]{4}_)/g, '_x005F_')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}

/** Packs parts one after the other; what is packed waits until it is written. */
function zipTo(write: WriteOut): {
  part: (name: string) => (text: string, last?: boolean) => Promise<void>;
  end: () => Promise<void>;
} {
  let packed: Uint8Array[] = [];
  const zip = new Zip((fault, bytes) => {
    if (fault) throw fault;
    packed.push(bytes);
  });
  const drain = async (): Promise<void> => {
    const all = packed;
    packed = [];
    for (const bytes of all) await write(bytes);
  };
  return {
    part: (name) => {
      const part = new ZipDeflate(name, { level: LEVEL });
      zip.add(part);
      return async (text, last = false) => {
        part.push(strToU8(text), last);
        await drain();
      };
    },
    end: async () => {
      zip.end();
      await drain();
    },
  };
}
