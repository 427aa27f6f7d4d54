import type { Migration } from '../migrate.ts';

/**
 * Rows that are quick to read and to change while thousands of messages leave.
 *
 * `campaign_recipients.typed` holds the recipients as typed, which may be megabytes. They stood in the middle of a campaign's row, so
 * that everything behind them (whether it is paused, when it leaves) was found only by going through all their pages, for each
 * message that was written and for each request. They move row by row, so that the room of one is free for the next: moved all at once,
 * they would make the file twice as big for good.
 */
export const quickRows: Migration = {
  version: 60,
  name: 'quick-rows',
  sql: `
    CREATE TABLE campaign_recipients (
      campaign_id INTEGER PRIMARY KEY REFERENCES campaigns (id) ON DELETE CASCADE,
      typed TEXT NOT NULL
    ) STRICT;
    CREATE TRIGGER campaigns_typed BEFORE UPDATE OF recipients_input ON campaigns
    BEGIN INSERT INTO campaign_recipients (campaign_id, typed) VALUES (OLD.id, OLD.recipients_input); END;
    UPDATE campaigns SET recipients_input = '';
    DROP TRIGGER campaigns_typed;
    ALTER TABLE campaigns DROP COLUMN recipients_input;
  `,
};
