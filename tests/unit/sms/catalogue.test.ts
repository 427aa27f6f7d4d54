import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  ALL_ERROR_GROUPS,
  ALL_GSM_ERRORS,
  errorGroupById,
  gsmErrorById,
} from '#shared/sms/error-catalogue.ts';
import { MESSAGE_STATES } from '#shared/sms/message-state.ts';
import { outcomeOf } from '#shared/sms/outcome.ts';
import {
  ALL_STATUSES,
  ALL_STATUS_GROUPS,
  statusById,
  statusGroupById,
} from '#shared/sms/status-catalogue.ts';

/** The rows of a table as the API document prints it, each by its column names. */
function table(name: string): Record<string, string>[] {
  const path = new URL(`../../fixtures/api-document/${name}.tsv`, import.meta.url);
  const [head = '', ...lines] = readFileSync(path, 'utf8').trimEnd().split('\n');
  const columns = head.split('\t');
  return lines.map((line) => Object.fromEntries(line.split('\t').map((cell, i) => [columns[i] ?? '', cell])));
}

const orNull = (cell: string | undefined): string | null =>
  cell === undefined || cell === 'NULL' ? null : cell;
const PERMANENT: Record<string, boolean | null> = { NULL: null, '0': false, '1': true };

describe('the catalogue says what the API document says', () => {
  it('has all of the document', () => {
    const rows = ['statuses', 'status-groups', 'gsm-errors', 'error-groups'].map(
      (name) => table(name).length,
    );
    expect(rows).toEqual([25, 6, 84, 4]);
    expect(ALL_GSM_ERRORS).toHaveLength(84);
    expect(ALL_ERROR_GROUPS).toHaveLength(4);
    expect(ALL_STATUS_GROUPS).toHaveLength(6);
  });

  it.each(table('statuses'))('status $id $name', ({ id, groupId, name, description, action }) => {
    expect(statusById(Number(id))).toMatchObject({
      id: Number(id),
      groupId: Number(groupId),
      name,
      description,
      action: orNull(action),
    });
  });

  it.each(table('status-groups'))('status group $id $name', ({ id, name, description }) => {
    expect(statusGroupById(Number(id))).toMatchObject({ id: Number(id), name, description });
  });

  it.each(table('gsm-errors'))('error $id $name', ({ id, name, permanent = '' }) => {
    expect(gsmErrorById(Number(id))).toMatchObject({
      id: Number(id),
      documentName: name,
      permanent: PERMANENT[permanent],
    });
  });

  it.each(table('error-groups'))('error group $id $name', ({ id, name, description }) => {
    expect(errorGroupById(Number(id))).toMatchObject({ id: Number(id), name, description });
  });
});

it.each([
  [0, 0, 'MESSAGE_ACCEPTED'],
  [26, 1, 'PENDING_ACCEPTED'],
  [28, 5, 'REJECTED_NOT_SENT'],
  [29, 4, 'EXPIRED_DLR_UNKNOWN'],
  [51, 5, 'MISSING_TO'],
  [52, 5, 'REJECTED_DESTINATION'],
])('knows status %d, which the platform uses beyond the document', (id, groupId, name) => {
  expect(statusById(id)).toMatchObject({ groupId, name });
});

it('shows error 4096 rightly spelt and keeps the printed name', () => {
  expect(gsmErrorById(4096)).toMatchObject({
    name: 'EC_invalidPduFormat',
    documentName: 'EC_invalidPduFurmat',
  });
  const others = ALL_GSM_ERRORS.filter((one) => one.id !== 4096);
  expect(others.every((one) => one.name === one.documentName)).toBe(true);
});

it.each([
  [256, 'SM DF memory capacity exceeded'],
  [27, 'Absent subscriber'],
  [0, 'No error'],
])('names error %d in words', (id, description) => {
  expect(gsmErrorById(id)?.description).toBe(description);
});

describe('every entry can be told to a person', () => {
  const sentences = [
    ...ALL_STATUSES.flatMap((one) => [one.explain, one.next]),
    ...ALL_STATUS_GROUPS.map((one) => one.explain),
    ...ALL_GSM_ERRORS.flatMap((one) => [one.explain, one.next]),
    ...ALL_ERROR_GROUPS.map((one) => one.explain),
  ];

  it.each([...new Set(sentences)])('$en', ({ en, bn }) => {
    expect(en).toMatch(/^[A-Z][\x20-\x7e]{8,120}\.$/);
    expect(bn).toMatch(/^\S.{8,120}।$/u);
    expect(bn.replace(/MiM SMS|UDH/g, '')).not.toMatch(/[A-Za-z]/);
  });

  it('has each id once and points at groups that exist', () => {
    expect(new Set(ALL_STATUSES.map((one) => one.id)).size).toBe(ALL_STATUSES.length);
    expect(ALL_STATUSES.every((one) => statusGroupById(one.groupId))).toBe(true);
    expect(ALL_GSM_ERRORS.every((one) => errorGroupById(one.groupId))).toBe(true);
  });
});

describe('outcome', () => {
  it.each([
    [0, 0, 'accepted'],
    [1, 7, 'accepted'],
    [1, 26, 'accepted'],
    [3, 2, 'at-operator'],
    [3, 5, 'delivered'],
    [2, 9, 'undeliverable'],
    [4, 15, 'expired'],
    [5, 12, 'rejected'],
    [3, 777, 'delivered'],
    [5, 777, 'rejected'],
    [99, 5, 'delivered'],
    [99, 2, 'at-operator'],
    [99, 777, null],
    [-1, Number.NaN, null],
  ])('group %d, status %d: %s', (groupId, statusId, outcome) => {
    expect(outcomeOf(groupId, statusId)).toBe(outcome);
  });

  it('is always a state of a message', () => {
    for (const { id, groupId } of ALL_STATUSES) expect(MESSAGE_STATES).toContain(outcomeOf(groupId, id));
  });

  it('is final exactly when nothing more is awaited', () => {
    for (const { id, groupId, final } of ALL_STATUSES) {
      expect(final).toBe(!['accepted', 'at-operator'].includes(outcomeOf(groupId, id) ?? ''));
    }
  });
});

it.each([-1, 27, 30, 1.5, Number.NaN, 1e9])('does not throw for the unknown status %d', (id) => {
  expect(statusById(id)).toBeNull();
  expect(statusGroupById(id + 100)).toBeNull();
  expect(gsmErrorById(id + 100_000)).toBeNull();
  expect(errorGroupById(id + 100)).toBeNull();
});
