import type { Capabilities } from '#shared/accounts/capabilities.ts';
import { PRACTICE_ACCOUNT_ID } from '#shared/ids.ts';
import type { Money } from '#shared/money.ts';
import type { Clock } from '../../clock.ts';
import type { Store } from '../../store/store.ts';
import { restAbilities } from './probe.ts';
import type { AccountFields, AccountQueries } from './queries.ts';

const FIELDS: AccountFields = {
  name: 'Practice',
  protocol: 'rest-json',
  options: {},
  // Never connected to as it stands: the practice gateway says where it listens when it was started.
  serverAddress: 'http://127.0.0.1',
  allowHttp: true,
  userName: 'practice',
  senders: ['MiM Demo', '8804445600000'],
};

/** What the practice gateway takes for one part, so that the first estimate is right. */
const PRICE: Money = { micros: 350_000, currency: 'BDT' };

/**
 * Puts the practice account into its store when it is not there yet. One number a request, so that each can be watched.
 * `capabilities` are those of its protocol by itself: the practice gateway has the advanced call too, and need not be asked.
 */
export function ensurePracticeAccount(
  store: Store,
  queries: AccountQueries,
  clock: Clock,
  capabilities: Capabilities,
): void {
  const known = queries.get(PRACTICE_ACCOUNT_ID);
  if (known?.path) return;
  store.transaction(() => {
    if (!known) {
      queries.insert(PRACTICE_ACCOUNT_ID, FIELDS, clock.now());
      queries.setRecipientsPerRequest(PRACTICE_ACCOUNT_ID, 1);
      queries.setPrice(PRACTICE_ACCOUNT_ID, PRICE);
    }
    queries.setPath(PRACTICE_ACCOUNT_ID, {
      protocol: 'rest-json',
      capabilities: { ...capabilities, ...restAbilities(true) },
      probedAt: null,
      steps: [],
    });
  });
}
