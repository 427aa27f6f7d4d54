import { afterEach, describe, expect, it } from 'vitest';
import { ok } from '#shared/result.ts';
import type { GatewayReport } from '../../../main/engine/gateways/gateway.ts';
import { reading } from '../../../main/engine/gateways/reading/reading.ts';
import type { PracticeOptions } from '../../../main/practice/core/settings.ts';
import { startPractice } from '../../../main/practice/practice.ts';
import { fixture, until } from './smpp-server.ts';
import { closeAll, closing, connectSmpp, listen, sms } from './smpp-support.ts';

afterEach(closeAll);

const practice = async (options: PracticeOptions = {}) =>
  closing(await startPractice({ delays: { toOperatorMs: 1, toHandsetMs: 1 }, ...options }));
const credentials = (password = 'practice') => ({
  credentials: () => Promise.resolve(ok({ userName: 'practice', password })),
});

async function open(options: PracticeOptions = {}, deps: Parameters<typeof connectSmpp>[1] = {}) {
  const gateway = await practice(options);
  const client = connectSmpp(gateway.smppUrl, deps, credentials());
  const { bodies } = listen(client);
  const reports = (): readonly GatewayReport[] =>
    bodies.flatMap(({ kind, body }) => {
      const read = kind === 'report' ? reading.reports(body) : null;
      return read?.ok ? read.value.reports : [];
    });
  return { gateway, client, bodies, reports };
}

describe('the practice gateway over SMPP', () => {
  it.each([
    ['Hello €[]', 1],
    ['আপনার বিল ১২০ টাকা 😀', 1],
    ['a'.repeat(152) + '€'.repeat(5) + 'b'.repeat(200), 3],
    ['আপনার বিল 😀'.repeat(20), 4],
  ])('gets the text as it is, and tells that it arrived', async (text, parts) => {
    const { gateway, client, reports } = await open();
    const outcome = await client.submit(sms(text));
    expect(outcome).toMatchObject({ kind: 'answered', messages: [{ parts }] });
    const [sent] = outcome.kind === 'answered' ? outcome.messages : [];
    const ids = [sent?.gatewayMessageId, ...(sent?.partIds ?? [])];
    expect(ids).toHaveLength(parts);
    await until(() => reports().length === parts);
    expect(
      reports()
        .map((one) => one.gatewayMessageId)
        .sort(),
    ).toEqual(ids.sort());
    for (const report of reports()) {
      expect(report).toMatchObject({
        to: '8801711000001',
        from: 'Office',
        status: { id: 5 },
        error: { id: 0 },
      });
      expect(Math.abs((report.doneAt ?? 0) - Date.now())).toBeLessThan(120_000);
    }
    expect(gateway.journal()).toMatchObject([{ to: '8801711000001', from: 'Office', text, parts }]);
  });

  it('gets long messages whole where the account says so', async () => {
    const text = 'আপনার বিল 😀'.repeat(20);
    const { gateway, client, reports } = await open({}, { options: { longMessages: 'payload' } });
    expect(await client.submit(sms(text))).toMatchObject({ kind: 'answered', messages: [{ parts: 4 }] });
    await until(() => reports().length === 1);
    expect(gateway.journal()).toMatchObject([{ text, parts: 4 }]);
  });

  it('tells why a message did not arrive', async () => {
    const { client, reports } = await open();
    await client.submit(sms('Hello', '8801999010027'));
    await client.submit(sms('Hello', '8801999000015'));
    await until(() => reports().length === 2);
    expect(reports()).toMatchObject([
      { to: '8801999010027', status: { groupId: 2 }, error: { id: 27, name: 'EC_ABSENT_SUBSCRIBER' } },
      { to: '8801999000015', status: { id: 15 } },
    ]);
  });

  it('refuses numbers, senders and passwords', async () => {
    const { gateway, client } = await open();
    expect(await client.submit(sms('Hello', '12'))).toMatchObject({ messages: [{ status: { id: 52 } }] });
    expect(await client.submit({ ...sms(), sender: 'x' })).toMatchObject({
      messages: [{ status: { id: 11 } }],
    });
    const stranger = connectSmpp(gateway.smppUrl, {}, credentials('wrong'));
    expect(await stranger.submit(sms())).toMatchObject({ kind: 'not-sent', error: { code: 'GATEWAY_AUTH' } });
    expect(gateway.journal()).toEqual([]);
  });

  it.each([
    ['8801999020001', 'unknown', 1],
    ['8801999020003', 'unknown', 0],
    ['8801999020004', 'unknown', 1],
    ['8801999020005', 'refused', 0],
    ['8801999020006', 'unknown', 1],
    ['8801999020007', 'unknown', 0],
    ['8801999020008', 'unknown', 1],
  ])('with the fault of %s makes the outcome %s', async (to, kind, taken) => {
    const { gateway, client } = await open();
    expect((await client.submit(sms('Hello', to))).kind).toBe(kind);
    expect(gateway.journal()).toHaveLength(taken);
    expect(await client.submit(sms())).toMatchObject({ kind: 'answered' });
  });

  it('holds a message until its time, flashes, and takes octets', async () => {
    let ahead = 0;
    const { gateway, client } = await open({ now: () => Date.now() + ahead });
    const sendAt = Date.now() + 3_600_000;
    const later = sms('Later', '8801711000001', { sendAt, validityMinutes: 60, flash: true });
    expect(await client.submit(later)).toMatchObject({ kind: 'answered' });
    const binary = { hex: '00480069', dataCoding: 8, esmClass: 0 };
    expect(await client.submit(sms('', '8801711000002', { binary }))).toMatchObject({ kind: 'answered' });
    expect(gateway.journal()).toMatchObject([{ text: 'Hi' }]);
    ahead = 3_590_000;
    expect(gateway.journal()).toHaveLength(1);
    ahead = 3_602_000;
    expect(gateway.journal().map(({ text }) => text)).toContain('Later');
  });

  it('hands over what phones wrote, also in parts', async () => {
    const { gateway, bodies, client } = await open();
    await client.submit(sms());
    const texts = ['STOP', 'আমার বিল কত? 😀'.repeat(12)];
    for (const text of texts)
      gateway.receive('practice', { from: '8801711000009', to: '8809601000000', text });
    const inbox = () => bodies.filter(({ kind }) => kind === 'inbox').map(({ body }) => reading.inbox(body));
    await until(() => inbox().length === 2);
    expect(inbox()).toMatchObject(
      texts.map((text) => ({
        ok: true,
        value: { skipped: 0, messages: [{ from: '8801711000009', to: '8809601000000', text }] },
      })),
    );
  });

  it('looks numbers up', async () => {
    const { client } = await open({}, { options: { bind: 'transmitter-and-receiver' } });
    const asked = await client.lookups?.query(['8801711000001', '8801811000001']);
    expect(asked).toMatchObject({
      ok: true,
      value: [
        {
          msisdn: '8801711000001',
          mccmnc: '47001',
          imsi: expect.stringMatching(/^47001\d{10}$/),
          reachable: true,
        },
        { msisdn: '8801811000001', mccmnc: '47002', reachable: true },
      ],
    });
  });

  it('is spoken to over TLS', async () => {
    const [key, cert] = [fixture('self-signed.key.pem'), fixture('self-signed.cert.pem')].map(String);
    const { client, reports } = await open(
      { smppTls: { key: key ?? '', cert: cert ?? '' } },
      { ca: cert ?? '' },
    );
    expect(await client.submit(sms())).toMatchObject({ kind: 'answered' });
    await until(() => reports().length === 1);
  });
});
