import type { AccountView } from '#shared/ipc/accounts.ts';
import type { CampaignView, PauseReason } from '#shared/ipc/campaign-view.ts';

/** Which words a pause has: its reason, or that MiM SMS was not asked because no password is known. */
type PauseWord = PauseReason | 'password';

/**
 * The words of a campaign's pause; `null` where it is not paused. Sending pauses for the credentials too when there is no password,
 * for example after a restart when it was kept only until the program closes.
 */
export function pauseWord(
  { pauseReason, accountId }: Pick<CampaignView, 'pauseReason' | 'accountId'>,
  accounts: readonly Pick<AccountView, 'id' | 'secret'>[] | null,
): PauseWord | null {
  if (pauseReason !== 'credentials') return pauseReason;
  return accounts?.find(({ id }) => id === accountId)?.secret === 'absent' ? 'password' : pauseReason;
}
