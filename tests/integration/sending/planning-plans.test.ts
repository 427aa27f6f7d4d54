import { expect, test } from 'vitest';
import { systemClock } from '../../../main/engine/clock.ts';
import { networkQueries } from '../../../main/engine/features/campaigns/network-queries.ts';
import { repeatQueries } from '../../../main/engine/features/campaigns/repeat-queries.ts';
import { waitingQueries } from '../../../main/engine/features/campaigns/waiting-queries.ts';
import { featureStore, queryPlans } from '../support/feature.ts';
import { temporaryFolder } from '../support/sending.ts';

test('the guards read no more of the past than they ask about', () => {
  const folder = temporaryFolder();
  const store = featureStore(folder.dir, systemClock);
  try {
    const plans = queryPlans(store.db, (db) => {
      repeatQueries(db);
      networkQueries(db);
      waitingQueries(db);
    });
    const planOf = (words: string) => plans.find((plan) => plan.includes(words)) ?? '';
    expect(
      plans.filter((plan) =>
        /SCAN (?!j\b|l\b|own\b|\(subquery|CONSTANT|(?:held|queued|submitting|uncertain|unpaid)\b|b\b)/u.test(
          plan,
        ),
      ),
    ).toEqual([]);
    expect(planOf('c.fingerprint = :fingerprint')).toContain('campaigns_fingerprint (fingerprint=?)');
    // To the end: what is planned for later is little.
    for (const words of ['c.fingerprint IS NOT', 'c.quiet']) {
      expect(planOf(words)).toMatch(/SEARCH c USING INDEX campaigns_time \(<expr>>\?\)/u);
    }
    expect(planOf('m.own_text')).toMatch(/messages_campaign_order \(campaign_id=\? AND (?:id|rowid)>\?\)/u);
    expect(planOf('m.own_text')).not.toContain('TEMP B-TREE');
    // Sums are read from an index, and only a campaign that is being sent from its rows.
    expect(planOf("m.state IN ('held', 'queued'")).toMatch(
      /USING COVERING INDEX messages_campaign \(campaign_id=\?/u,
    );
    expect(planOf('unpaid (campaign)')).toMatch(/SEARCH c USING INDEX campaigns_time \(<expr>>\?\)/u);
    expect(planOf('m.id <= :upTo')).toMatch(
      /messages_campaign_order \(campaign_id=\? AND (?:id|rowid)>\? AND (?:id|rowid)<\?\)/u,
    );
    expect(planOf('FROM inbox i')).toContain('inbox_partner (partner=?)');
    expect(planOf('FROM inbox i')).not.toContain('TEMP B-TREE');
    expect(planOf('m.created_at >= :at')).toContain('messages_msisdn (msisdn=?)');
    expect(planOf('COUNT(*)')).toMatch(/USING COVERING INDEX messages_campaign \(campaign_id=\?\)/u);
    expect(planOf('json_each')).toContain('messages_msisdn (msisdn=?)');
  } finally {
    store.close();
    folder.remove();
  }
});
