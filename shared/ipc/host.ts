import * as v from 'valibot';
import { AccountId, CampaignId, Space } from '../ids.ts';
import { call, Count, FileHandle } from './base.ts';

/** What a look into the vault found. A locked keyring is an error, never `absent`. */
export const SecretLookup = v.object({
  secret: v.nullable(v.string()),
  kept: v.picklist(['keychain', 'session', 'nowhere']),
});
export type SecretLookup = v.InferOutput<typeof SecretLookup>;

/**
 * What is on its way out now, for the taskbar, the tray and the question whether the program may end. `fraction` from 0 to 1, `null`
 * when nothing is being sent; `waiting` are messages that this computer still has to hand over, `paused` those of them that leave only
 * when the user lets them go on, `isPaused`: nothing else is being sent; `nextAt` the next time it has to be running (ms).
 */
export const SendingProgress = v.object({
  fraction: v.nullable(v.pipe(v.number(), v.minValue(0), v.maxValue(1))),
  waiting: Count,
  paused: Count,
  isPaused: v.boolean(),
  nextAt: v.nullable(v.number()),
});
export type SendingProgress = v.InferOutput<typeof SendingProgress>;

/** A campaign that has ended (`sent`), or that stopped and needs somebody (`paused`). */
export const SendingEnd = v.object({
  space: Space,
  campaignId: CampaignId,
  name: v.pipe(v.string(), v.maxLength(120)),
  kind: v.picklist(['sent', 'paused']),
  /** Taken by the gateway, failed, and still open or uncertain. */
  sent: Count,
  failed: Count,
  uncertain: Count,
});
export type SendingEnd = v.InferOutput<typeof SendingEnd>;

/** A sending that is repeated and stopped by itself: nothing of it leaves before somebody has decided. */
export const RepeatStop = v.object({
  space: Space,
  name: v.pipe(v.string(), v.maxLength(120)),
  /**
   * Its time passed unseen; it would reach many more people than were confirmed; the balance is too low; another guard objects; the
   * account is gone; something else is in its way.
   */
  reason: v.picklist(['overdue', 'more-people', 'balance', 'guard', 'account', 'other']),
});
export type RepeatStop = v.InferOutput<typeof RepeatStop>;

/**
 * What the engine may ask of the main process. This port is never given to a page: it is the only way on which a
 * secret travels.
 */
export const hostContract = {
  secrets: {
    get: call('VAULT_UNAVAILABLE', 'VAULT_LOCKED')
      .input(v.object({ accountId: AccountId }))
      .output(SecretLookup),
    set: call('VAULT_UNAVAILABLE', 'VAULT_LOCKED')
      .input(v.object({ accountId: AccountId, secret: v.pipe(v.string(), v.minLength(1), v.maxLength(500)) }))
      .output(v.object({ kept: v.picklist(['keychain', 'session']) })),
    forget: call('VAULT_UNAVAILABLE', 'VAULT_LOCKED')
      .input(v.object({ accountId: AccountId }))
      .output(v.null()),
  },
  practice: {
    /** Starts the practice gateway when it is not running yet, and says where it listens and with which password. */
    ensure: call('PRACTICE_NOT_RUNNING').output(
      v.object({ url: v.string(), smppUrl: v.string(), userName: v.string(), password: v.string() }),
    ),
  },
  files: {
    /** Where a file is that the user chose. `write` names the place of a file to be made. Never shown to a page. */
    resolve: call('NOT_FOUND')
      .input(v.object({ handle: FileHandle, mode: v.picklist(['read', 'write']) }))
      .output(v.object({ path: v.string(), name: v.string() })),
  },
  power: {
    /** Keeps the computer awake while `on`; said again whenever it changes. */
    keepAwake: call()
      .input(v.object({ on: v.boolean() }))
      .output(v.null()),
  },
  sending: {
    /** Said again whenever it changes, at most about once a second. */
    progress: call().input(SendingProgress).output(v.null()),
    /** One notification, worded by the shell. A press on it opens the campaign. */
    ended: call().input(SendingEnd).output(v.null()),
    /** One notification for each time that one stops. A press on it opens the sendings that are repeated. */
    repeatStopped: call().input(RepeatStop).output(v.null()),
  },
};
