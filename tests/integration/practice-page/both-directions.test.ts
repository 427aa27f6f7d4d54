import { describe, expect, it, onTestFinished } from 'vitest';
import { ok } from '#shared/result.ts';
import { systemClock } from '../../../main/engine/clock.ts';
import { USUAL_NAMES } from '../../../main/engine/features/receiver/inbound-query.ts';
import { createInbox } from '../../../main/engine/features/inbox/service.ts';
import { createLookups } from '../../../main/engine/features/lookups/service.ts';
import { createPractice } from '../../../main/engine/features/practice/service.ts';
import { createReceiver } from '../../../main/engine/features/receiver/service.ts';
import { reading } from '../../../main/engine/gateways/reading/reading.ts';
import { createRestGateway } from '../../../main/engine/gateways/rest/rest-gateway.ts';
import { nullLog } from '../../../main/logging/log.ts';
import { startPractice } from '../../../main/practice/practice.ts';
import { fakeHost } from '../accounts/fake-host.ts';
import { tempFolder } from '../store/temp-folder.ts';
import { ACCOUNT, fakeAccounts, featureStore } from '../support/feature.ts';

/** The features that receive, before a practice gateway that is asked and that pushes. */
async function build(format: 'json' | 'xml') {
  const clock = systemClock;
  const log = nullLog;
  const served = await startPractice({ delays: 100 });
  const gateway = createRestGateway(
    {
      serverAddress: served.url,
      allowHttp: true,
      credentials: () => Promise.resolve(ok({ userName: 'practice', password: 'practice' })),
    },
    { clock, format, abilities: { advanced: true, logs: true, inbox: true, lookup: true } },
  );
  const store = featureStore(tempFolder(), clock);
  const { access, state } = fakeAccounts({ [ACCOUNT]: gateway });
  state.active = [ACCOUNT];
  const inbox = createInbox({ store, accounts: access, reading, clock, log });
  const lookups = createLookups({
    space: 'real',
    store,
    accounts: access,
    reading,
    clock,
    log,
    notifyAddress: (account) => receiver.addressOf(account, 'lookups'),
  });
  const receiver = createReceiver({
    store,
    accounts: access,
    serverAddressOf: () => served.url,
    clock,
    log,
    take: { reports: inbox.take, inbound: inbox.take, lookups: lookups.take },
  });
  const { host, state: hostState } = fakeHost();
  hostState.practiceUrl = served.url;
  const practice = createPractice({ host: host.practice, fetchInbox: () => inbox.fetch(), log });
  onTestFinished(async () => {
    await receiver.stop();
    await Promise.all([inbox.stop(), lookups.close()]);
    await gateway.close();
    await served.close();
    store.close();
  });
  /** Looks up two numbers and gives their rows once the lookup ended. */
  const lookUp = async (mode: 'sync' | 'async') => {
    const started = lookups.start({ accountId: ACCOUNT, numbers: '01712000001 01812000002', mode });
    if (!started.ok) throw new Error(started.error.code);
    const { id } = started.value;
    await expect.poll(() => lookups.get(id)?.state, { timeout: 10_000 }).toBe('done');
    const rows = lookups.rows(id, undefined, 10);
    return rows.ok
      ? rows.value.rows.map(({ msisdn, facts }) => [msisdn, facts?.reachable, facts?.statusId])
      : [];
  };
  return { served, inbox, practice, receiver, lookUp };
}

const FOUND = [
  ['8801712000001', true, 5],
  ['8801812000002', true, 5],
];

describe.each(['json', 'xml'] as const)('with the practice gateway in %s', (format) => {
  it('a simulated SMS reaches the inbox, once', async () => {
    const { practice, inbox } = await build(format);
    const sent = await practice.simulateInbound({ from: '+8801712345678', text: 'হ্যাঁ <b>&amp;' });
    expect(sent.ok).toBe(true);
    const rows = () => {
      const thread = inbox.thread('8801712345678', undefined, 10);
      return thread.ok ? thread.value.rows : [];
    };
    await expect.poll(() => rows().length).toBe(1);
    await inbox.fetch();
    expect(rows().map(({ text }) => text)).toEqual(['হ্যাঁ <b>&amp;']);
    const status = await practice.status();
    expect(status).toMatchObject({ ok: true });
    expect(status.ok && status.value.requests).toBeGreaterThan(0);
  });

  it('numbers are looked up, waiting for the answers and having them pushed', async () => {
    const { lookUp, receiver } = await build(format);
    expect(await lookUp('sync')).toEqual(FOUND);
    const listening = await receiver.configure({
      enabled: true,
      everyInterface: false,
      port: 0,
      publicAddress: '',
      names: USUAL_NAMES,
    });
    expect(listening).toMatchObject({ ok: true, value: { state: 'listening' } });
    expect(await lookUp('async')).toEqual(FOUND);
    expect(receiver.view().accepted).toBeGreaterThan(0);
  });
});
