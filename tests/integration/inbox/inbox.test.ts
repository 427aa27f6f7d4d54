import { onTestFinished, describe, expect, it } from 'vitest';
import { appError } from '#shared/errors.ts';
import { err, ok } from '#shared/result.ts';
import type { Gateway, InboxQuery } from '../../../main/engine/gateways/gateway.ts';
import { inboxQueries } from '../../../main/engine/features/inbox/queries.ts';
import { createInbox } from '../../../main/engine/features/inbox/service.ts';
import { reading } from '../../../main/engine/gateways/reading/reading.ts';
import { nullLog } from '../../../main/logging/log.ts';
import { manualClock } from '../accounts/manual-clock.ts';
import { tempFolder } from '../store/temp-folder.ts';
import {
  ACCOUNT,
  CAN,
  OTHER,
  fakeAccounts,
  fakeGateway,
  featureStore,
  queryPlans,
  rowsOf,
} from '../support/feature.ts';

const MINUTE = 60_000;
const page = (...results: object[]) => JSON.stringify({ results });
const sms = (
  n: number,
  more: { messageId?: string; from?: string; text?: string; receivedAt?: number } = {},
) => ({
  messageId: `m${n}`,
  from: '8801712345678',
  to: '4600',
  text: `text ${n}`,
  ...more,
  receivedAt: new Date(more.receivedAt ?? 1_795_000_000_000 + n).toISOString(),
});

function build(fetchInbox: Gateway['fetchInbox'] = () => Promise.resolve(err(appError('NOT_SUPPORTED')))) {
  const clock = manualClock();
  const store = featureStore(tempFolder(), clock);
  const accounts = fakeAccounts({ [ACCOUNT]: fakeGateway({ fetchInbox }) });
  accounts.state.active = [ACCOUNT];
  const deps = { store, accounts: accounts.access, reading, clock, log: nullLog };
  const inbox = createInbox(deps);
  onTestFinished(async () => {
    await inbox.stop();
    store.close();
  });
  const take = (...results: object[]) =>
    inbox.take(ACCOUNT, { body: page(...results), receivedAt: clock.now() });
  const thread = (partner = '8801712345678') => {
    const found = inbox.thread(partner, undefined, 100);
    return found.ok ? found.value.rows : [];
  };
  const list = (filter: { search?: string; unreadOnly?: boolean } = {}) => {
    const found = inbox.conversations(filter, undefined, 100);
    return found.ok ? found.value.rows : [];
  };
  return { clock, store, accounts, inbox, take, thread, list, again: () => createInbox(deps) };
}

describe('filing received messages', () => {
  it('files each message once, whichever way and however often it comes', () => {
    const { take, thread } = build();
    expect(take(sms(1), sms(2)).received).toBe(2);
    expect(take(sms(2), sms(3)).received).toBe(1);
    // The same message by a push without an id, before and after it was pulled with one.
    expect(take(sms(3, { messageId: '' })).received).toBe(0);
    expect(take(sms(4, { messageId: '' })).received).toBe(1);
    expect(take(sms(4)).received).toBe(0);
    expect(take(sms(4)).received).toBe(0);
    expect(thread().map(({ text }) => text)).toEqual(['text 4', 'text 3', 'text 2', 'text 1']);
  });

  it('files a message once for two accounts that sign in as the same user', () => {
    const { inbox, clock, take, thread } = build();
    take(sms(1));
    const again = inbox.take(OTHER, { body: page(sms(1), sms(2)), receivedAt: clock.now() });
    expect(again.received).toBe(1);
    expect(thread()).toHaveLength(2);
  });

  it('keeps two equal answers that carry neither id nor time', () => {
    const { take, thread, clock } = build();
    const yes = { from: '01712345678', text: 'YES' };
    expect(take(yes, yes).received).toBe(2);
    clock.advance(1);
    expect(take(yes).received).toBe(1);
    expect(thread()).toHaveLength(3);
  });

  it('keeps what it cannot read, and forgets what had nothing new', () => {
    const { inbox, take, store, clock } = build();
    expect(inbox.take(ACCOUNT, { body: '<html>', receivedAt: clock.now() })).toMatchObject({
      entries: null,
      received: 0,
    });
    take();
    take(sms(1));
    take(sms(1));
    take(sms(2), { text: 'nobody sent this' });
    expect(
      rowsOf(store.db, 'SELECT source, parsed_at IS NULL AS open, problem FROM journal ORDER BY id'),
    ).toEqual([
      { source: 'inbox', open: 1, problem: 'an element that is not closed' },
      { source: 'inbox', open: 0, problem: null },
      { source: 'inbox', open: 1, problem: '1 entries that are no message' },
    ]);
  });

  it('files after a restart what was stored but not filed', () => {
    const { store, again, thread } = build();
    // As a kill between the two commits leaves it.
    store.db
      .prepare("INSERT INTO journal (account_id, source, body, received_at) VALUES (?, 'inbox', ?, 5)")
      .run(ACCOUNT, page(sms(1)));
    const restarted = again();
    onTestFinished(() => restarted.stop());
    restarted.start();
    expect(thread().map(({ text }) => text)).toEqual(['text 1']);
    expect(rowsOf(store.db, 'SELECT id FROM journal WHERE parsed_at IS NULL')).toEqual([]);
  });

  it('throws when a body cannot be stored, so that the gateway keeps it', () => {
    const { take, store } = build();
    store.db.exec('PRAGMA query_only = 1');
    expect(() => take(sms(1))).toThrow(/readonly/iu);
  });
});

describe('conversations', () => {
  it('are keyed by number however it is written, and by name otherwise', () => {
    const { take, list } = build();
    take(sms(1), sms(2, { from: '01712-345678' }), sms(3, { from: 'bKash' }), sms(4, { from: '16247' }));
    expect(list().map(({ partner, unread, received }) => [partner, unread, received])).toEqual([
      ['16247', 1, 1],
      ['bKash', 1, 1],
      ['8801712345678', 2, 2],
    ]);
  });

  it('are paged by key without a repeat or a gap', () => {
    const { take, inbox } = build();
    take(...Array.from({ length: 25 }, (_, n) => sms(n, { from: `Name${n}`, receivedAt: 1_000 + (n >> 2) })));
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const found = inbox.conversations({}, cursor, 4);
      if (!found.ok) throw new Error(found.error.code);
      seen.push(...found.value.rows.map(({ partner }) => partner));
      cursor = found.value.next;
    } while (cursor !== undefined);
    expect(seen).toHaveLength(25);
    expect(new Set(seen).size).toBe(25);
    expect(inbox.conversations({}, 'x', 4)).toMatchObject({ ok: false, error: { code: 'INVALID_INPUT' } });
  });

  it('are found by number in local writing, by name and by words in any digits and case', () => {
    const { take, list } = build();
    take(
      sms(1, { text: 'মূল্য ৫০০ টাকা' }),
      sms(2, { from: 'BKash', text: 'Cash Out 100%' }),
      sms(3, { from: '01812345678', text: 'hello' }),
    );
    const found = (search: string) => list({ search }).map(({ partner }) => partner);
    expect(found('017123')).toEqual(['8801712345678']);
    expect(found('500')).toEqual(['8801712345678']);
    expect(found('bkash')).toEqual(['BKash']);
    expect(found('out cash')).toEqual(['BKash']);
    expect(found('0%')).toEqual(['BKash']);
    expect(found('_____________')).toEqual([]);
  });

  it('know what was read', () => {
    const { take, list, inbox } = build();
    take(sms(1), sms(2), sms(3, { from: 'Bank' }));
    expect(inbox.head()).toMatchObject({ unread: 3, conversations: 2 });
    inbox.markRead('8801712345678', true);
    expect(list({ unreadOnly: true }).map(({ partner }) => partner)).toEqual(['Bank']);
    inbox.markRead('8801712345678', false);
    expect(list()[1]).toMatchObject({ partner: '8801712345678', unread: 1, lastText: 'text 2' });
  });

  it('show the newest text of both directions, and threads merge them by time', () => {
    const { take, list, inbox, store } = build();
    const send = store.db.prepare(
      `INSERT INTO messages (account_id, msisdn, state, own_sender, own_text, created_at, changed_at)
       VALUES (?, '8801712345678', ?, 'School', ?, ?, 0)`,
    );
    for (let n = 0; n < 10; n++) {
      take(sms(n, { receivedAt: 1_000 + n * 2 }));
      // Every second one falls into the same millisecond as a received one.
      send.run(ACCOUNT, 'delivered', `sent ${n}`, 1_000 + n * 2 + (n % 2));
    }
    send.run(ACCOUNT, 'left-out', 'never sent', 9_000);
    expect(list()[0]).toMatchObject({ lastText: 'sent 9', lastAt: 1_019, lastIn: false });
    const seen: { key: string; at: number }[] = [];
    let cursor: string | undefined;
    do {
      const found = inbox.thread('8801712345678', cursor, 3);
      if (!found.ok) throw new Error(found.error.code);
      seen.push(...found.value.rows);
      cursor = found.value.next;
    } while (cursor !== undefined);
    expect(new Set(seen.map(({ key }) => key)).size).toBe(20);
    expect(seen).toHaveLength(20);
    expect(seen.map(({ at }) => at)).toEqual(seen.map(({ at }) => at).sort((a, b) => b - a));
  });
});

describe('asking for messages', () => {
  /** A gateway that hands out its messages once and keeps a log of the last. */
  function server(total: number) {
    const asked: InboxQuery[] = [];
    let next = 0;
    const state = { fails: null as 'GATEWAY_UNREACHABLE' | null, loses: false };
    const fetchInbox: Gateway['fetchInbox'] = (query) => {
      asked.push(query);
      if (state.fails) return Promise.resolve(err(appError(state.fails)));
      const limit = query.limit ?? 50;
      // The log is read backwards; what is handed out once goes in the order it came.
      const before = (query.until ?? Infinity) - 1_795_000_000_000;
      const until = query.logs ? Math.min(next, before + 1) : Math.min(total, next + limit);
      const from = query.logs ? Math.max(0, until - limit) : next;
      if (!query.logs) next = until;
      const entries = Array.from({ length: until - from }, (_, at) => sms(from + at));
      const answer = ok({ body: page(...entries), receivedAt: 1 });
      return Promise.resolve(state.loses ? err(appError('GATEWAY_UNREACHABLE')) : answer);
    };
    return { asked, state, fetchInbox };
  }

  it('takes pages until one is not full, then reads the log once a run', async () => {
    const { asked, fetchInbox } = server(430);
    const { inbox } = build(fetchInbox);
    expect(await inbox.fetch()).toEqual({ received: 430, failed: null });
    expect(asked.map(({ logs }) => logs === true)).toEqual([false, false, false, true]);
    expect(await inbox.fetch()).toEqual({ received: 0, failed: null });
    expect(asked).toHaveLength(5);
  });

  it('finds in the log what was handed out but lost on the way', async () => {
    const { asked, state, fetchInbox } = server(2_300);
    const { inbox } = build(fetchInbox);
    state.loses = true;
    expect(await inbox.fetch()).toMatchObject({ received: 0, failed: 'GATEWAY_UNREACHABLE' });
    state.loses = false;
    expect(await inbox.fetch()).toEqual({ received: 2_300, failed: null });
    expect(asked.filter(({ logs }) => logs)).toHaveLength(3);
  });

  it('asks by itself every five minutes, and more seldom while that fails', async () => {
    const { asked, state, fetchInbox } = server(1);
    const { inbox, clock } = build(fetchInbox);
    inbox.start();
    expect(asked).toHaveLength(0);
    const settled = () =>
      new Promise<void>((resolve) => {
        const off = inbox.onChange(() => {
          off();
          resolve();
        });
      });
    const tick = async () => {
      const before = asked.length;
      const done = settled();
      clock.advance(5 * MINUTE);
      await Promise.resolve();
      await Promise.resolve();
      if (asked.length > before) await done;
      return asked.length - before;
    };
    expect(await tick()).toBeGreaterThan(0);
    expect(inbox.head().unread).toBe(1);
    state.fails = 'GATEWAY_UNREACHABLE';
    expect(await tick()).toBe(1);
    expect(inbox.head().failed).toBe('GATEWAY_UNREACHABLE');
    expect([await tick(), await tick(), await tick(), await tick(), await tick()]).toEqual([0, 1, 0, 0, 0]);
  });

  it('leaves alone accounts whose password was not needed yet, and asks them when told to', async () => {
    const { asked, fetchInbox } = server(0);
    const { inbox, clock, accounts } = build(fetchInbox);
    accounts.state.secretsKnown = false;
    inbox.start();
    clock.advance(30 * MINUTE);
    expect(accounts.state.opened).toEqual([]);
    await inbox.fetch();
    expect(asked).toHaveLength(2);
  });

  it('tells a failure by its code, and forgets it after the next success', async () => {
    const { state, fetchInbox } = server(0);
    const { inbox } = build(fetchInbox);
    state.fails = 'GATEWAY_UNREACHABLE';
    expect(await inbox.fetch()).toEqual({ received: 0, failed: 'GATEWAY_UNREACHABLE' });
    state.fails = null;
    expect(await inbox.fetch()).toEqual({ received: 0, failed: null });
    expect(inbox.head()).toMatchObject({ failed: null, receivingAccounts: [ACCOUNT] });
  });

  it('asks nothing of an account that cannot be asked', async () => {
    const clock = manualClock();
    const store = featureStore(tempFolder(), clock);
    onTestFinished(() => store.close());
    const gateway = fakeGateway({ capabilities: { ...CAN, inbox: 'stream' } });
    const accounts = fakeAccounts({ [ACCOUNT]: gateway });
    accounts.state.active = [ACCOUNT];
    const inbox = createInbox({
      store,
      accounts: accounts.access,
      reading,
      clock,
      log: nullLog,
    });
    expect(await inbox.fetch()).toEqual({ received: 0, failed: null });
    expect(accounts.state.opened).toEqual([]);
    expect(inbox.head().receivingAccounts).toEqual([ACCOUNT]);
  });
});

describe('the way to the rows', () => {
  it('reads no table whole for a page of conversations, a thread, or a body', () => {
    const { store } = build();
    const plans = queryPlans(store.db, (db) => {
      inboxQueries(db).conversations(
        { words: [], digits: '', unreadOnly: true },
        { at: 5, partner: 'x' },
        10,
      );
    });
    const conversations = plans.at(-1) ?? '';
    expect(conversations).toContain('conversations_newest');
    expect(conversations).not.toContain('TEMP B-TREE');
    const scans = plans.filter((plan) => /SCAN (i|m|inbox|messages|journal|t|u|r)\b/u.test(plan));
    expect(scans.filter((plan) => !/inbox_unread|journal_unparsed/u.test(plan))).toEqual([]);
    const threads = plans.filter(
      (plan) =>
        plan.startsWith('SELECT i.id, i.received_at') || plan.includes('m.msisdn = ? AND (m.created_at'),
    );
    expect(threads).toHaveLength(2);
    for (const plan of threads) expect(plan).not.toContain('TEMP B-TREE');
    expect(threads.join()).toMatch(/inbox_partner[^]*messages_msisdn/u);
  });
});
