import type { Account } from './account.ts';

const TICK_MS = 50;

/** Lets scheduled messages of accounts go when their time has come, though nobody asks for them. */
export type Release = {
  /** An account has messages that wait for their time. */
  watch(account: Account): void;
};

/** Starts with nothing to watch; a timer runs only while there is something. `closing` ends it. */
export function openRelease(closing: AbortSignal): Release {
  const watched = new Set<Account>();
  let timer: NodeJS.Timeout | null = null;

  function tick(): void {
    for (const account of watched) if (!account.bulks.waiting) watched.delete(account);
    if (watched.size === 0) stop();
  }

  function stop(): void {
    if (timer !== null) clearInterval(timer);
    timer = null;
  }

  closing.addEventListener('abort', stop);
  return {
    watch(account) {
      if (closing.aborted) return;
      watched.add(account);
      timer ??= setInterval(tick, TICK_MS).unref();
    },
  };
}
