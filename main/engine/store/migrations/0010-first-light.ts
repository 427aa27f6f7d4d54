import type { Migration } from '../migrate.ts';

/**
 * Accounts, campaigns, one row per message, and the journal of everything received.
 *
 * A message's text and sender stand in its campaign; rows learned from the gateway's log (`origin = 'elsewhere'`) carry
 * their own. Prices are integer millionths. `gateway_message_id` is unique within an account: that is what makes a log
 * entry claimable at most once. `campaigns.planned` is the number of rows at planning: the equation is checked against it.
 */
export const firstLight: Migration = {
  version: 10,
  name: 'first-light',
  sql: `
    CREATE TABLE accounts (
      id TEXT PRIMARY KEY,
      name TEXT NOT NULL,
      protocol TEXT NOT NULL,
      server_address TEXT NOT NULL,
      allow_http INTEGER NOT NULL DEFAULT 0,
      user_name TEXT NOT NULL,
      is_default INTEGER NOT NULL DEFAULT 0,
      recipients_per_request INTEGER,
      balance_micros INTEGER,
      balance_currency TEXT,
      balance_at INTEGER,
      balance_failed TEXT,
      price_micros INTEGER,
      price_currency TEXT,
      created_at INTEGER NOT NULL,
      removed_at INTEGER
    ) STRICT;
    CREATE UNIQUE INDEX accounts_name ON accounts (name COLLATE NOCASE) WHERE removed_at IS NULL;

    CREATE TABLE senders (
      account_id TEXT NOT NULL REFERENCES accounts (id),
      position INTEGER NOT NULL,
      sender TEXT NOT NULL,
      PRIMARY KEY (account_id, sender)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE campaigns (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      token TEXT NOT NULL UNIQUE,
      account_id TEXT NOT NULL REFERENCES accounts (id),
      name TEXT NOT NULL,
      sender TEXT NOT NULL,
      text TEXT NOT NULL,
      text_folded TEXT NOT NULL,
      encoding TEXT NOT NULL,
      parts_per_message INTEGER NOT NULL,
      recipients_input TEXT NOT NULL,
      planned INTEGER NOT NULL,
      price_micros INTEGER,
      price_currency TEXT,
      created_at INTEGER NOT NULL,
      held_until INTEGER NOT NULL,
      pause_reason TEXT,
      cancelled_at INTEGER
    ) STRICT;

    CREATE TABLE messages (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      campaign_id INTEGER REFERENCES campaigns (id),
      account_id TEXT NOT NULL REFERENCES accounts (id),
      msisdn TEXT NOT NULL,
      input TEXT,
      state TEXT NOT NULL,
      reason TEXT,
      own_sender TEXT,
      own_text TEXT,
      attempts INTEGER NOT NULL DEFAULT 0,
      attempt_at INTEGER,
      not_before INTEGER,
      looks INTEGER NOT NULL DEFAULT 0,
      gateway_message_id TEXT,
      bulk_id TEXT,
      status_id INTEGER,
      status_group INTEGER,
      status_name TEXT,
      error_id INTEGER,
      error_name TEXT,
      error_permanent INTEGER,
      parts INTEGER,
      price_micros INTEGER,
      price_currency TEXT,
      mccmnc TEXT,
      created_at INTEGER NOT NULL,
      sent_at INTEGER,
      done_at INTEGER,
      changed_at INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX messages_campaign ON messages (campaign_id, state, price_micros, price_currency);
    CREATE INDEX messages_campaign_order ON messages (campaign_id, id);
    CREATE INDEX messages_newest ON messages (created_at, id);
    CREATE INDEX messages_state ON messages (state, created_at, id);
    CREATE INDEX messages_msisdn ON messages (msisdn, created_at, id);
    CREATE INDEX messages_open ON messages (account_id, state, not_before, id)
      WHERE state IN ('held', 'queued', 'submitting', 'uncertain');
    CREATE UNIQUE INDEX messages_gateway_id ON messages (account_id, gateway_message_id)
      WHERE gateway_message_id IS NOT NULL;

    -- Ids that the gateway gave to attempts which it turned down for want of credit and which were queued again.
    CREATE TABLE spent_ids (
      account_id TEXT NOT NULL,
      gateway_message_id TEXT NOT NULL,
      message_id INTEGER NOT NULL REFERENCES messages (id),
      PRIMARY KEY (account_id, gateway_message_id)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE events (
      id INTEGER PRIMARY KEY,
      message_id INTEGER NOT NULL REFERENCES messages (id),
      at INTEGER NOT NULL,
      state TEXT NOT NULL,
      note TEXT
    ) STRICT;
    CREATE INDEX events_message ON events (message_id, id);

    CREATE TABLE journal (
      id INTEGER PRIMARY KEY,
      account_id TEXT NOT NULL REFERENCES accounts (id),
      source TEXT NOT NULL,
      body TEXT NOT NULL,
      received_at INTEGER NOT NULL,
      parsed_at INTEGER,
      problem TEXT
    ) STRICT;
    CREATE INDEX journal_unparsed ON journal (id) WHERE parsed_at IS NULL;

    CREATE TABLE pulls (
      account_id TEXT PRIMARY KEY REFERENCES accounts (id),
      at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE reports (
      id INTEGER PRIMARY KEY,
      journal_id INTEGER NOT NULL REFERENCES journal (id),
      account_id TEXT NOT NULL REFERENCES accounts (id),
      source TEXT NOT NULL,
      gateway_message_id TEXT NOT NULL,
      received_at INTEGER NOT NULL,
      json TEXT NOT NULL,
      applied INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX reports_message ON reports (account_id, gateway_message_id, id);
    CREATE INDEX reports_journal ON reports (journal_id);
    CREATE INDEX reports_waiting ON reports (account_id, gateway_message_id) WHERE applied = 0;

    CREATE TABLE sweeps (
      id INTEGER PRIMARY KEY,
      account_id TEXT NOT NULL REFERENCES accounts (id),
      from_at INTEGER NOT NULL,
      until_at INTEGER NOT NULL,
      swept_at INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX sweeps_account ON sweeps (account_id, until_at);
  `,
};
