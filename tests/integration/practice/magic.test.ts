import { describe, expect, test } from 'vitest';
import { NUMBER, openBench } from './gateway-client.ts';

const statusNumber = (id: number): string => `880199900${String(id).padStart(4, '0')}`;
const errorNumber = (id: number): string => `880199901${String(id).padStart(4, '0')}`;

/** API document, "Response codes", "Statuses": id, group id, name. */
const STATUSES: readonly [number, number, string][] = [
  [1, 1, 'PENDING_TIME_VIOLATION'],
  [2, 3, 'DELIVERED_TO_OPERATOR'],
  [3, 1, 'PENDING_WAITING_DELIVERY'],
  [4, 2, 'UNDELIVERABLE_REJECTED_OPERATOR'],
  [5, 3, 'DELIVERED_TO_HANDSET'],
  [6, 5, 'REJECTED_NETWORK'],
  [7, 1, 'PENDING_ENROUTE'],
  [8, 5, 'REJECTED_PREFIX_MISSING'],
  [9, 2, 'UNDELIVERABLE_NOT_DELIVERED'],
  [10, 5, 'REJECTED_DND'],
  [11, 5, 'REJECTED_SOURCE'],
  [12, 5, 'REJECTED_NOT_ENOUGH_CREDITS'],
  [13, 5, 'REJECTED_SENDER'],
  [14, 5, 'REJECTED_DESTINATION'],
  [15, 4, 'EXPIRED_EXPIRED'],
  [16, 5, 'REJECTED_NOT_REACHABLE'],
  [17, 5, 'REJECTED_PREPAID_PACKAGE_EXPIRED'],
  [18, 5, 'REJECTED_DESTINATION_NOT_REGISTERED'],
  [19, 5, 'REJECTED_ROUTE_NOT_AVAILABLE'],
  [20, 5, 'REJECTED_FLOODING_FILTER'],
  [21, 5, 'REJECTED_SYSTEM_ERROR'],
  [22, 4, 'EXPIRED_UNKNOWN'],
  [23, 5, 'REJECTED_DUPLICATE_MESSAGE_ID'],
  [24, 5, 'REJECTED_INVALID_UDH'],
  [25, 5, 'REJECTED_MESSAGE_TOO_LONG'],
];

const GROUPS = ['ACCEPTED', 'PENDING', 'UNDELIVERABLE', 'DELIVERED', 'EXPIRED', 'REJECTED'];

describe('magic numbers 8801999 00 NNNN: the final status (API document, "Statuses")', () => {
  test.each(STATUSES)('%i in group %i, %s', async (id, groupId, name) => {
    const bench = await openBench();
    const answer = await bench.send(statusNumber(id));
    const atOnce = answer.messages[0]?.status;
    bench.wait(3_000);
    const final = { id, groupId, groupName: GROUPS[groupId], name };
    const reports = await bench.reports();

    expect((await bench.logs())[0]?.status).toMatchObject(final);
    if (groupId === 1) {
      expect(atOnce).toMatchObject(final);
      expect(reports).toEqual([]);
      bench.wait(40 * 3_600_000);
      expect((await bench.logs())[0]?.status.id).toBe(id);
    } else if (groupId === 5) {
      expect(atOnce).toMatchObject(final);
      expect(reports).toEqual([]);
      expect(await bench.balance()).toBe(5_000);
    } else {
      expect(atOnce?.id).toBe(0);
      expect(reports).toMatchObject([{ status: final, error: { id: 0 } }]);
      expect(await bench.balance()).toBe(4_999.65);
    }
  });

  test('actions are there where the document has one, and only there', async () => {
    const bench = await openBench();
    await bench.send(STATUSES.map(([id]) => statusNumber(id)));
    bench.wait(3_000);
    const actions = (await bench.logs()).map((log) => [log.status.id, log.status.action] as const);
    expect(actions.filter(([, action]) => action !== undefined).sort(([a], [b]) => a - b)).toEqual([
      [6, 'Contact account manager'],
      [13, 'Remove sender from blacklist'],
      [14, 'Remove destination from blacklist'],
      [17, 'Top-Up your account to extend the validity period'],
      [19, 'Contact account manager'],
      [20, 'STOP SPAMMING'],
    ]);
  });

  test('a status id in no table, in a group in no table', async () => {
    const bench = await openBench();
    await bench.send(statusNumber(99));
    bench.wait(3_000);
    expect(await bench.reports()).toMatchObject([
      { status: { id: 99, groupId: 9, groupName: 'PRACTICE_UNKNOWN', name: 'PRACTICE_UNKNOWN_99' } },
    ]);
  });

  test('a leading plus does not hide a magic number', async () => {
    const bench = await openBench();
    expect((await bench.send('+8801999000010')).messages[0]?.status.id).toBe(10);
  });
});

describe('magic numbers 8801999 01 NNNN: undelivered with a GSM error (API document, "GSM Error Codes")', () => {
  test.each([
    [1, 1, 'HANDSET_ERRORS', 'EC_UNKNOWN_SUBSCRIBER', true],
    [27, 1, 'HANDSET_ERRORS', 'EC_ABSENT_SUBSCRIBER', false],
    [500, 3, 'OPERATOR_ERRORS', 'EC_PROVIDER_GENERAL_ERROR', false],
    [1_162, 3, 'OPERATOR_ERRORS', 'EC_NNR_destinationCannotPerformReassemblyXUDT', false],
    [2_049, 2, 'USER_ERRORS', 'EC_IMSI_BLACKLISTED', true],
    [4_096, 2, 'USER_ERRORS', 'EC_invalidPduFurmat', true],
    [9_999, 3, 'OPERATOR_ERRORS', 'EC_PRACTICE_UNKNOWN_9999', false],
  ])('%i in group %i %s, %s, permanent: %s', async (id, groupId, groupName, name, permanent) => {
    const bench = await openBench();
    expect((await bench.send(errorNumber(id))).messages[0]?.status.id).toBe(0);
    bench.wait(3_000);
    expect(await bench.reports()).toMatchObject([
      {
        status: { id: 9, groupId: 2, name: 'UNDELIVERABLE_NOT_DELIVERED' },
        error: { id, groupId, groupName, name, permanent },
      },
    ]);
  });
});

describe('magic numbers 8801999 02 NNNN that leave the answer whole', () => {
  test('0010: delivered, but only the logs tell; it holds for the whole request', async () => {
    const bench = await openBench();
    await bench.send([NUMBER, '8801999020010']);
    bench.wait(3_000);
    expect(await bench.reports()).toEqual([]);
    expect((await bench.logs()).map((log) => log.status.id)).toEqual([5, 5]);
  });

  test('0011: in the logs only after 3 s', async () => {
    const bench = await openBench();
    const answer = await bench.send('8801999020011');
    expect(answer.messages[0]?.status.id).toBe(0);
    bench.wait(2_999);
    expect(await bench.logs()).toEqual([]);
    expect(await bench.logs(`?messageId=${answer.messages[0]?.messageId}`)).toEqual([]);
    bench.wait(1);
    expect(await bench.logs()).toHaveLength(1);
  });

  test('0012: unknown fields, and an id of 19 digits as text that a double cannot hold', async () => {
    const bench = await openBench();
    const body = JSON.stringify({ from: 'InfoSMS', to: '8801999020012', text: 'Hi' });
    const text = await (await bench.post(body)).text();
    const id = /"messageId":"(2\d{18})"/.exec(text)?.[1] ?? '';
    expect(String(Number(id))).not.toBe(id);
    expect(text).toContain('"trackingProcessKey"');
    expect((await bench.logs())[0]?.messageId).toBe(id);
  });
});

describe('all other numbers', () => {
  test.each(['8801999030001', '8801999990000', '8801998000010'])('%s is simply delivered', async (to) => {
    const bench = await openBench();
    await bench.send(to);
    bench.wait(3_000);
    expect(await bench.reports()).toMatchObject([{ to, status: { id: 5 } }]);
  });
});
