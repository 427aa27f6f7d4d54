import type { AccountView } from '#shared/ipc/accounts.ts';
import { PRACTICE_ACCOUNT_ID, spaceOf } from '#shared/ids.ts';
import type { SendOptions, SendRequest } from '#shared/ipc/campaigns.ts';
import type { Money } from '#shared/money.ts';
import type { Link } from '../../lib/link.ts';
import { minuteClock } from '../../lib/minute-clock.svelte.ts';
import type { ComposePrefill } from '../../lib/routes.ts';
import { scheduleFault } from '../../lib/schedule-rules.ts';
import type { Session } from '../../lib/session.svelte.ts';
import { ConfirmSend } from './confirm-send.svelte.ts';
import { draftsOf, type Draft } from './drafts.svelte.ts';
import { meterOf } from '../../lib/meter.ts';
import { PlanWatch } from './plan-watch.svelte.ts';
import { RecipientCount } from './recipient-count.svelte.ts';

/** What stands between the writer and the send button; the wording is in the catalogue under the same name. */
export type Missing =
  | 'account'
  | 'recipients'
  | 'text'
  | 'sender'
  | 'too-long'
  | 'time'
  | 'past'
  | 'too-far'
  | 'counting'
  | 'plan'
  | 'nobody';

/** Everything Compose shows, and what its buttons do. */
export class ComposeModel {
  readonly #session: Session;
  readonly #drafts: ReturnType<typeof draftsOf>;
  readonly plan: PlanWatch;
  readonly count = new RecipientCount();
  readonly confirm: ConfirmSend;

  constructor(link: Link, session: Session) {
    this.#session = session;
    this.#drafts = draftsOf(link);
    this.plan = new PlanWatch(link.engine);
    this.confirm = confirmOf(link);
  }

  /** The account that sends; null before the accounts are known. */
  get account(): AccountView | null {
    return this.#session.active;
  }

  /** What is written, for the space of the account. */
  get draft(): Draft {
    return this.#drafts[this.#session.space];
  }

  /** Nothing leaves the computer. */
  get isPractice(): boolean {
    return this.#session.space === 'practice';
  }

  /** The sender in use: the chosen one where the account still has it, else the account's first. */
  get sender(): string {
    const senders = this.account?.senders ?? [];
    return senders.includes(this.draft.sender) ? this.draft.sender : (senders[0] ?? '');
  }

  /** The text as the network bills it. */
  meter = $derived.by(() => meterOf(this.draft.text));

  /* Plain values, so that a new balance in the background does not look like a new request. */
  #accountId = $derived.by(() => this.account?.id ?? null);
  #sender = $derived.by(() => this.sender);
  #price = $derived.by(() => this.account?.pricePerPart?.micros);

  /** Which options the account offers; none while its abilities are not known. */
  can = $derived.by(() => {
    const known = this.account?.path.capabilities;
    return {
      flash: known?.flash ?? false,
      validity: known?.validity ?? false,
      transactionClass: known?.transactionClass ?? false,
    };
  });

  /** What of the chosen options the account can do; an option of another account is not asked for. */
  #options: SendOptions | undefined = $derived.by(() => {
    const { flash, validityMinutes, transactionClass } = this.draft.options ?? {};
    const options: SendOptions = {
      ...(this.can.flash && flash && { flash }),
      ...(this.can.validity && validityMinutes !== undefined && { validityMinutes }),
      ...(this.can.transactionClass && transactionClass && { transactionClass }),
    };
    return Object.keys(options).length === 0 ? undefined : options;
  });

  /** How many options differ from the usual. */
  chosenOptions = $derived(Object.keys(this.#options ?? {}).length);

  /** What would be asked of the engine; null while something is missing. A new price asks again. */
  request: SendRequest | null = $derived.by(() => {
    void this.#price;
    const accountId = this.#accountId;
    const sender = this.#sender;
    const { recipients, text } = this.draft;
    if (!accountId || sender === '' || recipients.trim() === '' || text.trim() === '') return null;
    const options = this.#options;
    const base = { accountId, sender, text, recipients, ...(options && { options }) };
    if (this.draft.when === 'now') return base;
    const { sendAt } = this.draft;
    return sendAt === null || scheduleFault(sendAt, Date.now()) !== null ? null : { ...base, sendAt };
  });

  /** Why sending is not possible at this moment; null when it is. */
  missing: Missing | null = $derived.by(() => {
    if (!this.account) return 'account';
    if (this.draft.recipients.trim() === '') return 'recipients';
    if (this.draft.text.trim() === '') return 'text';
    if (this.meter.tooLong > 0) return 'too-long';
    if (this.sender === '') return 'sender';
    if (this.draft.when === 'later') {
      const fault = scheduleFault(this.draft.sendAt, minuteClock.now);
      if (fault) return fault === 'empty' ? 'time' : fault;
    }
    if (this.plan.error) return 'plan';
    if (!this.plan.plan || this.plan.request !== this.request) return 'counting';
    if (this.plan.plan.recipients === 0) return 'nobody';
    return null;
  });

  /** What would be left of the balance as it is known now; null while price or balance is unknown. */
  balanceAfter: Money | null = $derived.by(() => {
    const balance = this.account?.balance.money;
    const cost = this.plan.latest?.cost;
    if (!balance || !cost || balance.currency !== cost.currency) return null;
    return { micros: balance.micros - cost.micros, currency: balance.currency };
  });

  /** Puts a prefill in and takes its account into use. */
  prefill(prefill: ComposePrefill): void {
    const accountId = prefill === 'practice-sample' ? PRACTICE_ACCOUNT_ID : prefill.accountId;
    if (this.account?.id !== accountId) this.#session.select(accountId);
    this.#drafts[spaceOf(accountId)].apply(prefill);
  }

  /** Opens the confirmation, when nothing is missing. */
  review(): void {
    const { request, plan } = this.plan;
    if (this.missing === null && request && plan) this.confirm.start(request, plan);
  }

  /** Drops what is under way. What is written stays. */
  stop(): void {
    this.plan.stop();
    this.count.stop();
  }
}

const CONFIRMATIONS = new WeakMap<Link, ConfirmSend>();

/** The confirmation of a session: it remembers a decision with an unknown outcome over screens. */
function confirmOf(link: Link): ConfirmSend {
  let confirm = CONFIRMATIONS.get(link);
  if (!confirm) {
    confirm = new ConfirmSend(link.engine);
    CONFIRMATIONS.set(link, confirm);
  }
  return confirm;
}
