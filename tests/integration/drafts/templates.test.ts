import { describe, expect, it, onTestFinished } from 'vitest';
import type { WrittenTemplate } from '#shared/ipc/templates.ts';
import { createTemplates } from '../../../main/engine/features/drafts/templates.ts';
import { manualClock } from '../accounts/manual-clock.ts';
import { tempFolder } from '../store/temp-folder.ts';
import { ACCOUNT, featureStore } from '../support/feature.ts';

const written = (name: string, more: Partial<WrittenTemplate> = {}): WrittenTemplate => ({
  name,
  text: 'Dear {{name|Guardian}}, fees are due.',
  category: '',
  class: null,
  approvalId: '',
  ...more,
});

function build() {
  const clock = manualClock();
  const store = featureStore(tempFolder(), clock);
  onTestFinished(() => store.close());
  const templates = createTemplates({ store, clock });
  const add = (name: string, more?: Partial<WrittenTemplate>) => {
    const added = templates.add(written(name, more));
    if (!added.ok) throw new Error(added.error.code);
    return added.value;
  };
  let tokens = 0;
  const use = (templateId: number) =>
    store.db
      .prepare(
        `INSERT INTO campaigns (token, account_id, name, sender, text, text_folded, encoding, parts_per_message,
           planned, created_at, held_until, template_id) VALUES (?, ?, '', '', '', '', 'GSM-7', 1, 0, ?, 0, ?)`,
      )
      .run(`t${tokens++}`, ACCOUNT, clock.now(), templateId);
  const names = (search?: string) => templates.list(search).map(({ name }) => name);
  return { clock, templates, add, use, names };
}

describe('templates', () => {
  it('keep what was written, and say how often they were used', () => {
    const { clock, templates, add, use, names } = build();
    const fees = add('Fees', { category: 'Money', class: 'transactional', approvalId: 'BTRC-1' });
    const exam = add('Exam');
    add('Absent');
    use(fees.id);
    clock.advance(1_000);
    use(exam.id);
    use(exam.id);
    expect(names()).toEqual(['Exam', 'Fees', 'Absent']);
    expect(templates.list('btrc')).toEqual([]);
    expect(templates.list('fees')[1]).toMatchObject({
      ...written('Fees', { category: 'Money', class: 'transactional', approvalId: 'BTRC-1' }),
      used: 1,
    });
    expect(templates.list(undefined)[0]).toMatchObject({ used: 2, usedAt: clock.now() });
  });

  it('are found by every word in name, text or category, whatever the digits', () => {
    const { add, names } = build();
    add('বেতন ২০২৬', { category: 'Money', text: 'বকেয়া {{amount}} টাকা' });
    add('Holiday', { category: 'School', text: 'Closed on 21 February' });
    expect(names('2026 money')).toEqual(['বেতন ২০২৬']);
    expect(names('২১ closed')).toEqual(['Holiday']);
    expect(names('money closed')).toEqual([]);
    expect(names('  ')).toHaveLength(2);
  });

  it('refuse a name twice, an empty text and a field that cannot be read', () => {
    const { templates, add } = build();
    const fees = add('Fees');
    const exam = add('Exam');
    const code = (result: ReturnType<typeof templates.add>) => (result.ok ? 'ok' : result.error.code);
    expect(code(templates.add(written('FEES')))).toBe('TEMPLATE_EXISTS');
    expect(code(templates.update(exam.id, written('fees')))).toBe('TEMPLATE_EXISTS');
    expect(code(templates.update(fees.id, written('FEES')))).toBe('ok');
    expect(code(templates.add(written('Blank', { text: ' \n' })))).toBe('TEXT_EMPTY');
    expect(templates.add(written('Broken', { text: 'Dear {{name' }))).toMatchObject({
      error: { code: 'MERGE_BROKEN', facts: { detail: 'unclosed' } },
    });
    expect(code(templates.update(99, written('Other')))).toBe('NOT_FOUND');
  });

  it('come back after a removal with their uses, unless the name is taken by then', () => {
    const { templates, add, use, names } = build();
    const fees = add('Fees');
    use(fees.id);
    expect(templates.remove(fees.id)).toEqual({ ok: true, value: null });
    expect(names()).toEqual([]);
    const other = add('Fees');
    expect(other.id).not.toBe(fees.id);
    expect(templates.restore(fees.id)).toMatchObject({ error: { code: 'TEMPLATE_EXISTS' } });
    templates.remove(other.id);
    expect(templates.restore(fees.id)).toEqual({
      ok: true,
      value: { ...fees, used: 1, usedAt: fees.createdAt },
    });
    expect(templates.restore(fees.id)).toMatchObject({ error: { code: 'NOT_FOUND' } });
  });
});
