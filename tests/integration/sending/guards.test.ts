import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PRACTICE_ACCOUNT_ID } from '#shared/ids.ts';
import { numbers, SENDER, startSending, temporaryFolder, type Sending } from '../support/sending.ts';

describe('what keeps a campaign from being queued', () => {
  const folder = temporaryFolder();
  let sending: Sending;
  // Nothing here may reach a gateway: the address answers to nobody.
  beforeAll(() => {
    sending = startSending({ url: 'http://127.0.0.1:9', dir: folder.dir, timings: { hold: 3_600_000 } });
  });
  afterAll(async () => {
    await sending.stop();
    folder.remove();
  });

  let token = 0;
  const order = async (recipients: readonly string[], text: string, changes: object = {}) => {
    const request = {
      accountId: PRACTICE_ACCOUNT_ID,
      sender: SENDER,
      text,
      recipients: recipients.join(', '),
    };
    const plan = await sending.workspace.campaigns.plan(request);
    return sending.workspace.campaigns.send({
      request,
      expectedRecipients: plan.ok ? plan.value.recipients : 0,
      expectedParts: plan.ok ? plan.value.parts : 0,
      token: `6f1c0a2e-0000-4000-8000-${String(token++).padStart(12, '0')}`,
      ...changes,
    });
  };
  const code = (result: Awaited<ReturnType<typeof order>>) => (result.ok ? 'queued' : result.error.code);

  it('refuses what nobody can mean', async () => {
    expect(code(await order([], 'Hello'))).toBe('NOTHING_TO_SEND');
    expect(code(await order(numbers(1), '  \n'))).toBe('TEXT_EMPTY');
    expect(await order(numbers(1), 'x'.repeat(1_081))).toMatchObject({
      ok: false,
      error: { code: 'TEXT_TOO_LONG', facts: { limit: 1_080, actual: 1_081 } },
    });
    expect(code(await order(numbers(1), 'x'.repeat(1_080)))).toBe('queued');
  });

  it('refuses a sender that the account does not have', async () => {
    const request = {
      accountId: PRACTICE_ACCOUNT_ID,
      sender: 'Somebody',
      text: 'Hello',
      recipients: numbers(1).join(),
    };
    expect(code(await order(numbers(1), 'Hello', { request, expectedRecipients: 1, expectedParts: 1 }))).toBe(
      'INVALID_SENDER',
    );
  });

  it('refuses what is no longer what the user confirmed', async () => {
    expect(code(await order(numbers(3), 'Hello', { expectedRecipients: 2 }))).toBe('PLAN_CHANGED');
    expect(code(await order(numbers(3), 'Hello', { expectedParts: 6 }))).toBe('PLAN_CHANGED');
  });

  it('wants the count typed above 500 people', async () => {
    expect(code(await order(numbers(500), 'Hello'))).toBe('queued');
    const others = numbers(501, 1_000);
    expect(code(await order(others, 'Hello'))).toBe('CONFIRMATION_NEEDED');
    expect(code(await order(others, 'Hello', { typedCount: 510 }))).toBe('CONFIRMATION_NEEDED');
    expect(code(await order(others, 'Hello', { typedCount: 501 }))).toBe('queued');
  });

  it('wants the count typed above 1,000 BDT', async () => {
    const text = 'ক'.repeat(600);
    expect(code(await order(numbers(317), text))).toBe('queued');
    expect(code(await order(numbers(318, 1_000), text))).toBe('CONFIRMATION_NEEDED');
  });
});
