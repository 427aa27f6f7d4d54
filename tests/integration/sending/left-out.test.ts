import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { appError } from '#shared/errors.ts';
import { PRACTICE_ACCOUNT_ID } from '#shared/ids.ts';
import type { SendRequest } from '#shared/ipc/plan.ts';
import { err, ok } from '#shared/result.ts';
import { createLeftOut } from '../../../main/engine/features/campaigns/left-out.ts';
import { numbers, SENDER, startSending, temporaryFolder, type Sending } from '../support/sending.ts';

describe('those whom a plan leaves out', () => {
  let folder: ReturnType<typeof temporaryFolder>;
  let app: Sending;
  beforeEach(() => {
    folder = temporaryFolder();
    app = startSending({ url: 'http://127.0.0.1:9', dir: folder.dir });
  });
  afterEach(async () => {
    await app.stop();
    folder.remove();
  });

  /** Three hundred twice, two that are no numbers. */
  const request: SendRequest = {
    accountId: PRACTICE_ACCOUNT_ID,
    sender: SENDER,
    text: 'Fees are due.',
    recipients: [...numbers(300), ...numbers(300), 'x1', '০২৯৮৭৬৫৪৩'].join('\n'),
  };

  it('are read to the last one, page by page, and add up to what the plan says', async () => {
    const plan = await app.workspace.campaigns.plan(request);
    if (!plan.ok) throw new Error(plan.error.code);
    expect(plan.value).toMatchObject({ leftOut: 302 });
    const read: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await app.workspace.campaigns.leftOut(request, { reason: 'duplicate' }, cursor, 120);
      if (!page.ok) throw new Error(page.error.code);
      read.push(...page.value.rows.map(({ input }) => input));
      cursor = page.value.next;
    } while (cursor !== undefined);
    expect(read).toEqual(numbers(300));
    expect(await app.workspace.campaigns.leftOut(request, {}, 'first', 10)).toMatchObject({
      error: { code: 'INVALID_INPUT' },
    });
  });

  it('are found by what stood there, in either script, also without a plan before', async () => {
    const found = async (search: string, reason?: string) => {
      const page = await app.workspace.campaigns.leftOut(request, { search, reason }, undefined, 10);
      return page.ok ? page.value.rows.map(({ index, input }) => [index, input]) : page.error.code;
    };
    expect(await found('02987')).toEqual([[301, '০২৯৮৭৬৫৪৩']]);
    expect(await found('X১')).toEqual([[300, 'x1']]);
    expect(await found('x1', 'duplicate')).toEqual([]);
    expect(await found('12000007')).toEqual([[7, numbers(8)[7]]]);
  });

  it('are saved whole, or of one reason, as a table that runs nothing', async () => {
    const file = path.join(folder.dir, 'left-out.csv');
    const lists = createLeftOut({
      consider: () =>
        Promise.resolve(
          ok([
            { msisdn: '8801712000001', input: '01712000001', reason: 'duplicate' },
            { msisdn: '', input: '=1+1', reason: 'not-a-number' },
          ]),
        ),
      resolveFile: (handle) =>
        Promise.resolve(handle === 'chosen' ? ok({ path: file, name: 'x' }) : err(appError('NOT_FOUND'))),
    });
    const lines = () => readFileSync(file, 'utf8').trimEnd().split('\r\n').slice(1);
    expect(await lists.save(request, {}, 'chosen')).toEqual({ ok: true, value: { rows: 2 } });
    expect(lines()).toEqual(['01712000001,01712-000001,duplicate', "'=1+1,,not-a-number"]);
    expect(await lists.save(request, { reason: 'duplicate' }, 'chosen')).toMatchObject({
      value: { rows: 1 },
    });
    expect(lines()).toHaveLength(1);
    expect(await lists.save(request, {}, 'other')).toMatchObject({ error: { code: 'NOT_FOUND' } });
  });
});
