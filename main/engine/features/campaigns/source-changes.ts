import type { CampaignId } from '#shared/ids.ts';
import type { SourceChange } from '#shared/ipc/campaign-view.ts';
import type { SendRequest } from '#shared/ipc/plan.ts';
import { readNumbers } from '#shared/phone/tokens.ts';
import { createTurns, SLICE } from '../../turns.ts';
import type { Recipients } from '../recipients/service.ts';
import type { PlannedSource, SourceQueries } from './source-queries.ts';

/** A group by rule changes without anybody changing it; what was compared holds for so long (ms). */
const KEPT_MS = 60_000;
/** Results that are kept. */
const KEPT = 20;

type Kept = { readonly revision: number; readonly at: number; readonly changes: readonly SourceChange[] };
/** A group with everybody's number who is in it now. */
type Now = { readonly chip: PlannedSource; readonly numbers: ReadonlySet<string>; readonly people: number };

/** Compares the groups of campaigns with what they were when these were planned. */
export function createSourceChanges(deps: {
  readonly queries: SourceQueries;
  readonly recipients: Pick<Recipients, 'peopleOf' | 'revision'>;
  readonly clock: { monotonic(): number };
}) {
  const { queries, recipients, clock } = deps;
  const kept = new Map<CampaignId, Kept>();

  async function plannedNumbers(id: CampaignId): Promise<Set<string>> {
    const turns = createTurns();
    const planned = new Set<string>();
    for (let after = 0; ;) {
      const rows = queries.numbers(id, after, SLICE);
      for (const row of rows) {
        after = row.id;
        if (row.msisdn !== '') planned.add(row.msisdn);
      }
      if (rows.length < SLICE) return planned;
      await turns.turn();
    }
  }

  /** `null` for a list that was removed: who stood in it is not known any more. A group that was removed has nobody. */
  async function peopleOf({ source }: PlannedSource): Promise<Set<string> | null> {
    const turns = createTurns();
    const pages = recipients.peopleOf(source);
    if (!pages.ok) return source.kind === 'list' || pages.error.code !== 'NOT_FOUND' ? null : new Set();
    const numbers = new Set<string>();
    for (const page of pages.value) {
      await turns.turn();
      for (const [index, { msisdn }] of page.entries()) {
        if (index % SLICE === 0) await turns.turn();
        numbers.add(msisdn);
      }
    }
    return numbers;
  }

  async function compare(id: CampaignId, request: SendRequest): Promise<SourceChange[]> {
    const chips = queries.chips(id);
    if (!chips.some(({ source }) => source.kind === 'group')) return [];
    const turns = createTurns();
    const planned = await plannedNumbers(id);
    /** Planned, and still in some source. */
    const still = new Set<string>();
    for (const { number } of readNumbers(request.recipients)) if (number.ok) still.add(number.value.msisdn);
    const groups: Now[] = [];
    let unknown = false;
    for (const chip of chips) {
      const numbers = await peopleOf(chip);
      if (numbers === null) {
        unknown = true;
        continue;
      }
      if (chip.source.kind === 'group') groups.push({ chip, numbers, people: numbers.size });
      for (const number of numbers) still.add(number);
      await turns.turn();
    }
    let gone = 0;
    if (!unknown) for (const number of planned) if (!still.has(number)) gone++;
    return changesOf(groups, planned, gone);
  }

  return {
    /** How the groups of a campaign differ from its messages; those alone that do. `request`: what was asked for. */
    async of(id: CampaignId, request: () => SendRequest): Promise<SourceChange[]> {
      const revision = recipients.revision();
      const before = kept.get(id);
      if (before?.revision === revision && clock.monotonic() - before.at < KEPT_MS)
        return [...before.changes];
      const changes = await compare(id, request());
      kept.delete(id);
      kept.set(id, { revision, at: clock.monotonic(), changes });
      for (const oldest of [...kept.keys()].slice(0, Math.max(0, kept.size - KEPT))) kept.delete(oldest);
      return changes;
    },
  };
}

/**
 * New people by group: in it now, and not among those planned for. No message says which group it came from, so that those who are gone are
 * counted against the groups that have become smaller; with one group that is exact.
 */
function changesOf(groups: readonly Now[], planned: ReadonlySet<string>, gone: number): SourceChange[] {
  let left = gone;
  const changes = groups.map(({ chip, numbers, people }, index) => {
    let added = 0;
    for (const number of numbers) if (!planned.has(number)) added++;
    const fewer = Math.max(0, chip.count + added - people);
    const removed = index === groups.length - 1 ? left : Math.min(left, fewer);
    left -= removed;
    return { label: chip.label, added, removed };
  });
  return changes.filter(({ added, removed }) => added + removed > 0);
}
