/**
 * A test that proves something: its file, its title as it is written there, behind as many of its suites' titles as tell it from
 * others (`suite > title`), and for a test of many cases the words of the one that is meant.
 */
export type Proof = { readonly file: string; readonly test: string; readonly case?: string };

/** What kind of thing a row is about. */
export type RowKind =
  | 'call'
  | 'parameter'
  | 'answer'
  | 'limit'
  | 'status'
  | 'status-group'
  | 'gsm-error'
  | 'error-group'
  | 'code'
  | 'sample';

/** One thing that the API is said to do, and the tests that prove it on both sides. */
export type Row = {
  readonly id: string;
  /** Title of the document's section, or the topic of the facts about the platform. */
  readonly section: string;
  /** A few words as they stand there. */
  readonly quote: string;
  readonly kind: RowKind;
  /** The same in plain words, with what we make of it. */
  readonly says: string;
  readonly client: readonly Proof[];
  readonly practice: readonly Proof[];
  /** Samples below `tests/fixtures/api-document`. */
  readonly samples?: readonly string[];
};

/** Makes proofs of the tests of one file. */
export const proofsIn =
  (file: string) =>
  (test: string, only?: string): Proof => ({ file, test, ...(only !== undefined && { case: only }) });

/** A row without its section, which a list of rows shares. */
export type RowOfSection = Omit<Row, 'section'>;

/** The rows of one section. */
export const inSection = (section: string, rows: readonly RowOfSection[]): Row[] =>
  rows.map((row) => ({ ...row, section }));

/** A row whose tests have client and practice gateway talk to each other, so that they prove both. */
export const both = (row: Omit<RowOfSection, 'client' | 'practice'>, ...proofs: Proof[]): RowOfSection => ({
  ...row,
  client: proofs,
  practice: proofs,
});
