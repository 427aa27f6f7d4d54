import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Source } from '#shared/ipc/plan.ts';
import { startPractice, type PracticeGateway } from '../../../main/practice/practice.ts';
import { numbers, startSending, temporaryFolder, type Sending } from '../support/sending.ts';

const TEXT = 'Dear {{name|Guardian}}, {{amount}} taka is due.';
const [RAHIM = '', KARIM = '', JAMAL = '', SALMA = ''] = numbers(4);

describe('a sending to people', () => {
  const folder = temporaryFolder();
  let practice: PracticeGateway;
  let app: Sending;
  let dir = 0;
  let group: Source;

  beforeEach(async () => {
    practice = await startPractice({ delays: { toOperatorMs: 1, toHandsetMs: 5 } });
    app = startSending({
      url: practice.url,
      dir: `${folder.dir}/${dir++}`,
      advanced: true,
      perRequest: 10,
      timings: { hold: 100 },
    });
    const { contacts, groups } = app.workspace;
    const field = contacts.addField({ name: 'Amount', kind: 'number' });
    const made = groups.add({ name: 'Class 5', rule: null });
    if (!field.ok || !made.ok) throw new Error('not made');
    group = { kind: 'group', id: made.value.id };
    const add = (name: string, number: string, amount: string, groups: number[] = [made.value.id]) => {
      const added = contacts.add({ name, numbers: [number], fields: { [field.value.id]: amount }, groups });
      if (!added.ok) throw new Error(added.error.code);
    };
    add('রহিম', RAHIM, '৫০০');
    add('Karim', KARIM, '700');
    add('Jamal', JAMAL, '900');
    add('Salma', SALMA, '', []);
  });
  afterEach(async () => {
    await app.stop();
    await practice.close();
  });

  const textsAt = () =>
    practice
      .journal()
      .map(({ to, text }) => [to, text])
      .sort();
  const request = (more: object = {}) => ({
    accountId: 'practice',
    sender: 'School',
    text: TEXT,
    recipients: '',
    sources: [group],
    ...more,
  });

  it('reaches the members of a group with their own values, and the typed ones with those of their contact', async () => {
    app.workspace.contacts.add({ name: 'Rafiq', numbers: ['8801711000009'] });
    const typed = [`0${RAHIM.slice(3)}`, SALMA, '8801711000009'];
    const id = await app.send(typed, TEXT, undefined, { sources: [group], emptyFields: 'leave-out' });
    await app.until(id, (view) => view.phase === 'finished');
    expect(textsAt()).toEqual([
      [RAHIM, 'Dear রহিম, ৫০০ taka is due.'],
      [KARIM, 'Dear Karim, 700 taka is due.'],
      [JAMAL, 'Dear Jamal, 900 taka is due.'],
    ]);
    const out = app.workspace.messages.ofCampaign(id, ['left-out'], undefined, 10);
    expect(out.ok && out.value.rows.map(({ input, reason }) => [input, reason])).toEqual([
      [typed[0], 'duplicate'],
      [SALMA, 'empty-field'],
      ['8801711000009', 'empty-field'],
    ]);
    expect(app.workspace.campaigns.get(id)).toMatchObject({ planned: 6, equationHolds: true });
  });

  it('takes everybody once from a group, a file and typing, and gives each the words of where they stood first', async () => {
    const [rafiq = ''] = numbers(1, 9);
    app.db
      .prepare(
        `INSERT INTO lists (id, name, columns, count, created_at) VALUES (5, 'fees.csv', '["Amount"]', 2, 0)`,
      )
      .run();
    const row = app.db.prepare(
      'INSERT INTO list_rows (list_id, row, msisdn, name, fields) VALUES (5, ?, ?, ?, ?)',
    );
    row.run(2, KARIM, 'K. Mia', '{"amount":"1"}');
    row.run(3, rafiq, 'Rafiq', '{"amount":"20"}');
    const sources = [{ kind: 'list', id: 5 }, group] as const;
    const { recipients, messages } = app.workspace;
    expect(recipients.describe([sources[0]])).toMatchObject([
      { label: 'fees.csv', count: 2, fields: ['Amount'] },
    ]);
    const id = await app.send([rafiq, 'no number'], TEXT, undefined, { sources: [...sources] });
    await app.until(id, (view) => view.phase === 'finished');
    expect(textsAt()).toEqual([
      [RAHIM, 'Dear রহিম, ৫০০ taka is due.'],
      [KARIM, 'Dear K. Mia, 1 taka is due.'],
      [JAMAL, 'Dear Jamal, 900 taka is due.'],
      [rafiq, 'Dear Rafiq, 20 taka is due.'],
    ]);
    const out = messages.ofCampaign(id, ['left-out'], undefined, 10);
    expect(out.ok && out.value.rows.map(({ input, reason }) => [input, reason])).toEqual([
      [KARIM, 'duplicate'],
      [rafiq, 'duplicate'],
      ['no number', 'not-a-number'],
    ]);
    expect(recipients.removeList(5)).toEqual({ ok: true, value: null });
    expect(await app.workspace.campaigns.plan(request({ sources: [...sources] }))).toMatchObject({
      error: { code: 'NOT_FOUND' },
    });
  });

  it('leaves out who asked to be, before the sending is planned and after', async () => {
    const { doNotMessage, campaigns } = app.workspace;
    doNotMessage.add({ numbers: RAHIM, reason: 'asked', note: '' });
    const plan = await campaigns.plan(request());
    expect(plan).toMatchObject({
      value: { recipients: 2, leftOutSample: [{ msisdn: RAHIM, reason: 'do-not-message' }] },
    });
    const id = await app.send([], TEXT, undefined, { sources: [group] });
    doNotMessage.add({ numbers: KARIM, reason: 'asked', note: '' });
    await app.until(id, (view) => view.phase === 'finished');
    expect(textsAt().map(([to]) => to)).toEqual([JAMAL]);
    expect(campaigns.get(id)).toMatchObject({ counts: { delivered: 1, 'left-out': 2 }, equationHolds: true });
  });

  it('leaves out numbers that failed for good three times, unless they are wanted', async () => {
    app.db
      .prepare('INSERT INTO number_health (msisdn, failures, failed_at, dead_since) VALUES (?, 3, 1, 1)')
      .run(KARIM);
    const plan = async (includeDead: boolean) => {
      const planned = await app.workspace.campaigns.plan(request({ includeDead }));
      return planned.ok
        ? [planned.value.recipients, planned.value.leftOut, planned.value.dead]
        : planned.error;
    };
    expect(await plan(false)).toEqual([2, 1, 1]);
    expect(await plan(true)).toEqual([3, 0, 1]);
  });

  it('is refused when the group is gone or has other people than were confirmed', async () => {
    const { campaigns, contacts, groups } = app.workspace;
    const order = {
      request: request(),
      expectedRecipients: 3,
      expectedParts: 3,
      token: '6f1c0a2e-0000-4000-8000-000000000001',
    };
    contacts.add({ name: 'New', numbers: ['8801711000009'], groups: [group.id] });
    const more = await campaigns.send({ ...order, request: request({ text: 'Dear {{name|Guardian}}' }) });
    expect(more).toMatchObject({ error: { code: 'PLAN_CHANGED', facts: { limit: 3, actual: 4 } } });
    groups.remove(group.id);
    expect(await campaigns.send(order)).toMatchObject({ error: { code: 'NOT_FOUND' } });
    expect(campaigns.page(null, 1)).toEqual([]);
  });

  it('comes back into Compose with its chips', async () => {
    const id = await app.send([], TEXT, undefined, { sources: [group] });
    expect(app.workspace.campaigns.undo(id)).toEqual({ ok: true, value: request() });
    const row = app.db.prepare('SELECT sources FROM campaigns').get() as { sources: string };
    expect(JSON.parse(row.sources)).toEqual([{ source: group, label: 'Class 5', count: 3 }]);
  });

  it('is queued once for one token, also when it is asked twice at the same time', async () => {
    const token = '6f1c0a2e-0000-4000-8000-000000000002';
    const send = () => app.send([], TEXT, token, { sources: [group] });
    const ids = await Promise.all([send(), send()]);
    expect(ids[0]).toBe(ids[1]);
    expect(app.workspace.campaigns.page(null, 10)).toHaveLength(1);
  });
});
