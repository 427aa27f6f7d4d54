import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { PRACTICE_ACCOUNT_ID } from '#shared/ids.ts';
import type { SendRequest } from '#shared/ipc/plan.ts';
import { startPractice, type PracticeGateway } from '../../../main/practice/practice.ts';
import {
  numbers,
  startSending,
  temporaryFolder,
  type Sending,
  type SendingOptions,
} from '../support/sending.ts';

const TEXT = 'Roll {{number}}: ফি বাকি';
const ANSWER_LOST = '8801999020001';

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

async function gateway(): Promise<PracticeGateway> {
  const practice = await startPractice({ delays: { toOperatorMs: 1, toHandsetMs: 5 } });
  ends.push(() => practice.close());
  return practice;
}

function sending(practice: PracticeGateway, options: Partial<SendingOptions> = {}): Sending {
  const folder = temporaryFolder();
  ends.push(folder.remove);
  const url = options.protocol === 'smpp' ? practice.smppUrl : practice.url;
  const password = options.protocol?.startsWith('key') ? practice.apiKey('practice') : 'practice';
  const started = startSending({ url, password, dir: folder.dir, perRequest: 5, ...options });
  ends.push(() => started.stop());
  return started;
}

const local = (msisdn: string) => `0${msisdn.slice(3)}`;
const textFor = (msisdn: string) => `Roll ${local(msisdn)}: ফি বাকি`;
const textsAt = (practice: PracticeGateway) =>
  practice
    .journal()
    .map(({ to, text }) => [to, text])
    .sort();
const block = ({ db }: Sending, ...msisdns: string[]) => {
  const insert = db.prepare("INSERT INTO do_not_message (msisdn, reason, added_at) VALUES (?, 'asked', 1)");
  for (const msisdn of msisdns) insert.run(msisdn);
};

describe('a text with fields', () => {
  it.each([
    { protocol: 'rest-json' },
    { protocol: 'rest-json', advanced: true },
    { protocol: 'rest-xml', advanced: true },
    { protocol: 'plain-v1' },
    { protocol: 'json-v3' },
    { protocol: 'key-v1' },
    { protocol: 'key-v2' },
    { protocol: 'smpp' },
  ] as const)('reaches everybody once with their own words over %o', async (options) => {
    const practice = await gateway();
    const app = sending(practice, options);
    const people = numbers(12);
    const id = await app.send(people, TEXT);
    // The first key API has no reports.
    const end = options.protocol === 'key-v1' ? 'accepted' : 'delivered';
    await app.until(id, (view) => view.counts[end] === 12, 20_000);
    expect(textsAt(practice)).toEqual(people.map((to) => [to, textFor(to)]));
  });

  it('says of each message what it was, and is found by its own words', async () => {
    const practice = await gateway();
    const app = sending(practice, { timings: { hold: 60_000 } });
    const [first = ''] = numbers(1);
    const text = 'রোল {{number}}, ২০২৬';
    const id = await app.send(numbers(2), text);
    expect(app.workspace.campaigns.get(id)).toMatchObject({ text, merged: true, partsMin: 1, partsMax: 1 });
    const found = (search: string) => {
      const page = app.workspace.messages.list({ search }, undefined, 10);
      return page.ok ? page.value.rows.map((row) => row.text) : [];
    };
    expect(found('রোল 2026')).toHaveLength(2);
    expect(found(`রোল ${local(first)}`)).toEqual([`রোল ${local(first)}, ২০২৬`]);
  });

  it('counts each message by itself, and what it will cost', async () => {
    const practice = await gateway();
    const app = sending(practice, { timings: { hold: 60_000 } });
    const people = [...numbers(3), '966501234567'];
    // 160 characters with a local number, and one more with the other.
    const text = `{{number}}${'x'.repeat(149)}`;
    const plan = await app.workspace.campaigns.plan({ ...base(), text, recipients: people.join('\n') });
    expect(plan).toMatchObject({
      value: {
        recipients: 4,
        parts: 5,
        partsPerMessage: 1,
        partsMin: 1,
        partsMax: 2,
        histogram: [
          { parts: 1, messages: 3 },
          { parts: 2, messages: 1 },
        ],
        cost: { micros: 5 * 350_000 },
        fields: [{ name: 'number', known: true, empty: 0 }],
      },
    });
    const id = await app.send(people, text);
    expect(app.workspace.campaigns.get(id)).toMatchObject({
      partsPerMessage: 1,
      partsMin: 1,
      partsMax: 2,
      estimated: { micros: 5 * 350_000 },
    });
  });

  it('is proved by its own words in the log when the answer is lost, and never sent again', async () => {
    const practice = await gateway();
    const app = sending(practice, { perRequest: 1 });
    const people = [...numbers(2), ANSWER_LOST];
    const id = await app.send(people, TEXT);
    await app.until(id, (view) => view.counts.uncertain === 1);
    await app.until(id, (view) => view.phase === 'finished');
    expect(app.workspace.campaigns.get(id)?.counts).toEqual({ delivered: 3 });
    expect(textsAt(practice)).toEqual(people.map((to) => [to, textFor(to)]));
  });

  it('keeps its words when it is called back into Compose', async () => {
    const practice = await gateway();
    const app = sending(practice, { timings: { hold: 60_000 } });
    const more: Partial<SendRequest> = {
      includeDead: true,
      emptyFields: 'leave-out',
      templateId: 7,
      options: { flash: true },
      sources: [],
    };
    const id = await app.send(numbers(2), TEXT, undefined, more);
    expect(app.workspace.campaigns.undo(id)).toEqual({
      ok: true,
      value: { ...base(), ...more, text: TEXT, recipients: numbers(2).join('\n') },
    });
    expect(practice.journal()).toEqual([]);
  });

  it('sends literal braces as they are', async () => {
    const practice = await gateway();
    const app = sending(practice);
    const id = await app.send(numbers(1), 'Write \\{{name}} here');
    await app.until(id, (view) => view.phase === 'finished');
    expect(practice.journal()).toMatchObject([{ text: 'Write {{name}} here' }]);
    expect(app.workspace.campaigns.get(id)).toMatchObject({ merged: false, text: 'Write {{name}} here' });
  });

  it('never waits without its own words', async () => {
    const practice = await gateway();
    const app = sending(practice, { timings: { hold: 60_000 } });
    const id = await app.send(numbers(1), TEXT);
    const bare = app.db.prepare(
      "INSERT INTO messages (campaign_id, account_id, msisdn, state, created_at, changed_at) SELECT id, account_id, '88017', 'held', 0, 0 FROM campaigns WHERE id = ?",
    );
    expect(() => bare.run(id)).toThrow('needs its own text');
  });

  const base = () => ({ accountId: PRACTICE_ACCOUNT_ID, sender: 'School' });
});

describe('a text with fields is not queued', () => {
  const folder = temporaryFolder();
  let app: Sending;
  // Nothing here may reach a gateway: the address answers to nobody.
  beforeAll(() => {
    app = startSending({ url: 'http://127.0.0.1:9', dir: folder.dir });
  });
  afterAll(async () => {
    await app.stop();
    folder.remove();
  });

  it.each([
    { text: 'Dear {{nobody}}', code: 'UNKNOWN_FIELD', facts: { detail: 'nobody' } },
    { text: 'Dear {{nobody|you}}', code: 'UNKNOWN_FIELD', facts: {} },
    { text: 'Dear {{name}}', code: 'EMPTY_FIELDS', facts: { actual: 2 } },
    { text: '{{name|}}', code: 'TEXT_EMPTY', facts: { detail: numbers(1)[0] } },
    { text: 'Dear {{name', code: 'MERGE_BROKEN', facts: { detail: 'unclosed' } },
    {
      text: `{{number}}${'x'.repeat(1_070)}`,
      code: 'TEXT_TOO_LONG',
      facts: { limit: 1_080, actual: 1_081, detail: numbers(1)[0] },
    },
  ])('$text: $code', async ({ text, code, facts }) => {
    const request = {
      accountId: PRACTICE_ACCOUNT_ID,
      sender: 'School',
      text,
      recipients: numbers(2).join(),
    };
    const sent = await app.workspace.campaigns.send({
      request,
      expectedRecipients: 2,
      expectedParts: 2,
      token: '6f1c0a2e-0000-4000-8000-000000000001',
    });
    expect(sent).toMatchObject({ ok: false, error: { code, facts } });
    expect(app.workspace.campaigns.page(null, 1)).toEqual([]);
  });
});

describe('a number that must not be written to', () => {
  it('stops a message that was planned before, whatever else goes in the same request', async () => {
    const practice = await gateway();
    const app = sending(practice, { advanced: true, timings: { hold: 100 } });
    const people = numbers(7);
    const [first = '', , third = ''] = people;
    const id = await app.send(people, TEXT);
    block(app, first, third);
    await app.until(id, (view) => view.phase === 'finished');
    expect(app.workspace.campaigns.get(id)).toMatchObject({
      counts: { delivered: 5, 'left-out': 2 },
      planned: 7,
      equationHolds: true,
      estimated: { micros: 5 * 350_000 },
    });
    expect(textsAt(practice).map(([to]) => to)).toEqual(people.filter((to) => to !== first && to !== third));
    const page = app.workspace.messages.ofCampaign(id, ['left-out'], undefined, 10);
    const [row] = page.ok ? page.value.rows : [];
    expect(row).toMatchObject({ msisdn: first, reason: 'do-not-message' });
    const detail = app.workspace.messages.get(row?.id ?? 0);
    expect(detail.ok && detail.value.events.at(-1)).toMatchObject({
      state: 'left-out',
      note: 'do-not-message',
    });
  });

  it('ends a sending when it was all there was', async () => {
    const practice = await gateway();
    const app = sending(practice, { perRequest: 1, timings: { hold: 400 } });
    const people = numbers(30);
    const id = await app.send(people, 'Fees are due');
    block(app, ...people);
    await app.until(id, (view) => view.phase === 'finished');
    expect(app.workspace.campaigns.get(id)).toMatchObject({
      counts: { 'left-out': 30 },
      equationHolds: true,
    });
    expect(practice.journal()).toEqual([]);
  });

  it('is left to the user where an attempt before may have arrived', async () => {
    const practice = await gateway();
    practice.setFaults({ sendScript: ['dropAfter'] });
    const app = sending(practice, { protocol: 'plain-v3', perRequest: 1 });
    const [number = ''] = numbers(1);
    const id = await app.send([number], TEXT);
    await app.until(id, (view) => view.counts.uncertain === 1);
    block(app, number);
    await app.until(id, (view) => view.phase === 'review');
    expect(practice.journal()).toHaveLength(1);
    await app.workspace.outbox.settleUncertain(id, null, 'send-again');
    await app.until(id, (view) => view.phase === 'finished');
    expect(app.workspace.campaigns.get(id)?.counts).toEqual({ 'left-out': 1 });
    expect(practice.journal()).toHaveLength(1);
  });
});
