import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../../main/engine/clock.ts';
import { earlierFingerprintOf, fingerprintOf } from '../../../main/engine/features/campaigns/fingerprint.ts';
import { repeatQueries } from '../../../main/engine/features/campaigns/repeat-queries.ts';
import { findRepeats } from '../../../main/engine/features/campaigns/repeats.ts';
import { mergeAll } from '../../../main/engine/features/recipients/merged.ts';
import type { Store } from '../../../main/engine/store/store.ts';
import { ACCOUNT, featureStore } from '../support/feature.ts';
import { temporaryFolder } from '../support/sending.ts';

const HOUR_MS = 3_600_000;
const NOW = Date.parse('2026-03-10T14:00:00+06:00');
const PEOPLE = ['Rahim', 'Karim', 'Salma'].map((name, place) => ({
  contactId: null,
  name,
  msisdn: `880171200000${String(place)}`,
  input: '',
  values: {},
}));
/** Texts of which some are the same for somebody, and some differ by blanks only. */
const TEXTS = [
  'Dear {{name}}!',
  'Dear Rahim!',
  '{{name}}',
  'Rahim',
  'Dear  Rahim!',
  'Dear {{name|you}}!',
  'Closed.',
];
const filled = (text: string, name: string) => text.replaceAll(/\{\{name(?:\|you)?\}\}/gu, name);
const REACHES = [
  'held',
  'queued',
  'submitting',
  'uncertain',
  'accepted',
  'at-operator',
  'delivered',
  'no-final-report',
];
const OPEN = REACHES.slice(0, 4);
const STATES = [...REACHES, 'undeliverable', 'expired', 'rejected', 'refused', 'cancelled', 'left-out'];

const message = fc.record({
  person: fc.nat({ max: PEOPLE.length - 1 }),
  state: fc.constantFrom(...STATES),
  /** Hours after its campaign's time at which it was sent. */
  sentAfter: fc.double({ min: 0, max: 10, noNaN: true }),
});
const campaign = fc.record({
  text: fc.constantFrom(...TEXTS),
  /** It was made by an earlier version. */
  isEarlier: fc.boolean(),
  createdAt: fc.double({ min: -40, max: 0, noNaN: true }),
  sendAfter: fc.option(fc.double({ min: 0, max: 60, noNaN: true })),
  messages: fc.uniqueArray(message, { maxLength: 3, selector: ({ person }) => person }),
});

describe('what was sent before', () => {
  const folder = temporaryFolder();
  let store: Store;
  beforeAll(() => {
    store = featureStore(folder.dir, systemClock);
  });
  afterAll(() => {
    store.close();
    folder.remove();
  });

  it('is found as if every message were compared with every other', async () => {
    const queries = repeatQueries(store.db);
    const addCampaign = store.db.prepare(`
      INSERT INTO campaigns (token, account_id, name, sender, text, text_folded, encoding, parts_per_message, planned,
        created_at, held_until, send_at, merged, fingerprint)
      VALUES (lower(hex(randomblob(16))), ?, '', '', ?, '', 'GSM-7', 1, 0, ?, 0, ?, ?, ?)`);
    const addMessage = store.db.prepare(`
      INSERT INTO messages (campaign_id, account_id, msisdn, input, state, own_text, sent_at, created_at, changed_at)
      VALUES (?, ?, ?, '', ?, ?, ?, 0, 0)`);
    await fc.assert(
      fc.asyncProperty(
        fc.array(campaign, { maxLength: 4 }),
        fc.constantFrom(...TEXTS),
        fc.double({ min: 0, max: 40, noNaN: true }),
        fc.constantFrom(0, 60, 300),
        fc.constantFrom(0, 5, 24),
        async (campaigns, words, later, samePersonMinutes, sameCampaignHours) => {
          const at = NOW + Math.round(later * HOUR_MS);
          const expected = {
            people: new Set<string>(),
            campaigns: [] as { overlap: number; waiting: number; closely: number }[],
            named: new Set<string>(),
            repeated: new Set<string>(),
          };
          store.db.exec('DELETE FROM messages; DELETE FROM campaigns');
          store.transaction(() => {
            for (const { text, isEarlier, createdAt, sendAfter, messages } of campaigns) {
              const created = NOW + Math.round(createdAt * HOUR_MS);
              const sendAt = sendAfter === null ? null : created + Math.round(sendAfter * HOUR_MS);
              const merged = text.includes('{{');
              const words_ = isEarlier ? earlierFingerprintOf(text) : fingerprintOf(text);
              const { lastInsertRowid: id } = addCampaign.run(
                ACCOUNT,
                text,
                created,
                sendAt,
                merged ? 1 : 0,
                words_,
              );
              let overlap = 0;
              let waiting = 0;
              let closely = 0;
              for (const { person: place, state, sentAfter } of messages) {
                const person = PEOPLE[place];
                if (!person) continue;
                const { msisdn, name } = person;
                const isOpen = OPEN.includes(state);
                const sentAt = isOpen ? null : (sendAt ?? created) + Math.round(sentAfter * HOUR_MS);
                const ownText = merged ? filled(text, name) : null;
                addMessage.run(id, ACCOUNT, msisdn, state, ownText, sentAt);
                if (!REACHES.includes(state)) continue;
                const leaves = sentAt ?? Math.max(sendAt ?? created, NOW);
                const isWaiting = isOpen && leaves === NOW && at - NOW <= 24 * HOUR_MS;
                const apart = isWaiting ? 0 : Math.abs(at - leaves);
                const isClose =
                  samePersonMinutes > 0 &&
                  filled(text, name) === filled(words, name) &&
                  apart <= samePersonMinutes * 60_000;
                if (isClose) expected.people.add(msisdn);
                const sameWords = text.replace(/\s+/gu, ' ') === words.replace(/\s+/gu, ' ');
                if (sameCampaignHours > 0 && sameWords && apart <= sameCampaignHours * HOUR_MS) {
                  overlap++;
                  if (['held', 'queued'].includes(state)) waiting++;
                  if (isClose) closely++;
                  if (isClose) expected.named.add(msisdn);
                  expected.repeated.add(msisdn);
                }
              }
              if (overlap > 0) expected.campaigns.unshift({ overlap, waiting, closely });
            }
          });
          const all = await mergeAll(
            { text: words },
            { people: PEOPLE, leftOut: [], dead: 0, fields: new Set(['name', 'number']), longestSlice: 0 },
          );
          if (!all.ok) throw new Error(all.error.code);
          const found = await findRepeats(
            queries,
            { all: all.value, words, at, now: NOW, series: null, wanted: new Set() },
            { samePersonMinutes, sameCampaignHours },
          );
          expect(
            found.campaigns.map(({ overlap, waiting, closely }) => ({
              overlap,
              waiting,
              closely: closely?.people ?? 0,
            })),
          ).toEqual(expected.campaigns);
          const others = [...expected.people].filter((msisdn) => !expected.named.has(msisdn));
          expect(found.others?.people ?? 0).toBe(others.length);
          const either = new Set([...expected.people, ...expected.repeated]);
          expect(found.people).toBe(either.size);
          expect(PEOPLE.filter((_, index) => found.has(index)).map(({ msisdn }) => msisdn)).toEqual(
            PEOPLE.map(({ msisdn }) => msisdn).filter((msisdn) => either.has(msisdn)),
          );
        },
      ),
      { numRuns: 150 },
    );
  });
});
