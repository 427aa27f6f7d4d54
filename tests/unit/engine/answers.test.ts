import { describe, expect, it } from 'vitest';
import { verdictsOf } from '../../../main/engine/features/outbox/answers.ts';
import type { SubmittedMessage } from '../../../main/engine/gateways/gateway.ts';

const answer = (
  to: string,
  id: number | null,
  groupId: number | null,
  gatewayMessageId: string | null = `g-${to}`,
): SubmittedMessage => ({
  to,
  gatewayMessageId,
  parts: 1,
  status: { id, groupId, groupName: null, name: null, description: null, action: null },
});

const to = (msisdn: string, ownId: string | null = null) => ({ msisdn, own_id: ownId });

describe('finding each recipient in an answer', () => {
  it('matches numbers by their digits, in any order', () => {
    const verdicts = verdictsOf(
      [to('8801711000001'), to('8801711000002')],
      [answer('+8801711000002', 0, 0), answer('8801711000001', 26, 1)],
    );
    expect(verdicts.map((verdict) => verdict.kind === 'taken' && verdict.gatewayMessageId)).toEqual([
      'g-8801711000001',
      'g-+8801711000002',
    ]);
  });

  it('says of a recipient that the answer leaves out that nothing is known', () => {
    expect(
      verdictsOf([to('8801711000001'), to('8801711000002')], [answer('8801711000001', 0, 0)])[1],
    ).toEqual({
      kind: 'missing',
    });
  });

  it('takes the only answer for the only recipient, however the number is written', () => {
    expect(verdictsOf([to('8801711000001')], [answer('01711000001', 0, 0)])[0]?.kind).toBe('taken');
  });

  it('tells a refusal from missing credit', () => {
    expect(verdictsOf([to('1')], [answer('1', 10, 5)])[0]?.kind).toBe('refused');
    expect(verdictsOf([to('1')], [answer('1', 12, 5)])[0]).toEqual({
      kind: 'no-credits',
      gatewayMessageId: 'g-1',
    });
  });

  it('counts as taken what the gateway gave an id, whatever its status means', () => {
    expect(verdictsOf([to('1')], [answer('1', 77, 9)])[0]).toMatchObject({
      kind: 'taken',
      state: 'accepted',
    });
  });

  it('believes no entry that has neither a status nor an id', () => {
    expect(verdictsOf([to('1')], [answer('1', null, null, null)])[0]).toEqual({ kind: 'missing' });
  });

  it('takes the refusal of an id of ours for the proof that an earlier request with it arrived', () => {
    const duplicate = answer('1', 23, 5, null);
    expect(verdictsOf([to('1', 'own-1')], [duplicate])[0]).toMatchObject({
      kind: 'taken',
      state: 'accepted',
      gatewayMessageId: 'own-1',
    });
    expect(verdictsOf([to('1')], [duplicate])[0]?.kind).toBe('refused');
  });

  it('knows a message by the id of ours when the answer names none', () => {
    expect(verdictsOf([to('1', 'own-1')], [answer('1', 0, 0, null)])[0]).toMatchObject({
      kind: 'taken',
      gatewayMessageId: 'own-1',
    });
  });
});
