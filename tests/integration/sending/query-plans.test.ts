import { DatabaseSync, type DatabaseSyncInstance } from '@photostructure/sqlite';
import { describe, expect, it } from 'vitest';
import { campaignQueries } from '../../../main/engine/features/campaigns/queries.ts';
import { retryQueries } from '../../../main/engine/features/campaigns/retry-queries.ts';
import { viewQueries } from '../../../main/engine/features/campaigns/view-queries.ts';
import { draftQueries } from '../../../main/engine/features/drafts/queries.ts';
import { templateQueries } from '../../../main/engine/features/drafts/template-queries.ts';
import { messageQueries } from '../../../main/engine/features/messages/queries.ts';
import { outboxQueries } from '../../../main/engine/features/outbox/queries.ts';
import { reportQueries } from '../../../main/engine/features/reports/queries.ts';
import { migrate } from '../../../main/engine/store/migrate.ts';
import { MIGRATIONS } from '../../../main/engine/store/migrations/all.ts';

/** Collects the SQL that a feature prepares, and what SQLite would do for each statement. */
function plansOf(prepareAll: (db: DatabaseSyncInstance) => void): string[] {
  const db = new DatabaseSync(':memory:');
  migrate(db, MIGRATIONS);
  const statements: string[] = [];
  const recording = new Proxy(db, {
    get(target, name) {
      if (name !== 'prepare') return Reflect.get(target, name, target) as unknown;
      return (sql: string) => {
        statements.push(sql);
        return target.prepare(sql);
      };
    },
  });
  prepareAll(recording);
  return statements.map((sql) => {
    const rows = db.prepare(`EXPLAIN QUERY PLAN ${sql}`).all() as { detail: string }[];
    return `${sql.replace(/\s+/gu, ' ').trim()}\n  ${rows.map(({ detail }) => detail).join('\n  ')}`;
  });
}

const scans = (plans: readonly string[]) =>
  plans.filter((plan) => /SCAN (m|messages|reports|journal|r)\b/u.test(plan));

describe('no statement reads a whole table that grows', () => {
  it('while planning', () => expect(scans(plansOf((db) => void campaignQueries(db)))).toEqual([]));
  it('while showing a campaign and what of it can be sent again', () => {
    const plans = plansOf((db) => {
      viewQueries(db);
      retryQueries(db);
    });
    expect(scans(plans)).toEqual([]);
    // The heads of campaigns are asked for at every change: nothing that counts looks at the messages themselves.
    const counting = plans.filter((plan) => /COUNT\(\*\)|SUM\(/u.test(plan) && !plan.includes("'undecided'"));
    expect(counting.length).toBeGreaterThan(2);
    for (const plan of counting) expect(plan).toContain('COVERING INDEX messages_campaign');
    const repeated = plans.filter((plan) => plan.includes('r.retry_of'));
    expect(repeated).toHaveLength(2);
    for (const plan of repeated) expect(plan).toContain('INDEX messages_retry (retry_of=?)');
  });
  it('while sending', () => {
    const found = scans(plansOf((db) => void outboxQueries(db)));
    // The partial index holds open messages alone: reading it through is reading the queue.
    expect(found.filter((plan) => !plan.includes('messages_lane'))).toEqual([]);
  });
  it('nor all messages of a state, while a few of them change', () => {
    const changing = plansOf((db) => void outboxQueries(db)).filter(
      (plan) => plan.startsWith('UPDATE messages SET') && /\bid IN \(|json_each/u.test(plan),
    );
    expect(changing.length).toBeGreaterThan(5);
    for (const plan of changing)
      expect(plan).toContain('SEARCH messages USING INTEGER PRIMARY KEY (rowid=?)');
  });
  it('while asking which campaigns have something open, and when it is due', () => {
    const asking = plansOf((db) => void outboxQueries(db)).filter((plan) =>
      plan.startsWith('WITH RECURSIVE'),
    );
    expect(asking).toHaveLength(7);
    for (const plan of asking) {
      // One step in the index for each campaign, however many messages each of them has.
      const messages = plan.split('\n').filter((line) => /^ *(?:SCAN|SEARCH) m\b/u.test(line));
      expect(messages.length).toBeGreaterThan(2);
      for (const line of messages) {
        expect(line).toMatch(
          /SEARCH m .*INDEX messages_(?:lane \(account_id=\? AND state=\?|campaign_order \(campaign_id=\?)/u,
        );
      }
      expect(plan).not.toContain('USE TEMP B-TREE FOR GROUP BY');
    }
  });
  it('while asking who must not be written to', () => {
    const plans = plansOf((db) => void outboxQueries(db));
    const asking = plans.filter((plan) => plan.includes('do_not_message'));
    expect(asking).toHaveLength(1);
    expect(asking[0]).toMatch(/SEARCH d (?:EXISTS )?USING PRIMARY KEY \(msisdn=\?\)/u);
    expect(asking[0]).toMatch(/SEARCH m USING INTEGER PRIMARY KEY/u);
  });
  it('while listing drafts, and how often templates were used', () => {
    const plans = plansOf((db) => {
      draftQueries(db);
      templateQueries(db);
    });
    const page = plans.find((plan) => plan.includes('FROM drafts WHERE (changed_at'));
    expect(page).toContain('drafts_newest');
    expect(page).not.toContain('TEMP B-TREE');
    expect(plans.filter((plan) => /SCAN c\b/u.test(plan))).toEqual([]);
  });
  it('while receiving', () => {
    const found = scans(plansOf((db) => void reportQueries(db)));
    expect(found.filter((plan) => !/journal_unparsed|reports_waiting/u.test(plan))).toEqual([]);
  });
  it('while showing the first page of the archive', () => {
    const plans = plansOf((db) => void messageQueries(db).page({}, { createdAt: 1, id: 1 }, 50));
    expect(plans.at(-1)).toContain('messages_newest');
    expect(plans.at(-1)).not.toContain('TEMP B-TREE');
  });
});
