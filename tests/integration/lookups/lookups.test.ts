import { onTestFinished, describe, expect, it } from 'vitest';
import { appError, type AppError } from '#shared/errors.ts';
import type { Lookup } from '#shared/ipc/lookups.ts';
import { err, ok } from '#shared/result.ts';
import { lookupQueries } from '../../../main/engine/features/lookups/queries.ts';
import { createLookups } from '../../../main/engine/features/lookups/service.ts';
import type { Lookups as LookupCalls } from '../../../main/engine/gateways/gateway.ts';
import { reading } from '../../../main/engine/gateways/reading/reading.ts';
import { nullLog } from '../../../main/logging/log.ts';
import { manualClock } from '../accounts/manual-clock.ts';
import { tempFolder } from '../store/temp-folder.ts';
import {
  ACCOUNT,
  CAN,
  factsAbout,
  fakeAccounts,
  fakeGateway,
  featureStore,
  OTHER,
  queryPlans,
  rowsOf,
} from '../support/feature.ts';

const RECEIVER = 'https://receiver.test/secret/lookups';
const number = (n: number) => `88017120${String(n).padStart(5, '0')}`;
const numbers = (count: number) => Array.from({ length: count }, (_, n) => number(n)).join('\n');

const pushed = (messageId: string | null, to: string, status: object = { id: 5, groupId: 3 }) =>
  JSON.stringify({ results: [{ messageId, to, status }] });

const noted = (): void => undefined;

/** Lookup calls that note what they were asked and answer by `answer`, unless a failure was ordered. */
function calls(answer = (msisdn: string) => [factsAbout(msisdn)]) {
  const asked: string[][] = [];
  const state = {
    failures: [] as AppError[],
    /** Holds answers back while it is set. */
    gate: null as Promise<void> | null,
    onAsked: noted,
    idsGiven: 0,
  };
  const lookups: LookupCalls = {
    async query(to) {
      asked.push([...to]);
      state.onAsked();
      await state.gate;
      const failure = state.failures.shift();
      return failure ? err(failure) : ok(to.flatMap(answer));
    },
    notify(to, url) {
      asked.push([url, ...to]);
      const failure = state.failures.shift();
      if (failure) return Promise.resolve(err(failure));
      const pending = { reachable: null, statusId: 7, statusName: 'PENDING_ENROUTE' };
      return Promise.resolve(
        ok(to.map((msisdn) => ({ ...factsAbout(msisdn, `id-${++state.idsGiven}`), ...pending }))),
      );
    },
  };
  return { asked, state, lookups };
}

function build(lookups: LookupCalls, dir = tempFolder()) {
  const clock = manualClock();
  const store = featureStore(dir, clock);
  const accounts = fakeAccounts({
    [ACCOUNT]: fakeGateway({ lookups }),
    [OTHER]: fakeGateway({ capabilities: { ...CAN, lookup: 'sync' }, lookups }),
  });
  const state = { receiver: RECEIVER as string | null };
  const service = createLookups({
    space: 'real',
    store,
    accounts: accounts.access,
    reading,
    clock,
    log: nullLog,
    notifyAddress: () => state.receiver,
  });
  const close = async () => {
    await service.close();
    store.close();
  };
  const start = (text: string, mode: Lookup['mode'] = 'sync') => {
    const started = service.start({ accountId: ACCOUNT, numbers: text, mode });
    if (!started.ok) throw new Error(started.error.code);
    return started.value.id;
  };
  /** Resolves with the lookup as soon as `met` is true of it. */
  const until = (id: number, met: (lookup: Lookup) => boolean) =>
    new Promise<Lookup>((resolve) => {
      const look = () => {
        const lookup = service.get(id);
        if (!lookup || !met(lookup)) return;
        off();
        resolve(lookup);
      };
      const off = service.onChange(look);
      look();
    });
  const ended = (id: number) => until(id, ({ state: now }) => now !== 'running');
  const push = (messageId: string | null, to: string, status: object = { id: 5, groupId: 3 }) =>
    service.take(ACCOUNT, { body: pushed(messageId, to, status), receivedAt: clock.now() });
  return { clock, store, accounts, service, state, start, until, ended, push, close };
}

function opened(lookups: LookupCalls) {
  const built = build(lookups);
  onTestFinished(() => built.close());
  return built;
}

describe('asking and waiting', () => {
  it('says what a lookup would ask', () => {
    const { service } = opened(calls().lookups);
    expect(service.plan('01712345678, 01712345678; 02-9551234\n+8801812345678')).toEqual({
      numbers: 2,
      invalid: 1,
      duplicates: 1,
    });
  });

  it('asks about every number once, in growing chunks, and keeps the facts', async () => {
    const { asked, lookups } = calls();
    const { start, ended, service } = opened(lookups);
    const id = start(numbers(350));
    expect(await ended(id)).toMatchObject({
      state: 'done',
      total: 350,
      answered: 350,
      failed: 0,
      problem: null,
    });
    expect(asked.map(({ length }) => length)).toEqual([1, 2, 4, 8, 16, 32, 64, 100, 100, 23]);
    expect(new Set(asked.flat()).size).toBe(350);
    const rows = service.rows(id, undefined, 2);
    expect(rows).toMatchObject({
      ok: true,
      value: { next: '1', rows: [{ facts: { mccmnc: '47001' } }, {}] },
    });
    const known = service.known('0171200034', undefined, 500);
    expect(known.rows.map(({ msisdn }) => msisdn)).toEqual(
      Array.from({ length: 10 }, (_, n) => number(340 + n)),
    );
  });

  it('asks about fewer at a time when answers take long', async () => {
    const { asked, state, lookups } = calls();
    const { start, ended, clock } = opened(lookups);
    state.onAsked = () => clock.advance(asked.length < 5 ? 100 : 5_000);
    await ended(start(numbers(40)));
    expect(asked.map(({ length }) => length)).toEqual([1, 2, 4, 8, 16, 8, 1]);
  });

  it('shows speed and time left while it runs, and neither afterwards', async () => {
    const { asked, state, lookups } = calls();
    const { start, ended, clock, service } = opened(lookups);
    const seen: Lookup[] = [];
    state.onAsked = () => clock.advance(1_000);
    service.onChange((id) => {
      const lookup = service.get(id);
      if (lookup?.state === 'running') seen.push(lookup);
    });
    const done = await ended(start(numbers(20)));
    expect(asked.length).toBeGreaterThan(3);
    const last = seen.at(-2);
    expect(last?.ratePerSecond).toBeGreaterThan(0);
    expect(last?.timeLeft).toBeGreaterThan(0);
    expect(done).toMatchObject({ ratePerSecond: null, timeLeft: null });
  });

  it('matches answers by number however it is echoed, and says where none came', async () => {
    const { lookups } = calls((msisdn) =>
      msisdn === number(1) ? [] : [{ ...factsAbout(`+${msisdn}`), reachable: msisdn !== number(2) }],
    );
    const { start, ended, service } = opened(lookups);
    const id = start(numbers(3));
    expect(await ended(id)).toMatchObject({ state: 'done', answered: 2, failed: 1 });
    const rows = service.rows(id, undefined, 10);
    expect(rows.ok && rows.value.rows.map(({ facts, problem }) => [facts?.reachable, problem])).toEqual([
      [true, null],
      [undefined, 'no-answer'],
      [false, null],
    ]);
  });

  it('waits for a busy gateway as long as it says, then goes on by itself', async () => {
    const { asked, state, lookups } = calls();
    const { start, ended, clock } = opened(lookups);
    state.failures = [appError('GATEWAY_BUSY', { httpStatus: 429, retryAfter: 30 })];
    const asking = new Promise<void>((resolve) => (state.onAsked = resolve));
    const id = start(numbers(1));
    await asking;
    for (let turn = 0; turn < 5; turn++) await Promise.resolve();
    clock.advance(29_000);
    expect(asked).toHaveLength(1);
    clock.advance(1_000);
    expect(await ended(id)).toMatchObject({ state: 'done', answered: 1 });
  });
});

describe('standing still and going on', () => {
  it.each([500, 503, 408, undefined])(
    'stops when the gateway fails with %s, since the numbers may have been charged for',
    async (httpStatus) => {
      const { asked, state, lookups } = calls();
      const { start, ended, service } = opened(lookups);
      const facts = { retryAfter: 1, ...(httpStatus !== undefined && { httpStatus }) };
      state.failures = [appError('GATEWAY_BUSY', facts)];
      const id = start(numbers(1));
      expect(await ended(id)).toMatchObject({ state: 'failed', problem: 'GATEWAY_BUSY', answered: 0 });
      expect(asked).toHaveLength(1);
      expect(service.resume(id)).toEqual(ok(null));
      expect(await ended(id)).toMatchObject({ state: 'done', answered: 1 });
    },
  );

  it('stops at a failure without asking again, and goes on when told to', async () => {
    const { asked, state, lookups } = calls();
    const { start, ended, service } = opened(lookups);
    const id = start('01712000000');
    await ended(id);
    state.failures = [appError('GATEWAY_UNREACHABLE')];
    const second = start(numbers(20));
    expect(await ended(second)).toMatchObject({
      state: 'failed',
      problem: 'GATEWAY_UNREACHABLE',
      answered: 0,
    });
    expect(asked).toHaveLength(2);
    expect(service.resume(second)).toEqual(ok(null));
    expect(await ended(second)).toMatchObject({ state: 'done', answered: 20, problem: null });
    expect(service.resume(second)).toMatchObject({ error: { code: 'NOT_POSSIBLE_NOW' } });
    expect(service.resume(99)).toMatchObject({ error: { code: 'NOT_FOUND' } });
  });

  it('fails with the reason when the password cannot be had, and asks nobody', async () => {
    const { asked, lookups } = calls();
    const { ended, service, accounts } = opened(lookups);
    accounts.access.gatewayFor = () => Promise.resolve(err(appError('VAULT_LOCKED')));
    const started = service.start({ accountId: ACCOUNT, numbers: numbers(1), mode: 'sync' });
    expect(started.ok && (await ended(started.value.id))).toMatchObject({
      state: 'failed',
      problem: 'VAULT_LOCKED',
    });
    expect(asked).toEqual([]);
  });

  it('keeps answers that came when the user stops it, and asks only about the rest afterwards', async () => {
    const { asked, state, lookups } = calls();
    const { start, ended, service } = opened(lookups);
    let stopping: Promise<unknown> = Promise.resolve();
    state.onAsked = () => {
      if (asked.length === 4) stopping = service.stop(1);
    };
    const id = start(numbers(100));
    await ended(id);
    await stopping;
    expect(service.get(id)).toMatchObject({ state: 'stopped', problem: null, answered: 15 });
    service.resume(id);
    expect(await ended(id)).toMatchObject({ state: 'done', answered: 100 });
    expect(asked.flat()).toHaveLength(100);
  });

  it('asks about a number without an answer again', async () => {
    let silent = true;
    const { lookups } = calls((msisdn) => (silent ? [] : [factsAbout(msisdn)]));
    const { start, ended, service } = opened(lookups);
    const id = start(numbers(3));
    expect(await ended(id)).toMatchObject({ state: 'done', failed: 3 });
    silent = false;
    expect(service.resume(id).ok).toBe(true);
    expect(await ended(id)).toMatchObject({ state: 'done', answered: 3, failed: 0 });
  });

  it('is interrupted by the end of the program and goes on only when told to', async () => {
    const dir = tempFolder();
    const first = calls();
    const before = build(first.lookups, dir);
    let closing: Promise<unknown> = Promise.resolve();
    first.state.onAsked = () => {
      if (first.asked.length === 3) closing = before.service.close();
    };
    const id = before.start(numbers(50));
    await before.ended(id);
    await closing;
    before.store.close();

    const second = calls();
    const after = build(second.lookups, dir);
    onTestFinished(() => after.close());
    after.service.open();
    expect(after.service.get(id)).toMatchObject({ state: 'stopped', problem: 'interrupted', answered: 7 });
    expect(second.asked).toEqual([]);
    after.service.resume(id);
    expect(await after.ended(id)).toMatchObject({ state: 'done', answered: 50 });
    expect(new Set([...first.asked.flat(), ...second.asked.flat()]).size).toBe(50);
  });

  it('is interrupted as well when the program was killed', async () => {
    const { lookups } = calls();
    const { service, store, start, ended } = opened(lookups);
    const id = start(numbers(2));
    await ended(id);
    // What a kill in the middle leaves on the disk.
    store.db.exec("UPDATE lookups SET state = 'running', answered = 1");
    store.db.exec('UPDATE lookup_rows SET facts = NULL, at = NULL WHERE position = 1');
    service.open();
    expect(service.get(id)).toMatchObject({ state: 'stopped', problem: 'interrupted' });
    service.resume(id);
    expect(await ended(id)).toMatchObject({ state: 'done', answered: 2 });
  });
});

describe('pushed answers', () => {
  it('are matched by id and by number, and end the lookup with the last one', async () => {
    const { asked, lookups } = calls();
    const { start, ended, service, push } = opened(lookups);
    const id = start(numbers(3), 'async');
    expect(await ended(id)).toMatchObject({ state: 'waiting', answered: 0, mode: 'async' });
    expect(asked.every(([url]) => url === RECEIVER)).toBe(true);
    push('id-2', 'unusable');
    push(null, `+${number(0)}`);
    // Repeated, foreign, and not final: none of them counts.
    push('id-2', 'unusable');
    push('id-99', '8801999999999');
    push('id-3', number(2), { id: 3, groupId: 1 });
    expect(service.get(id)).toMatchObject({ state: 'waiting', answered: 2 });
    push('id-3', number(2));
    expect(service.get(id)).toMatchObject({ state: 'done', answered: 3 });
    expect(service.known(undefined, undefined, 10).rows.map(({ msisdn }) => msisdn)).toEqual([
      number(0),
      number(1),
      number(2),
    ]);
  });

  it('of another account are not taken for ours', async () => {
    const { lookups } = calls();
    const { start, ended, service, clock } = opened(lookups);
    const id = start(numbers(1), 'async');
    await ended(id);
    service.take(OTHER, { body: pushed('id-1', number(0)), receivedAt: clock.now() });
    expect(service.get(id)).toMatchObject({ state: 'waiting', answered: 0 });
  });

  it('are stored before they are read: unreadable ones stay, unread ones are read at the next start', async () => {
    const { lookups } = calls();
    const { start, ended, service, store, clock } = opened(lookups);
    const id = start(numbers(1), 'async');
    await ended(id);
    expect(service.take(ACCOUNT, { body: '<x', receivedAt: clock.now() })).toEqual({ entries: null });
    store.db
      .prepare("INSERT INTO journal (account_id, source, body, received_at) VALUES (?, 'lookup', ?, 5)")
      .run(ACCOUNT, pushed('id-1', number(0)));
    service.open();
    expect(service.get(id)).toMatchObject({ state: 'done', answered: 1 });
    expect(rowsOf(store.db, 'SELECT body FROM journal WHERE parsed_at IS NULL')).toEqual([{ body: '<x' }]);
  });

  it('are not awaited for a number that was refused at once', async () => {
    const { lookups } = calls();
    const refused = { reachable: null, statusId: 14, statusName: 'BLACKLISTED' };
    const { start, ended, service } = opened({
      ...lookups,
      notify: (to) => Promise.resolve(ok(to.map((msisdn) => ({ ...factsAbout(msisdn), ...refused })))),
    });
    const id = start(numbers(2), 'async');
    expect(await ended(id)).toMatchObject({ state: 'done', answered: 2 });
    const rows = service.rows(id, undefined, 1);
    expect(rows).toMatchObject({ value: { rows: [{ facts: { statusId: 14, reachable: null } }] } });
  });

  it('that never come can be asked for again', async () => {
    const { asked, lookups } = calls();
    const { start, ended, service, state } = opened(lookups);
    const id = start(numbers(2), 'async');
    await ended(id);
    expect(service.resume(id)).toMatchObject({ error: { code: 'NOT_POSSIBLE_NOW' } });
    await service.stop(id);
    state.receiver = null;
    expect(service.resume(id)).toMatchObject({ error: { code: 'NOT_POSSIBLE_NOW' } });
    state.receiver = RECEIVER;
    service.resume(id);
    expect(await ended(id)).toMatchObject({ state: 'waiting' });
    expect(asked.flat().filter((to) => to === number(0))).toHaveLength(2);
  });
});

describe('refusals', () => {
  it('come before anything is stored', () => {
    const { service, state, store, accounts } = opened(calls().lookups);
    const start = (accountId: string, text: string, mode: Lookup['mode']) => {
      const started = service.start({ accountId, numbers: text, mode });
      return started.ok ? 'started' : started.error.code;
    };
    expect(start(ACCOUNT, 'nothing here', 'sync')).toBe('NOTHING_TO_SEND');
    expect(start(OTHER, numbers(1), 'async')).toBe('NOT_SUPPORTED');
    state.receiver = null;
    expect(start(ACCOUNT, numbers(1), 'async')).toBe('RECEIVER_FAILED');
    accounts.state.active = [OTHER];
    expect(start(ACCOUNT, numbers(1), 'sync')).toBe('NOT_FOUND');
    expect(rowsOf(store.db, 'SELECT id FROM lookups')).toEqual([]);
  });
});

describe('lists', () => {
  it('are paged by key', async () => {
    const { start, ended, service } = opened(calls().lookups);
    for (let n = 0; n < 5; n++) await ended(start(number(n)));
    const first = service.list(undefined, 3);
    expect(first.ok && first.value.rows.map(({ id }) => id)).toEqual([5, 4, 3]);
    const rest = service.list(first.ok ? first.value.next : '', 3);
    expect(rest).toMatchObject({ ok: true, value: { rows: [{ id: 2 }, { id: 1 }] } });
    expect(service.list('x', 3)).toMatchObject({ error: { code: 'INVALID_INPUT' } });
    const known = service.known(undefined, undefined, 2);
    expect(service.known(undefined, known.next, 2).rows[0]?.msisdn).toBe(number(2));
  });

  it('and everything else read rows by an index', () => {
    const { store } = opened(calls().lookups);
    const plans = queryPlans(store.db, (db) => void lookupQueries(db));
    const scans = plans.filter(
      // What is gone through as JSON are the numbers asked about.
      (plan) => /SCAN (?!j VIRTUAL)/u.test(plan) && !/journal_unparsed|lookups_running/u.test(plan),
    );
    expect(scans).toEqual([]);
    expect(plans.filter((plan) => plan.includes('TEMP B-TREE'))).toEqual([]);
  });
});
