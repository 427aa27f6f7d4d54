import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import { answerQueries } from './answer-queries.ts';
import { claimQueries } from './claim-queries.ts';
import { decisionQueries } from './decision-queries.ts';
import { evidenceQueries } from './evidence-queries.ts';
import { reconcileQueries } from './reconcile-queries.ts';
import { scheduleQueries } from './schedule-queries.ts';

/** All SQL of sending, prepared once for a space. */
export const outboxQueries = (db: DatabaseSyncInstance) => ({
  ...scheduleQueries(db),
  ...claimQueries(db),
  ...answerQueries(db),
  ...reconcileQueries(db),
  ...evidenceQueries(db),
  ...decisionQueries(db),
});

/** {@link outboxQueries}, prepared. */
export type OutboxQueries = ReturnType<typeof outboxQueries>;
