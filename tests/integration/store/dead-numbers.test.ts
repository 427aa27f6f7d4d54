import { DatabaseSync } from '@photostructure/sqlite';
import { expect, it, onTestFinished } from 'vitest';
import { migrate } from '../../../main/engine/store/migrate.ts';
import { MIGRATIONS } from '../../../main/engine/store/migrations/all.ts';

/** A store as the versions before number health left it, and what the program makes of it. */
function earlier() {
  const db = new DatabaseSync(':memory:');
  onTestFinished(() => db.close());
  migrate(
    db,
    MIGRATIONS.filter(({ version }) => version <= 20),
  );
  db.exec(
    "INSERT INTO accounts (id, name, protocol, server_address, user_name, created_at) VALUES ('a', 'A', 'rest-json', 'https://gateway.test', 'u', 0)",
  );
  const insert = db.prepare(
    "INSERT INTO messages (account_id, msisdn, state, error_permanent, created_at, changed_at) VALUES ('a', ?, ?, ?, 0, ?)",
  );
  return {
    db,
    /** What became of the messages to a number, each later than the one before; `F`: failed for good, `f`: for now, `d`: delivered. */
    told: (msisdn: string, fates: string) => {
      for (const [at, fate] of [...fates].entries()) {
        insert.run(msisdn, fate === 'd' ? 'delivered' : 'undeliverable', fate === 'F' ? 1 : 0, (at + 1) * 10);
      }
    },
    health: () => {
      migrate(db, MIGRATIONS);
      return db
        .prepare('SELECT msisdn, failures, failed_at, dead_since FROM number_health ORDER BY msisdn')
        .all();
    },
  };
}

it('numbers that failed in earlier versions are known when the store comes into this one', () => {
  const { db, told, health } = earlier();
  told('1', 'FFF');
  told('2', 'FFFdFF');
  told('3', 'dFfFFF');
  told('4', 'FFFd');
  told('5', 'fff');
  told('6', 'd');
  expect(health()).toEqual([
    { msisdn: '1', failures: 3, failed_at: 30, dead_since: 30 },
    { msisdn: '2', failures: 2, failed_at: 60, dead_since: null },
    { msisdn: '3', failures: 4, failed_at: 60, dead_since: 50 },
  ]);
  // A run goes on with what is told from now on.
  db.exec(`INSERT INTO messages (account_id, msisdn, state, created_at, changed_at) VALUES ('a', '2', 'accepted', 70, 70);
    UPDATE messages SET state = 'undeliverable', error_permanent = 1, changed_at = 80 WHERE msisdn = '2' AND state = 'accepted'`);
  expect(db.prepare("SELECT failures, dead_since FROM number_health WHERE msisdn = '2'").get()).toEqual({
    failures: 3,
    dead_since: 80,
  });
});

it('one number with tens of thousands of failures and deliveries takes no longer than many numbers', () => {
  const { db, health } = earlier();
  db.exec(`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 40000)
    INSERT INTO messages (account_id, msisdn, state, error_permanent, created_at, changed_at)
    SELECT 'a', '1', iif(i % 2, 'undeliverable', 'delivered'), 1, i, iif(i = 39990, 50000, i) FROM n`);
  expect(health()).toEqual([]);
});
