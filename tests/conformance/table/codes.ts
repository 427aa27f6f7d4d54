import { type DocumentRow, documentTable } from '../document-tables.ts';
import * as at from './proofs.ts';
import { inSection, type Row, type RowKind, type RowOfSection } from './row.ts';

const LETTER = 'the status and error objects to the letter, and the rejected entry';

const objects = (kind: 'status' | 'error'): RowOfSection => ({
  id: `${kind}-object`,
  quote: kind === 'status' ? '"description": "Message delivered to handset"' : '"description":"No Error"',
  kind: 'sample',
  says: `The ${kind} object of every answer.`,
  client: [at.reportReading('samples of the API document > status and error objects alone')],
  practice: [at.restAnswers(LETTER)],
  samples: [`rest/${kind}-object.json`],
});

/** A row for each row of a printed table, with what its cells say. */
const rowsOf = (
  name: string,
  kind: RowKind,
  says: (cells: DocumentRow) => string,
  proofs: Pick<Row, 'client' | 'practice'>,
): RowOfSection[] =>
  documentTable(name).map((cells) => ({
    id: `${kind}-${cells['id'] ?? ''}`,
    quote: `${cells['id'] ?? ''} ${cells['name'] ?? ''}`,
    kind,
    says: says(cells),
    ...proofs,
  }));

const action = (cells: DocumentRow): string =>
  cells['action'] === 'NULL' ? '' : ` Action: ${cells['action'] ?? ''}.`;

const permanence: Readonly<Record<string, string>> = {
  '0': 'Not permanent.',
  '1': 'Permanent.',
  NULL: 'Neither is said.',
};

/** The statuses and errors of the document, from its tables as they are printed. */
export const CODES: readonly Row[] = [
  ...inSection('Status object example', [objects('status')]),
  ...inSection(
    'Statuses groups',
    rowsOf('status-groups', 'status-group', ({ description }) => description ?? '', {
      client: [at.catalogue('status group $id $name'), at.catalogues('tells status group $id $name')],
      practice: [at.catalogues('tells status group $id $name')],
    }),
  ),
  ...inSection(
    'Statuses',
    rowsOf(
      'statuses',
      'status',
      (cells) => `${cells['description'] ?? ''}. Group ${cells['groupId'] ?? ''}.${action(cells)}`,
      {
        client: [
          at.catalogue('the catalogue says what the API document says > status $id $name'),
          at.catalogues('tells status $id $name of group $groupId'),
        ],
        practice: [
          at.catalogues('tells status $id $name of group $groupId'),
          at.practiceMagic('%i in group %i, %s'),
        ],
      },
    ),
  ),
  ...inSection('Error object example', [objects('error')]),
  ...inSection(
    'Errors Groups',
    rowsOf('error-groups', 'error-group', ({ description }) => description ?? '', {
      client: [at.catalogue('error group $id $name'), at.catalogues('tells error group $id $name')],
      practice: [at.catalogues('tells error group $id $name')],
    }),
  ),
  ...inSection(
    'GSM Error Codes',
    rowsOf('gsm-errors', 'gsm-error', ({ permanent = '' }) => permanence[permanent] ?? '', {
      client: [
        at.catalogue('the catalogue says what the API document says > error $id $name'),
        at.catalogues('tells GSM error $id $name'),
      ],
      practice: [
        at.catalogues('tells GSM error $id $name'),
        at.practiceMagic('%i in group %i %s, %s, permanent: %s'),
      ],
    }),
  ),
];
