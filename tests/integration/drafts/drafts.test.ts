import { describe, expect, it, onTestFinished } from 'vitest';
import { randomUUID } from 'node:crypto';
import { copyFileSync } from 'node:fs';
import path from 'node:path';
import type { DraftContent } from '#shared/ipc/drafts.ts';
import { createDrafts } from '../../../main/engine/features/drafts/service.ts';
import { manualClock } from '../accounts/manual-clock.ts';
import { tempFolder } from '../store/temp-folder.ts';
import { ACCOUNT, featureStore, rowsOf } from '../support/feature.ts';

const content = (text: string, more: Partial<DraftContent> = {}): DraftContent => ({
  accountId: ACCOUNT,
  sender: 'School',
  text,
  recipients: '',
  sources: [],
  when: 'now',
  sendAt: null,
  includeDead: false,
  emptyFields: 'block',
  ...more,
});

function build() {
  const clock = manualClock();
  const dir = tempFolder();
  const store = featureStore(dir, clock);
  onTestFinished(() => store.close());
  const drafts = createDrafts({ store, clock });
  const texts = () => {
    const page = drafts.list(undefined, 100);
    return page.ok ? page.value.rows.map(({ beginning }) => beginning) : [];
  };
  const got = (id: string) => {
    const found = drafts.get(id);
    return found.ok ? found.value.content : found.error.code;
  };
  return { clock, dir, store, drafts, texts, got };
}

describe('a draft', () => {
  it('is on the disk when its save has answered, whole', () => {
    const { dir, clock, drafts } = build();
    const id = randomUUID();
    const written = content('রবিবার {{name|অভিভাবক}}', {
      recipients: '01712345678\n\n01812345678\n',
      sources: [{ kind: 'group', id: 3 }],
      when: 'later',
      sendAt: clock.now() + 60_000,
      options: { flash: true },
      templateId: 4,
      includeDead: true,
      emptyFields: 'leave-out',
      leaveOutRepeats: true,
      ignoreQuiet: true,
      zone: 'Asia/Dubai',
      repeat: {
        on: true,
        kind: 'weekly',
        every: '2',
        days: [7, 1],
        day: '1',
        time: '৯.৩০',
        from: '2026-11-29',
        endKind: 'until',
        until: null,
        times: '10',
      },
    });
    drafts.save(id, written, 1);
    // As after a kill: what is in the files now is all there is.
    const after = tempFolder();
    for (const file of ['store.sqlite', 'store.sqlite-wal']) {
      copyFileSync(path.join(dir, file), path.join(after, file));
    }
    const again = featureStore(after, clock);
    onTestFinished(() => again.close());
    const reopened = createDrafts({ store: again, clock });
    expect(reopened.get(id)).toMatchObject({ ok: true, value: { content: written, revision: 1 } });
    expect(reopened.list(undefined, 10)).toMatchObject({
      value: { rows: [{ id, sources: 1, typed: 2, sendAt: written.sendAt }], total: 1 },
    });
  });

  it('is not changed by a save that was overtaken', () => {
    const { drafts, got } = build();
    const id = randomUUID();
    drafts.save(id, content('The second'), 2);
    drafts.save(id, content('The first'), 1);
    drafts.save(id, content('Again the second'), 2);
    expect(got(id)).toMatchObject({ text: 'The second' });
  });

  it('is not brought back by a save that was overtaken by emptying it or sending it', () => {
    const { drafts, texts } = build();
    const [emptied, early] = [randomUUID(), randomUUID()];
    drafts.save(emptied, content('Nearly sent'), 1);
    expect(drafts.save(emptied, content('  \n'), 3)).toEqual({ changedAt: null });
    drafts.save(emptied, content('Nearly sent, late'), 2);
    drafts.save(early, content(''), 2);
    drafts.save(early, content('Late'), 1);
    expect(texts()).toEqual([]);
  });

  it('is kept for recipients alone', () => {
    const { drafts, texts } = build();
    drafts.save(randomUUID(), content('', { recipients: '01712345678' }), 1);
    drafts.save(randomUUID(), content('', { sources: [{ kind: 'contact', id: 1 }] }), 1);
    expect(texts()).toEqual(['', '']);
  });

  it('comes back after a removal as it was, and stays gone when it was written again', () => {
    const { drafts, got, texts } = build();
    const id = randomUUID();
    drafts.save(id, content('Kept'), 5);
    expect(drafts.remove(id)).toEqual({ ok: true, value: null });
    expect(texts()).toEqual([]);
    expect(drafts.remove(id)).toMatchObject({ error: { code: 'NOT_FOUND' } });
    expect(drafts.restore(id)).toMatchObject({ ok: true, value: { id, beginning: 'Kept' } });
    expect(got(id)).toMatchObject({ text: 'Kept' });
    drafts.remove(id);
    drafts.save(id, content('Newer'), 6);
    expect(drafts.restore(id)).toMatchObject({ error: { code: 'NOT_FOUND' } });
    expect(got(id)).toMatchObject({ text: 'Newer' });
  });
});

describe('a draft of an earlier version', () => {
  it('opens as it was, and a part that cannot be read costs nothing else', () => {
    const { store, drafts, got } = build();
    const [old, odd] = [randomUUID(), randomUUID()];
    for (const id of [old, odd]) drafts.save(id, content('Fees are due'), 1);
    expect(got(old)).toEqual(content('Fees are due'));
    store.db
      .prepare('UPDATE drafts SET content = ? WHERE id = ?')
      .run(
        JSON.stringify({ ...content('Fees are due'), zone: 'Asia/Nowhere', repeat: 7, ignoreQuiet: true }),
        odd,
      );
    expect(got(odd)).toEqual({ ...content('Fees are due'), ignoreQuiet: true });
  });
});

describe('the list of drafts', () => {
  it('has the last changed first, page by page', () => {
    const { drafts, clock } = build();
    const ids = Array.from({ length: 5 }, () => randomUUID());
    ids.forEach((id, index) => {
      clock.advance(1);
      drafts.save(id, content(`Number ${index}`), 1);
    });
    clock.advance(1);
    drafts.save(ids[1] ?? '', content('Number 1, changed'), 2);
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = drafts.list(cursor, 2);
      if (!page.ok) throw new Error(page.error.code);
      seen.push(...page.value.rows.map(({ id }) => id));
      cursor = page.value.next;
    } while (cursor !== undefined);
    expect(seen).toEqual([ids[1], ids[4], ids[3], ids[2], ids[0]]);
    expect(drafts.list('elsewhere', 2)).toMatchObject({ error: { code: 'INVALID_INPUT' } });
  });

  it('tells of each change', () => {
    const { drafts } = build();
    const totals: number[] = [];
    const stop = drafts.onChange(() => totals.push(drafts.total()));
    const id = randomUUID();
    drafts.save(id, content('One'), 1);
    drafts.remove(id);
    drafts.restore(id);
    stop();
    drafts.remove(id);
    expect(totals).toEqual([1, 0, 1]);
  });

  it('survives damaged rows, and gives what can be read of them', () => {
    const { store, drafts, got, texts } = build();
    const [whole, cut, odd] = [randomUUID(), randomUUID(), randomUUID()];
    for (const id of [whole, cut, odd]) drafts.save(id, content('Exam on Monday', { sender: 'Office' }), 1);
    const damage = store.db.prepare('UPDATE drafts SET content = ? WHERE id = ?');
    damage.run('{"text":"Exam on Mon', cut);
    damage.run(JSON.stringify({ ...content('Exam on Monday'), when: 'never', sources: 'many' }), odd);
    store.db
      .prepare(
        `INSERT INTO drafts VALUES ('no id', '', 'Lost', 0, 0, NULL, 1, 0, (SELECT MAX(changed_at) + 1 FROM drafts))`,
      )
      .run();
    expect(texts()).toEqual(Array(3).fill('Exam on Monday'));
    expect(rowsOf(store.db, 'SELECT id FROM drafts')).toHaveLength(4);
    expect(got(cut)).toMatchObject({ text: 'Exam on Monday', sender: '' });
    expect(got(odd)).toMatchObject({ text: 'Exam on Monday', when: 'now', sources: [], sender: 'School' });
    expect(got(whole)).toMatchObject({ sender: 'Office' });
  });
});
