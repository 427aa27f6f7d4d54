import { describe, expect, it, onTestFinished } from 'vitest';
import { diagnosticsQueries } from '../../../main/engine/features/diagnostics/queries.ts';
import { createDiagnostics } from '../../../main/engine/features/diagnostics/service.ts';
import type { Exchange } from '../../../main/engine/gateways/gateway.ts';
import { manualClock } from '../accounts/manual-clock.ts';
import { tempFolder } from '../store/temp-folder.ts';
import { ACCOUNT, fakeAccounts, featureStore, queryPlans, rowsOf } from '../support/feature.ts';

const exchange = (n: number, more: Partial<Exchange> = {}): Exchange => ({
  startedAt: 1_000 + n,
  ms: 12.6,
  method: 'POST',
  target: 'https://gateway.test/sms/1/text/single',
  requestHeaders: [['accept', 'application/json']],
  requestBody: `{"n":${n}}`,
  status: 200,
  answerBody: '{"messages":[]}',
  outcome: 'answered',
  ...more,
});

function build() {
  const store = featureStore(tempFolder(), manualClock());
  onTestFinished(() => store.close());
  const diagnostics = createDiagnostics({ store, accounts: fakeAccounts({}).access });
  const record = (n: number, more?: Partial<Exchange>) =>
    diagnostics.recordExchange(ACCOUNT, exchange(n, more), n);
  const page = (cursor?: string, messageId?: number, limit = 3) => {
    const found = diagnostics.exchanges(messageId, cursor, limit);
    if (!found.ok) throw new Error(found.error.code);
    return found.value;
  };
  return { store, diagnostics, record, page };
}

describe('exchanges with gateways', () => {
  it('are kept word for word and shown newest first, page by page', () => {
    const { record, page } = build();
    for (let n = 1; n <= 5; n++) record(n);
    const first = page();
    expect(first.rows.map(({ messages }) => messages)).toEqual([5, 4, 3]);
    expect(page(first.next).rows.map(({ messages }) => messages)).toEqual([2, 1]);
    expect(page(first.next).next).toBeUndefined();
    expect(first.rows[0]).toEqual({
      id: 5,
      accountId: ACCOUNT,
      accountName: 'School',
      at: 1_005,
      ms: 13,
      method: 'POST',
      target: 'https://gateway.test/sms/1/text/single',
      requestHeaders: [['accept', 'application/json']],
      requestBody: '{"n":5}',
      status: 200,
      answerBody: '{"messages":[]}',
      outcome: 'answered',
      messages: 5,
    });
  });

  it('belong to the transaction that they are recorded in', () => {
    const { store, record, page } = build();
    expect(() =>
      store.transaction(() => {
        record(1);
        throw new Error('rolled back');
      }),
    ).toThrow('rolled back');
    expect(page().rows).toEqual([]);
  });

  it('are found by a message that they carried', () => {
    const { store, record, page } = build();
    record(1);
    const id = record(2, { status: null, answerBody: null, outcome: 'timeout' });
    store.db
      .prepare(
        `INSERT INTO messages (id, account_id, msisdn, state, exchange_id, created_at, changed_at)
         VALUES (7, ?, '8801712345678', 'uncertain', ?, 0, 0), (8, ?, '8801712345679', 'queued', NULL, 0, 0)`,
      )
      .run(ACCOUNT, id, ACCOUNT);
    expect(page(undefined, 7).rows).toMatchObject([
      { id, status: null, answerBody: null, outcome: 'timeout' },
    ]);
    expect(page(undefined, 8).rows).toEqual([]);
    expect(page(undefined, 9).rows).toEqual([]);
  });

  it('are the last five thousand, with their bodies cut', () => {
    const { store, record, page } = build();
    store.transaction(() => {
      for (let n = 1; n <= 5_099; n++) record(n);
      record(6_000, { requestBody: 'x'.repeat(100_000), answerBody: 'y'.repeat(16_384) });
    });
    expect(rowsOf(store.db, 'SELECT COUNT(*) AS count, MIN(id) AS oldest FROM exchanges')).toEqual([
      { count: 5_000, oldest: 101 },
    ]);
    const [newest] = page().rows;
    expect(newest?.requestBody).toHaveLength(16_385);
    expect(newest?.answerBody).toHaveLength(16_384);
  });

  it('are read by their key alone', () => {
    const { store, diagnostics } = build();
    expect(queryPlans(store.db, (db) => void diagnosticsQueries(db)).join('\n')).not.toMatch(
      /SCAN|TEMP B-TREE/u,
    );
    expect(diagnostics.exchanges(undefined, 'x', 1)).toMatchObject({ error: { code: 'INVALID_INPUT' } });
  });
});
