import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ok } from '#shared/result.ts';
import { systemClock } from '../../main/engine/clock.ts';
import type { Gateway, GatewayReport, SubmittedMessage } from '../../main/engine/gateways/gateway.ts';
import { reading } from '../../main/engine/gateways/reading/reading.ts';
import { createRestGateway } from '../../main/engine/gateways/rest/rest-gateway.ts';
import { startPractice, type PracticeGateway } from '../../main/practice/practice.ts';
import { documentTable } from './document-tables.ts';

/**
 * Every status and every GSM error of the document goes its whole way: a message to the practice number that asks for it, the
 * practice gateway's answer in both formats, the client's reading of it, compared with the document's own table.
 */
const STATUSES = documentTable('statuses');
const GROUPS = new Map(documentTable('status-groups').map(({ id, name }) => [id, name]));
const ERRORS = documentTable('gsm-errors');
const ERROR_GROUPS = documentTable('error-groups');

const four = (id: string | undefined): string => String(id).padStart(4, '0');
const statusNumber = (id: string | undefined): string => `880199900${four(id)}`;
const errorNumber = (id: string | undefined): string => `880199901${four(id)}`;
const orNull = (cell: string | undefined): string | null => (cell === 'NULL' ? null : (cell ?? null));

describe.each(['json', 'xml'] as const)('the catalogues of the document, by REST in %s', (format) => {
  let practice: PracticeGateway;
  let gateway: Gateway;
  let entries: ReadonlyMap<string | null, GatewayReport>;
  let accepted: readonly SubmittedMessage[];

  beforeAll(async () => {
    practice = await startPractice({ delays: { toOperatorMs: 0, toHandsetMs: 0 } });
    gateway = createRestGateway(
      {
        serverAddress: practice.url,
        allowHttp: true,
        credentials: () => Promise.resolve(ok({ userName: 'practice', password: 'practice' })),
      },
      { clock: systemClock, format, recipientsPerRequest: 200 },
    );
    const numbers = [
      ...STATUSES.map(({ id }) => statusNumber(id)),
      ...ERRORS.map(({ id }) => errorNumber(id)),
    ];
    const outcome = await gateway.submit({
      sender: 'InfoSMS',
      messages: numbers.map((to) => ({ to, text: 'Test SMS.', ownId: null })),
    });
    if (outcome.kind !== 'answered') throw new Error(`submit: ${outcome.kind}`);
    accepted = outcome.messages;
    const page = await gateway.fetchLogs({ limit: 1_000 });
    if (!page.ok) throw new Error(page.error.code);
    const read = reading.reports(page.value.body);
    if (!read.ok) throw new Error(read.error.code);
    entries = new Map(read.value.reports.map((report) => [report.to, report]));
  });
  afterAll(async () => {
    await gateway.close();
    await practice.close();
  });

  it.each(STATUSES)('tells status $id $name of group $groupId', (row) => {
    expect(entries.get(statusNumber(row['id']))?.status).toEqual({
      id: Number(row['id']),
      groupId: Number(row['groupId']),
      groupName: GROUPS.get(row['groupId']),
      name: row['name'],
      description: row['description'],
      action: orNull(row['action']),
    });
  });

  it.each(ERRORS)('tells GSM error $id $name', (row) => {
    const error = entries.get(errorNumber(row['id']))?.error;
    expect(error?.id).toBe(Number(row['id']));
    expect(error?.name).toBe(row['name']);
    expect(error?.permanent).toBe(row['permanent'] === '1');
  });

  it.each(documentTable('status-groups'))('tells status group $id $name', ({ id, name }) => {
    const told = [...accepted, ...entries.values()].map(({ status }) => status);
    const names = told.filter(({ groupId }) => groupId === Number(id)).map(({ groupName }) => groupName);
    expect(new Set(names)).toEqual(new Set([name]));
  });

  it.each(ERROR_GROUPS)('tells error group $id $name', ({ id, name }) => {
    const told = [...entries.values()].filter(({ error }) => error?.groupId === Number(id));
    expect(new Set(told.map(({ error }) => error?.groupName))).toEqual(new Set([name]));
  });
});
