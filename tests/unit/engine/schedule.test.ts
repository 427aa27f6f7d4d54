import { describe, expect, it } from 'vitest';
import type { Capabilities } from '#shared/accounts/capabilities.ts';
import { FURTHEST_MS, heldBy, scheduleFault } from '../../../main/engine/features/campaigns/schedule.ts';

const NOW = Date.UTC(2026, 10, 22, 9);
const HOUR = 3_600_000;

const able = (schedule: Capabilities['schedule']): Capabilities => ({
  recipientsPerRequest: 1,
  differentTexts: false,
  ownMessageIds: false,
  schedule,
  flash: false,
  validity: false,
  transactionClass: false,
  reports: 'none',
  logs: false,
  pageLimit: 0,
  logWindowMs: 0,
  balance: false,
  lookup: 'none',
  inbox: 'none',
  preview: false,
});

describe('the time of a scheduled sending', () => {
  it('lies ahead, and at most 180 days', () => {
    expect(scheduleFault(NOW + 1, NOW)).toBeNull();
    expect(scheduleFault(NOW + FURTHEST_MS, NOW)).toBeNull();
    expect(scheduleFault(NOW, NOW)).toMatchObject({ code: 'INVALID_SCHEDULE', facts: { detail: 'past' } });
    expect(scheduleFault(NOW + FURTHEST_MS + 1, NOW)).toMatchObject({ facts: { detail: 'too-far' } });
  });
});

describe('who holds a scheduled sending', () => {
  it('is the gateway where it can, for as long as it can', () => {
    const twoDays = able({ horizonMs: 48 * HOUR, cancel: true });
    expect(heldBy(NOW + HOUR, NOW, twoDays)).toBe('gateway');
    expect(heldBy(NOW + 49 * HOUR, NOW, twoDays)).toBe('here');
    expect(heldBy(NOW + 49 * HOUR, NOW, able({ horizonMs: null, cancel: false }))).toBe('gateway');
  });

  it('is this computer for what is due at once, and for accounts that cannot hold or are not known yet', () => {
    expect(heldBy(NOW + 20_000, NOW, able({ horizonMs: null, cancel: true }))).toBe('here');
    expect(heldBy(NOW + HOUR, NOW, able(null))).toBe('here');
    expect(heldBy(NOW + HOUR, NOW, null)).toBe('here');
  });
});
