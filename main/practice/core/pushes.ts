import type { Message } from './message.ts';
import type { Settings } from './settings.ts';
import type { NotifyTarget } from './submission.ts';

/** Something to POST to an address of the client. Times in ms of the gateway's clock. */
export type Push = {
  readonly url: string;
  readonly contentType: string;
  readonly dueAt: number;
  /** Called once, when it is sent for the first time. */
  readonly body: () => string;
  readonly onDelivered?: () => void;
  /** Every try failed, or the address may not be contacted. */
  readonly onGivenUp?: () => void;
};

/** Writes the body of a push of one report. */
export type ReportWriter = (message: Message, settings: Settings) => string;

/** What the gateway sends by itself to addresses of the client. */
export type Pushes = {
  /** How reports look for a `contentType` of a {@link NotifyTarget}; each protocol sets its own. */
  readonly writers: Map<NotifyTarget['contentType'], ReportWriter>;
  add(push: Push): void;
  /** Pushes the report of a message when it is there, and before that the intermediate one if wanted. */
  addReport(message: Message): void;
  /** How many wait or are under way, retries included. */
  readonly waiting: number;
};

const TICK_MS = 20;
const TRY_LIMIT = 6;
const TIMEOUT_MS = 5_000;
const MINUTE_MS = 60_000;
/** Pushes under way at once. */
const PARALLEL = 8;
const WAITING_LIMIT = 50_000;

type Waiting = { readonly push: Push; at: number; tries: number; body: string | null };

/**
 * Starts the pushing of reports and other results. Retry n waits 1 min + 1 min × n² (facts of the platform, "Push"),
 * divided by the gateway's speed; after six tries a push is given up, and its report can be pulled. Nothing but
 * loopback addresses is contacted: this is a practice. `closing` ends it.
 */
export function openPushes(settings: Settings, closing: AbortSignal): Pushes {
  let waiting: Waiting[] = [];
  let running = 0;
  let timer: NodeJS.Timeout | null = null;

  function wait(item: Waiting): void {
    waiting.push(item);
    timer ??= setInterval(tick, TICK_MS).unref();
  }

  function tick(): void {
    const now = settings.now();
    const left: Waiting[] = [];
    for (const item of waiting) {
      if (item.at <= now && running < PARALLEL) void attempt(item);
      else left.push(item);
    }
    waiting = left;
    stopIfIdle();
  }

  async function attempt(item: Waiting): Promise<void> {
    running += 1;
    item.tries += 1;
    const startedAt = settings.now();
    item.body ??= item.push.body();
    const arrived = await post(item.push, item.body, closing);
    running -= 1;
    if (closing.aborted) return;
    if (arrived) {
      item.push.onDelivered?.();
    } else if (item.tries >= TRY_LIMIT) {
      item.push.onGivenUp?.();
    } else {
      item.at = startedAt + (MINUTE_MS + MINUTE_MS * item.tries ** 2) / settings.speed;
      wait(item);
    }
  }

  function stopIfIdle(): void {
    if (timer === null || waiting.length > 0) return;
    clearInterval(timer);
    timer = null;
  }

  closing.addEventListener('abort', () => {
    waiting = [];
    stopIfIdle();
  });

  const writers: Pushes['writers'] = new Map();
  const pushes: Pushes = {
    writers,
    add(push) {
      if (closing.aborted) return;
      if (waiting.length < WAITING_LIMIT && isLoopback(push.url)) {
        wait({ push, at: push.dueAt, tries: 0, body: null });
      } else {
        push.onGivenUp?.();
      }
    },
    addReport(message) {
      const { notify } = message;
      const write = notify === null ? undefined : writers.get(notify.contentType);
      const onGivenUp = (): void => {
        message.pushed = false;
      };
      if (notify === null || write === undefined) {
        onGivenUp();
        return;
      }
      const contentType = notify.contentType === 'legacy-xml' ? 'application/xml' : notify.contentType;
      const push = { url: notify.url, contentType, body: () => write(message, settings) };
      if (notify.intermediate && !message.lapses) pushes.add({ ...push, dueAt: message.operatorAt });
      const onDelivered = (): void => {
        message.reportGone = true;
      };
      pushes.add({ ...push, dueAt: message.doneAt, onDelivered, onGivenUp });
    },
    get waiting() {
      return waiting.length + running;
    },
  };
  return pushes;
}

/** Whether an address may be contacted: `http:` on this computer, by its number or as `localhost`. */
export function isLoopback(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname } = new URL(url);
  return protocol === 'http:' && /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(hostname);
}

/** POSTs once and follows no redirect; gives whether the answer was 2xx. */
async function post(push: Push, body: string, closing: AbortSignal): Promise<boolean> {
  try {
    const response = await fetch(push.url, {
      method: 'POST',
      headers: { 'content-type': push.contentType },
      body,
      redirect: 'manual',
      signal: AbortSignal.any([closing, AbortSignal.timeout(TIMEOUT_MS)]),
    });
    await response.body?.cancel();
    return response.ok;
  } catch {
    // Whatever kept it from arriving, a retry is the answer to it.
    return false;
  }
}
