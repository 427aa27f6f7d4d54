import type { Migration } from '../migrate.ts';

/**
 * People with several numbers, fields, groups and a do-not-message list; imports that can be taken back; templates, drafts and lists
 * read from files; campaigns whose messages have texts of their own.
 *
 * A contact's first number stands in `contacts`, the others in `contact_numbers`; triggers keep any number from belonging to two
 * contacts. `contacts.fields` is a JSON object of values by field id. `number_health` counts final failures in a row of a number that do
 * not go away by waiting (three make it dead) and is kept by triggers; a delivery clears it. What earlier versions heard
 * of numbers is counted once, here. What is removed waits as JSON in
 * `removed_contacts`, so that it can be restored. `messages.own_text` holds the text of a message whose campaign has merge fields; a
 * trigger keeps a message of such a campaign from waiting without it, so that no placeholder can leave. `messages.own_folded` is that
 * text as searches compare it, where it differs by more than the case of Latin letters. `campaigns.parts_planned` is the sum of the parts
 * of all messages that were planned to be sent, less those that were left out since. `sent_drafts` has the ids of drafts that a campaign
 * was made of, so that no late save brings one back.
 */
export const peopleAndWords: Migration = {
  version: 30,
  name: 'people-and-words',
  sql: `
    ALTER TABLE contacts ADD COLUMN note TEXT NOT NULL DEFAULT '';
    ALTER TABLE contacts ADD COLUMN fields TEXT NOT NULL DEFAULT '{}';
    ALTER TABLE contacts ADD COLUMN import_id INTEGER;
    CREATE INDEX contacts_import ON contacts (import_id) WHERE import_id IS NOT NULL;

    CREATE TABLE contact_numbers (
      msisdn TEXT PRIMARY KEY,
      contact_id INTEGER NOT NULL REFERENCES contacts (id) ON DELETE CASCADE,
      position INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX contact_numbers_contact ON contact_numbers (contact_id, position);
    CREATE TRIGGER contacts_number_once BEFORE INSERT ON contacts
      WHEN EXISTS (SELECT 1 FROM contact_numbers WHERE msisdn = NEW.msisdn)
      BEGIN SELECT RAISE(ABORT, 'This number belongs to another contact'); END;
    CREATE TRIGGER contacts_number_once_more BEFORE UPDATE OF msisdn ON contacts
      WHEN EXISTS (SELECT 1 FROM contact_numbers WHERE msisdn = NEW.msisdn)
      BEGIN SELECT RAISE(ABORT, 'This number belongs to another contact'); END;
    CREATE TRIGGER contact_numbers_once BEFORE INSERT ON contact_numbers
      WHEN EXISTS (SELECT 1 FROM contacts WHERE msisdn = NEW.msisdn)
      BEGIN SELECT RAISE(ABORT, 'This number belongs to another contact'); END;

    CREATE TABLE contact_fields (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      name TEXT NOT NULL,
      name_folded TEXT NOT NULL UNIQUE,
      kind TEXT NOT NULL,
      position INTEGER NOT NULL
    ) STRICT;

    CREATE TABLE contact_groups (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      name TEXT NOT NULL,
      name_folded TEXT NOT NULL UNIQUE,
      rule TEXT,
      created_at INTEGER NOT NULL,
      changed_at INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE group_members (
      group_id INTEGER NOT NULL REFERENCES contact_groups (id) ON DELETE CASCADE,
      contact_id INTEGER NOT NULL REFERENCES contacts (id) ON DELETE CASCADE,
      PRIMARY KEY (group_id, contact_id)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX group_members_contact ON group_members (contact_id, group_id);

    CREATE TABLE removals (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      at INTEGER NOT NULL,
      kind TEXT NOT NULL,
      kept_contact INTEGER,
      before TEXT
    ) STRICT;
    CREATE TABLE removed_contacts (
      removal_id INTEGER NOT NULL REFERENCES removals (id) ON DELETE CASCADE,
      contact_id INTEGER NOT NULL,
      json TEXT NOT NULL,
      PRIMARY KEY (removal_id, contact_id)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE do_not_message (
      msisdn TEXT PRIMARY KEY,
      reason TEXT NOT NULL,
      note TEXT NOT NULL DEFAULT '',
      import_id INTEGER,
      added_at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX do_not_message_newest ON do_not_message (added_at, msisdn);

    CREATE TABLE number_health (
      msisdn TEXT PRIMARY KEY,
      failures INTEGER NOT NULL,
      failed_at INTEGER NOT NULL,
      dead_since INTEGER
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX number_health_dead ON number_health (msisdn) WHERE dead_since IS NOT NULL;
    CREATE TRIGGER messages_failed_for_good AFTER UPDATE OF state ON messages
      WHEN NEW.state = 'undeliverable' AND NEW.error_permanent = 1 AND OLD.state <> NEW.state
      BEGIN
        INSERT INTO number_health (msisdn, failures, failed_at) VALUES (NEW.msisdn, 1, NEW.changed_at)
        ON CONFLICT (msisdn) DO UPDATE SET
          failures = failures + 1,
          failed_at = excluded.failed_at,
          dead_since = CASE WHEN failures >= 2 THEN COALESCE(dead_since, excluded.failed_at) END;
      END;
    CREATE TRIGGER messages_reached AFTER UPDATE OF state ON messages
      WHEN NEW.state = 'delivered' AND OLD.state <> NEW.state
      BEGIN DELETE FROM number_health WHERE msisdn = NEW.msisdn; END;

    WITH failed AS MATERIALIZED (
      SELECT id, msisdn, changed_at FROM messages INDEXED BY messages_state
      WHERE state = 'undeliverable' AND error_permanent = 1
    ), reached AS MATERIALIZED (
      SELECT f.msisdn, MAX(m.changed_at) AS at
      FROM (SELECT DISTINCT msisdn FROM failed) f CROSS JOIN messages m INDEXED BY messages_msisdn ON m.msisdn = f.msisdn
      WHERE m.state = 'delivered' GROUP BY f.msisdn
    ), run AS (
      SELECT f.msisdn, f.changed_at, ROW_NUMBER() OVER (PARTITION BY f.msisdn ORDER BY f.changed_at, f.id) AS place
      FROM failed f LEFT JOIN reached r ON r.msisdn = f.msisdn
      WHERE r.at IS NULL OR f.changed_at > r.at
    )
    INSERT INTO number_health (msisdn, failures, failed_at, dead_since)
    SELECT msisdn, COUNT(*), MAX(changed_at), MAX(CASE WHEN place = 3 THEN changed_at END) FROM run GROUP BY msisdn;

    CREATE TABLE imports (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      token TEXT NOT NULL UNIQUE,
      purpose TEXT NOT NULL,
      file_name TEXT NOT NULL,
      state TEXT NOT NULL,
      at INTEGER NOT NULL,
      rows INTEGER NOT NULL,
      new INTEGER NOT NULL,
      updated INTEGER NOT NULL,
      unchanged INTEGER NOT NULL,
      duplicate INTEGER NOT NULL,
      rejected INTEGER NOT NULL,
      headings TEXT NOT NULL DEFAULT '[]',
      made TEXT NOT NULL DEFAULT '{}',
      undone_at INTEGER
    ) STRICT;
    CREATE TABLE import_changes (
      import_id INTEGER NOT NULL REFERENCES imports (id) ON DELETE CASCADE,
      contact_id INTEGER NOT NULL,
      before TEXT NOT NULL,
      changed_at INTEGER NOT NULL,
      PRIMARY KEY (import_id, contact_id)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE import_rejects (
      import_id INTEGER NOT NULL REFERENCES imports (id) ON DELETE CASCADE,
      row INTEGER NOT NULL,
      problem TEXT NOT NULL,
      cells TEXT NOT NULL,
      PRIMARY KEY (import_id, row)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE import_mappings (
      fingerprint TEXT PRIMARY KEY,
      mapping TEXT NOT NULL,
      at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE lists (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      name TEXT NOT NULL,
      columns TEXT NOT NULL,
      count INTEGER NOT NULL,
      created_at INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE list_rows (
      list_id INTEGER NOT NULL REFERENCES lists (id) ON DELETE CASCADE,
      row INTEGER NOT NULL,
      msisdn TEXT NOT NULL,
      name TEXT NOT NULL,
      fields TEXT NOT NULL,
      PRIMARY KEY (list_id, row)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE templates (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      name TEXT NOT NULL,
      name_folded TEXT NOT NULL UNIQUE,
      text TEXT NOT NULL,
      category TEXT NOT NULL DEFAULT '',
      class TEXT,
      approval_id TEXT NOT NULL DEFAULT '',
      created_at INTEGER NOT NULL,
      changed_at INTEGER NOT NULL
    ) STRICT;

    CREATE TABLE drafts (
      id TEXT PRIMARY KEY,
      content TEXT NOT NULL,
      beginning TEXT NOT NULL,
      sources INTEGER NOT NULL,
      typed INTEGER NOT NULL,
      send_at INTEGER,
      revision INTEGER NOT NULL,
      created_at INTEGER NOT NULL,
      changed_at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX drafts_newest ON drafts (changed_at, id);
    CREATE TABLE sent_drafts (id TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;

    ALTER TABLE campaigns ADD COLUMN merged INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE campaigns ADD COLUMN parts_min INTEGER;
    ALTER TABLE campaigns ADD COLUMN parts_max INTEGER;
    ALTER TABLE campaigns ADD COLUMN parts_planned INTEGER;
    ALTER TABLE campaigns ADD COLUMN sources TEXT NOT NULL DEFAULT '[]';
    ALTER TABLE campaigns ADD COLUMN template_id INTEGER;
    ALTER TABLE campaigns ADD COLUMN request TEXT;
    CREATE INDEX campaigns_template ON campaigns (template_id, created_at) WHERE template_id IS NOT NULL;

    ALTER TABLE messages ADD COLUMN own_folded TEXT;
    CREATE INDEX messages_held ON messages (account_id, campaign_id, not_before) WHERE state = 'held';
    CREATE TRIGGER messages_own_words BEFORE INSERT ON messages
      WHEN NEW.state = 'held' AND NEW.own_text IS NULL
        AND (SELECT merged FROM campaigns WHERE id = NEW.campaign_id) = 1
      BEGIN SELECT RAISE(ABORT, 'A message of a merged campaign needs its own text'); END;
  `,
};
