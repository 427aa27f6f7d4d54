import { DatabaseSync } from '@photostructure/sqlite';
import { expect, test } from 'vitest';
import { migrate } from '../../../main/engine/store/migrate.ts';
import { MIGRATIONS } from '../../../main/engine/store/migrations/all.ts';

/** Recipients as typed of one campaign, half a megabyte. */
const typed = (id: number) => `0171${String(id).padStart(7, '0')}\n`.repeat(40_000);

test('recipients as typed get a table of their own, in the room that they had', () => {
  const db = new DatabaseSync(':memory:');
  const pages = () => Number(db.prepare('PRAGMA page_count').get()?.page_count);
  migrate(
    db,
    MIGRATIONS.filter(({ version }) => version < 60),
  );
  db.exec(
    "INSERT INTO accounts (id, name, protocol, server_address, user_name, created_at) VALUES ('a', '', '', '', '', 0)",
  );
  const insert = db.prepare(`
    INSERT INTO campaigns (id, token, account_id, name, sender, text, text_folded, encoding, parts_per_message, recipients_input, planned,
      created_at, held_until) VALUES (?, ?, 'a', '', '', '', '', 'GSM-7', 1, ?, 0, 0, 0)`);
  for (let id = 1; id <= 20; id++) insert.run(id, `t${id}`, typed(id));
  const before = pages();
  migrate(db, MIGRATIONS);
  const rows = db.prepare('SELECT campaign_id, typed FROM campaign_recipients ORDER BY campaign_id').all();
  expect(rows).toEqual(
    Array.from({ length: 20 }, (_, at) => ({ campaign_id: at + 1, typed: typed(at + 1) })),
  );
  expect(pages() / before).toBeLessThan(1.15);
  expect(db.prepare('PRAGMA foreign_key_check').all()).toEqual([]);
  db.close();
});
