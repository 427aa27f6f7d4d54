import { appError, type AppError } from '#shared/errors.ts';
import type { CampaignId } from '#shared/ids.ts';
import type { CampaignView } from '#shared/ipc/campaign-view.ts';
import { err, ok, type Result } from '#shared/result.ts';
import { quietUntil } from '#shared/rules/quiet-hours.ts';
import type { AccountAccess } from '../../account-access.ts';
import type { Clock } from '../../clock.ts';
import type { Store } from '../../store/store.ts';
import type { RulesService } from '../rules/service.ts';
import { heldBy, scheduleFault } from './schedule.ts';
import type { CampaignQueries, CampaignRow } from './queries.ts';

/** Gives campaigns another time. What the gateway holds is moved there by whoever calls this. */
export function createRescheduling(deps: {
  readonly store: Store;
  readonly queries: CampaignQueries;
  readonly clock: Clock;
  readonly accounts: Pick<AccountAccess, 'capabilitiesOf'>;
  readonly rules: Pick<RulesService, 'current'>;
  readonly view: (row: CampaignRow) => CampaignView;
}) {
  const { store, queries, clock, accounts, rules, view } = deps;

  /** Who would keep a campaign until a time; `null` when it goes out at once. */
  const holderUntil = (row: CampaignRow, sendAt: number | null): CampaignView['heldBy'] =>
    sendAt === null ? null : heldBy(sendAt, clock.now(), accounts.capabilitiesOf(row.account_id));

  /** Whether the gateway has messages of a campaign to hold until its time, or may have. */
  function mayLieThere(row: CampaignRow): boolean {
    const { accepted = 0, uncertain = 0, submitting = 0 } = view(row).counts;
    return row.held_by === 'gateway' && accepted + uncertain + submitting > 0;
  }

  return {
    /**
     * The time that a campaign gets when it is given another one; refused when nothing of it waits for one any more. What the gateway
     * holds, or is to hold, gets none in the quiet hours while they count: not even now, since this computer has no say in it any more.
     */
    timeFor(id: CampaignId, sendAt: number | null): Result<number | null, AppError> {
      const row = queries.byId(id);
      if (!row) return err(appError('NOT_FOUND'));
      const fault = sendAt === null ? null : scheduleFault(sendAt, clock.now());
      if (fault) return err(fault);
      if (row.pause_reason !== 'overdue' && view(row).phase !== 'scheduled')
        return err(appError('NOT_POSSIBLE_NOW'));
      const isAsked = row.quiet === 1 && (holderUntil(row, sendAt) === 'gateway' || mayLieThere(row));
      return ok(isAsked ? (quietUntil(rules.current(), row.class, sendAt ?? clock.now()) ?? sendAt) : sendAt);
    },

    /** Writes down the other time; `null`: now. */
    set(row: CampaignRow, sendAt: number | null): void {
      const isThere = row.held_by === 'gateway' && (view(row).counts.accepted ?? 0) > 0;
      const holder = isThere ? 'gateway' : holderUntil(row, sendAt);
      store.transaction(() => {
        queries.setSchedule(row.id, sendAt, holder);
        queries.leavesFrom(row.id, clock.now());
        if (row.pause_reason === 'overdue') queries.setPause(row.id, null);
      });
    },

    /** Whether the time of a campaign passed while it stood still, so that going on means now. */
    isOver(row: CampaignRow): boolean {
      if (row.pause_reason === 'overdue') return true;
      if (row.pause_reason === null || row.send_at === null || row.send_at > clock.now()) return false;
      const { held = 0, queued = 0 } = view(row).counts;
      return held + (row.held_by === 'gateway' ? queued : 0) > 0;
    },
  };
}
