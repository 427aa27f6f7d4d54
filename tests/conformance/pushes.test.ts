import { describe, expect, onTestFinished, test } from 'vitest';
import type { RawBody } from '../../main/engine/gateways/gateway.ts';
import { createInbox } from '../../main/engine/features/inbox/service.ts';
import { USUAL_NAMES } from '../../main/engine/features/receiver/inbound-query.ts';
import { createReceiver } from '../../main/engine/features/receiver/service.ts';
import { reading } from '../../main/engine/gateways/reading/reading.ts';
import { systemClock } from '../../main/engine/clock.ts';
import { nullLog } from '../../main/logging/log.ts';
import { tempFolder } from '../integration/store/temp-folder.ts';
import { ACCOUNT, fakeAccounts, featureStore } from '../integration/support/feature.ts';
import { openPair, reportsIn, setPractice, type Pair } from './pair.ts';

/**
 * What the gateway sends by itself: the practice gateway pushes to the program's own receiver, and the client reads what came
 * (API document, "2.1 Introduction": reports by POST, inbound messages by GET; facts of the platform, "Push").
 */
const NUMBER = '8801613537347';

async function openReceiver() {
  const store = featureStore(tempFolder(), systemClock);
  const accounts = fakeAccounts({}).access;
  const around = { store, accounts, clock: systemClock, log: nullLog };
  const inbox = createInbox({ ...around, reading });
  const taken: { kind: string; raw: RawBody }[] = [];
  const take = (kind: string) => (account: string, raw: RawBody) => {
    taken.push({ kind, raw });
    if (kind === 'inbound') inbox.take(account, raw);
  };
  const receiver = createReceiver({
    ...around,
    serverAddressOf: () => null,
    take: { reports: take('reports'), inbound: take('inbound'), lookups: take('lookups') },
  });
  onTestFinished(async () => {
    await receiver.stop();
    store.close();
  });
  const settings = { enabled: true, everyInterface: false, port: 0, publicAddress: '', names: USUAL_NAMES };
  const view = await receiver.configure(settings);
  if (!view.ok) throw new Error(view.error.code);
  const own = view.value.addresses.find(({ accountId }) => accountId === ACCOUNT);
  if (own === undefined) throw new Error('no addresses');
  return { taken, inbox, own };
}

const send = (
  { gateway }: Pair,
  notify?: { url: string; contentType: 'application/json' | 'application/xml' },
) =>
  gateway.submit({
    sender: 'Friend',
    messages: [{ to: NUMBER, text: 'Hello', ownId: 'pushed-1' }],
    ...(notify && { options: { notify } }),
  });

describe('delivery reports by POST', () => {
  test.each([
    ['plain-v3', 'application/xml', '<DeliveryReport>'],
    ['rest-json', 'application/json', '{"results":['],
    ['rest-xml', 'application/xml', '<results>'],
  ] as const)('%s: to the address that the message names', async (protocol, contentType, begins) => {
    const { taken, own } = await openReceiver();
    const pair = await openPair(protocol, { everything: true });
    expect(await send(pair, { url: own.reports, contentType })).toMatchObject({ kind: 'answered' });
    pair.clock.now += 60_000;
    await expect.poll(() => taken).toHaveLength(1);
    const [push] = taken;
    expect(push?.raw.body).toContain(begins);
    const told = push && reportsIn({ ok: true, value: push.raw });
    expect(told).toMatchObject([{ gatewayMessageId: 'pushed-1', status: { groupId: 3 }, error: { id: 0 } }]);
    await expect.poll(async () => reportsIn(await pair.gateway.fetchReports({}))).toEqual([]);
  });

  test('to the predefined address of the account', async () => {
    const { taken, own } = await openReceiver();
    const pair = await openPair('plain-v3');
    await setPractice(pair.practice, { pushUrl: own.reports });
    await send(pair);
    pair.clock.now += 60_000;
    await expect.poll(() => taken.map(({ kind }) => kind)).toEqual(['reports']);
  });
});

test('received messages by GET become messages of the inbox', async () => {
  const { taken, inbox, own } = await openReceiver();
  const { practice, clock } = await openPair('plain-v3');
  await setPractice(practice, { inboundUrl: own.inbound });
  const text = 'হ্যাঁ & +1 = yes?';
  practice.receive('practice', { from: '8801711000001', to: '8809601000000', text });
  await expect.poll(() => taken.map(({ kind }) => kind)).toEqual(['inbound']);
  const thread = inbox.thread('8801711000001', undefined, 10);
  expect(thread.ok && thread.value.rows).toMatchObject([{ text, ours: '8809601000000', direction: 'in' }]);
  const at = thread.ok ? (thread.value.rows[0]?.at ?? 0) : 0;
  expect(Math.abs(at - clock.now)).toBeLessThan(2_000);
});

test.each(['json-v3', 'rest-json', 'rest-xml'] as const)(
  '%s: facts about numbers by POST',
  async (protocol) => {
    const { taken, own } = await openReceiver();
    const { practice, gateway, clock } = await openPair(protocol);
    await setPractice(practice, { hlrPushUrl: own.lookups });
    const asked = await gateway.lookups?.notify?.([NUMBER, '8801999030001'], own.lookups);
    const given = asked?.ok ? asked.value.map(({ lookupId }) => lookupId) : [];
    expect(given).toEqual([expect.any(String), expect.any(String)]);
    // What REST posts has the form of the answer at once, which has no ids: numbers tell what belongs together.
    const ids = protocol === 'json-v3' ? given : [null, null];
    clock.now += 60_000;
    const answers = () =>
      taken.flatMap(({ raw }) => {
        const read = reading.lookups(raw.body);
        return read.ok ? read.value.answers : [];
      });
    await expect.poll(() => answers().length).toBe(2);
    expect([...answers()].sort((one, other) => one.msisdn.localeCompare(other.msisdn))).toMatchObject([
      { msisdn: NUMBER, lookupId: ids[0], reachable: true, ported: false, errorId: 0 },
      { msisdn: '8801999030001', lookupId: ids[1], reachable: true, ported: true },
    ]);
  },
);
