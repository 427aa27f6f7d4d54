import type { Migration } from '../migrate.ts';

/**
 * Rows that are quick to read and to change while thousands of messages leave.
 *
 * `campaign_recipients.typed` holds the recipients as typed, which may be megabytes. They stood in the middle of a campaign's row, so
 * that everything behind them (whether it is paused, when it leaves) was found only by going through all their pages, for each
 * message that was written and for each request.
 */
export const quickRows: Migration = {
  version: 60,
  name: 'quick-rows',
  sql: `
    CREATE TABLE campaign_recipients (
      campaign_id INTEGER PRIMARY KEY REFERENCES campaigns (id) ON DELETE CASCADE,
      typed TEXT NOT NULL
    ) STRICT;
    INSERT INTO campaign_recipients (campaign_id, typed) SELECT id, recipients_input FROM campaigns;
    ALTER TABLE campaigns DROP COLUMN recipients_input;
  `,
};
