import type { Migration } from '../migrate.ts';

/**
 * Guards and limits, learned prices by operator, canaries, quiet hours, sendings that are repeated, and messages that are sent again.
 *
 * `rules.value` holds what differs from the defaults, as JSON. `campaigns.fingerprint` stands for the words of a campaign (the same for
 * texts that differ by blanks only). `canary_until` is the id of the last message that goes ahead while the others wait for it.
 * `quiet` is 1 while the quiet hours count for a campaign. `urgent` ones go before the others. `messages.estimate_micros` is what a
 * message was expected to cost, `retry_of` the failed one that it repeats, `retries` how often it was queued again by itself.
 * `prices` is what a part last cost by operator (the name of the network; empty: any) and class (empty: any). `told_at`: that a
 * campaign has ended, or stands still, was told.
 * `retry_when_over` is 1 while a campaign is to be sent again by itself, when it is over, to those it failed to reach for a while only.
 * `messages_campaign` counts a campaign's messages and their money without looking at them.
 * `messages_lane` finds the campaigns that have something open with one step for each, and what is next of one; it takes the place of two
 * indexes that each change of an open message had to keep. Its condition is written with OR: an IN of more than two values would be built
 * anew, as a table, for each row that is written. The triggers that keep `number_health` watch `error_permanent`, which each report sets,
 * and no more the state, which changes four times before there is any report.
 */
export const ledgerUnderFire: Migration = {
  version: 40,
  name: 'ledger-under-fire',
  sql: `
    CREATE TABLE rules (
      id INTEGER PRIMARY KEY CHECK (id = 1),
      value TEXT NOT NULL,
      changed_at INTEGER NOT NULL
    ) STRICT;

    ALTER TABLE campaigns ADD COLUMN fingerprint TEXT;
    ALTER TABLE campaigns ADD COLUMN class TEXT;
    ALTER TABLE campaigns ADD COLUMN quiet INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE campaigns ADD COLUMN canary INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE campaigns ADD COLUMN canary_until INTEGER;
    ALTER TABLE campaigns ADD COLUMN urgent INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE campaigns ADD COLUMN zone TEXT;
    ALTER TABLE campaigns ADD COLUMN retry_of INTEGER REFERENCES campaigns (id);
    ALTER TABLE campaigns ADD COLUMN series_id INTEGER;
    ALTER TABLE campaigns ADD COLUMN estimate_micros INTEGER;
    ALTER TABLE campaigns ADD COLUMN told_at INTEGER;
    ALTER TABLE campaigns ADD COLUMN retry_when_over INTEGER NOT NULL DEFAULT 0;
    CREATE INDEX campaigns_to_retry ON campaigns (id) WHERE retry_when_over = 1;
    UPDATE campaigns SET told_at = created_at;
    CREATE INDEX campaigns_untold ON campaigns (id) WHERE told_at IS NULL;
    CREATE INDEX campaigns_fingerprint ON campaigns (fingerprint, created_at) WHERE fingerprint IS NOT NULL;
    CREATE INDEX campaigns_created ON campaigns (created_at);
    CREATE INDEX campaigns_time ON campaigns (COALESCE(send_at, created_at), merged, fingerprint);
    CREATE INDEX campaigns_retry ON campaigns (retry_of) WHERE retry_of IS NOT NULL;
    CREATE INDEX campaigns_series ON campaigns (series_id, id) WHERE series_id IS NOT NULL;
    CREATE INDEX campaigns_planned ON campaigns (send_at) WHERE send_at IS NOT NULL;

    ALTER TABLE messages ADD COLUMN estimate_micros INTEGER;
    ALTER TABLE messages ADD COLUMN retry_of INTEGER;
    ALTER TABLE messages ADD COLUMN retries INTEGER NOT NULL DEFAULT 0;
    CREATE UNIQUE INDEX messages_retry ON messages (retry_of) WHERE retry_of IS NOT NULL AND state NOT IN ('cancelled', 'left-out');

    DROP INDEX messages_campaign;
    CREATE INDEX messages_campaign ON messages (campaign_id, state, price_micros, price_currency, estimate_micros);

    DROP INDEX messages_open;
    DROP INDEX messages_held;
    CREATE INDEX messages_lane ON messages (account_id, state, campaign_id, not_before)
      WHERE state = 'held' OR state = 'queued' OR state = 'submitting' OR state = 'uncertain';
    DROP TRIGGER messages_failed_for_good;
    CREATE TRIGGER messages_failed_for_good AFTER UPDATE OF error_permanent ON messages
      WHEN NEW.state = 'undeliverable' AND NEW.error_permanent = 1 AND OLD.state <> NEW.state
      BEGIN
        INSERT INTO number_health (msisdn, failures, failed_at) VALUES (NEW.msisdn, 1, NEW.changed_at)
        ON CONFLICT (msisdn) DO UPDATE SET
          failures = failures + 1,
          failed_at = excluded.failed_at,
          dead_since = CASE WHEN failures >= 2 THEN COALESCE(dead_since, excluded.failed_at) END;
      END;
    DROP TRIGGER messages_reached;
    CREATE TRIGGER messages_reached AFTER UPDATE OF error_permanent ON messages
      WHEN NEW.state = 'delivered' AND OLD.state <> NEW.state
      BEGIN DELETE FROM number_health WHERE msisdn = NEW.msisdn; END;
    CREATE INDEX messages_looks ON messages (account_id, not_before) WHERE state = 'uncertain';

    CREATE TABLE prices (
      account_id TEXT NOT NULL REFERENCES accounts (id),
      operator TEXT NOT NULL,
      class TEXT NOT NULL,
      micros INTEGER NOT NULL,
      currency TEXT NOT NULL,
      at INTEGER NOT NULL,
      PRIMARY KEY (account_id, operator, class)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE series (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      token TEXT NOT NULL UNIQUE,
      account_id TEXT NOT NULL REFERENCES accounts (id),
      name TEXT NOT NULL,
      request TEXT NOT NULL,
      recurrence TEXT NOT NULL,
      expected INTEGER NOT NULL,
      state TEXT NOT NULL,
      trouble TEXT,
      next_at INTEGER,
      occurrences INTEGER NOT NULL DEFAULT 0,
      created_at INTEGER NOT NULL,
      changed_at INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX series_next ON series (next_at) WHERE state = 'active';
  `,
};
