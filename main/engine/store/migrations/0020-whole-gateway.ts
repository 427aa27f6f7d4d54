import type { Migration } from '../migrate.ts';

/**
 * What the other protocols and directions need: settings and probed abilities of an account, scheduled sendings, message ids
 * of our own, the parts that SMPP reports one by one, received messages, number lookups, contacts, the receiver's paths, and the
 * exchanges that the diagnostics show.
 *
 * `messages.own_id` is what the gateway is given as message id; it stays the same over repeated attempts, which is what makes a
 * repeated attempt safe. `message_parts` holds the ids of parts after the first. `inbox` rows are unique by the gateway's id
 * where there is one, otherwise by `fingerprint` (sender, receiver, text and time); a row without an id may get one later, when the
 * same message comes by another way. `lookups.answered` and `failed` count rows, so that progress is shown without reading them.
 */
export const wholeGateway: Migration = {
  version: 20,
  name: 'whole-gateway',
  sql: `
    ALTER TABLE accounts ADD COLUMN options TEXT NOT NULL DEFAULT '{}';
    ALTER TABLE accounts ADD COLUMN path TEXT;
    ALTER TABLE accounts ADD COLUMN receiver_path TEXT;
    ALTER TABLE accounts ADD COLUMN inbox_at INTEGER;
    ALTER TABLE accounts ADD COLUMN inbox_failed TEXT;

    ALTER TABLE campaigns ADD COLUMN send_at INTEGER;
    ALTER TABLE campaigns ADD COLUMN held_by TEXT;
    ALTER TABLE campaigns ADD COLUMN options TEXT NOT NULL DEFAULT '{}';

    ALTER TABLE messages ADD COLUMN own_id TEXT;
    ALTER TABLE messages ADD COLUMN exchange_id INTEGER;
    -- Since when it is unknown whether an attempt arrived, also while the message waits to be sent again under the same id.
    ALTER TABLE messages ADD COLUMN uncertain_since INTEGER;
    ALTER TABLE messages ADD COLUMN repeats INTEGER NOT NULL DEFAULT 0;
    CREATE INDEX messages_to_repeat ON messages (account_id) WHERE uncertain_since IS NOT NULL AND state = 'queued';
    CREATE INDEX messages_awaiting ON messages (account_id, id) WHERE state IN ('accepted', 'at-operator');
    CREATE INDEX campaigns_scheduled ON campaigns (account_id, send_at)
      WHERE send_at IS NOT NULL AND pause_reason IS NULL AND cancelled_at IS NULL;
    CREATE UNIQUE INDEX messages_own_id ON messages (account_id, own_id) WHERE own_id IS NOT NULL;

    CREATE TABLE message_parts (
      account_id TEXT NOT NULL,
      gateway_message_id TEXT NOT NULL,
      message_id INTEGER NOT NULL REFERENCES messages (id),
      part INTEGER NOT NULL,
      report TEXT,
      PRIMARY KEY (account_id, gateway_message_id)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX message_parts_message ON message_parts (message_id, part);

    CREATE TABLE inbox (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      account_id TEXT NOT NULL REFERENCES accounts (id),
      gateway_message_id TEXT,
      fingerprint TEXT NOT NULL,
      partner TEXT NOT NULL,
      receiver TEXT,
      text TEXT NOT NULL,
      text_folded TEXT NOT NULL,
      keyword TEXT,
      received_at INTEGER NOT NULL,
      read_at INTEGER,
      journal_id INTEGER REFERENCES journal (id)
    ) STRICT;
    CREATE UNIQUE INDEX inbox_gateway_id ON inbox (account_id, gateway_message_id) WHERE gateway_message_id IS NOT NULL;
    CREATE INDEX inbox_fingerprint ON inbox (account_id, fingerprint);
    CREATE INDEX inbox_partner ON inbox (partner, received_at, id);
    CREATE INDEX inbox_journal ON inbox (journal_id);
    CREATE INDEX inbox_unread ON inbox (partner) WHERE read_at IS NULL;

    -- One row a number that ever wrote, so that the list of conversations is read in its order.
    CREATE TABLE conversations (
      partner TEXT PRIMARY KEY,
      last_in_at INTEGER NOT NULL,
      last_in_id INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX conversations_newest ON conversations (last_in_at, partner);
    CREATE TRIGGER inbox_conversation AFTER INSERT ON inbox BEGIN
      INSERT INTO conversations (partner, last_in_at, last_in_id) VALUES (NEW.partner, NEW.received_at, NEW.id)
      ON CONFLICT (partner) DO UPDATE SET last_in_at = excluded.last_in_at, last_in_id = excluded.last_in_id
      WHERE excluded.last_in_at >= conversations.last_in_at;
    END;

    CREATE TABLE lookups (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      account_id TEXT NOT NULL REFERENCES accounts (id),
      mode TEXT NOT NULL,
      created_at INTEGER NOT NULL,
      state TEXT NOT NULL,
      problem TEXT,
      total INTEGER NOT NULL,
      answered INTEGER NOT NULL DEFAULT 0,
      failed INTEGER NOT NULL DEFAULT 0
    ) STRICT;
    CREATE INDEX lookups_running ON lookups (id) WHERE state = 'running';
    CREATE TABLE lookup_rows (
      lookup_id INTEGER NOT NULL REFERENCES lookups (id),
      position INTEGER NOT NULL,
      msisdn TEXT NOT NULL,
      asked_at INTEGER,
      gateway_id TEXT,
      facts TEXT,
      problem TEXT,
      at INTEGER,
      PRIMARY KEY (lookup_id, position)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX lookup_rows_open ON lookup_rows (msisdn) WHERE facts IS NULL AND asked_at IS NOT NULL;
    CREATE INDEX lookup_rows_gateway ON lookup_rows (gateway_id) WHERE gateway_id IS NOT NULL;

    CREATE TABLE numbers (
      msisdn TEXT PRIMARY KEY,
      facts TEXT NOT NULL,
      at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;

    -- What is known of a contact's number is in the table of numbers. An id is never given twice, so that a removal can be undone.
    CREATE TABLE contacts (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      name TEXT NOT NULL,
      name_folded TEXT NOT NULL,
      msisdn TEXT NOT NULL UNIQUE,
      created_at INTEGER NOT NULL,
      changed_at INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX contacts_name ON contacts (name_folded, id);

    CREATE TABLE preferences (
      key TEXT PRIMARY KEY,
      value TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE exchanges (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      account_id TEXT NOT NULL REFERENCES accounts (id),
      at INTEGER NOT NULL,
      messages INTEGER NOT NULL,
      json TEXT NOT NULL
    ) STRICT;
  `,
};
