import type { AccountView } from '#shared/ipc/accounts.ts';
import { PRACTICE_ACCOUNT_ID, type Space } from '#shared/ids.ts';
import type { SendOptions, SendRequest, WarningKind } from '#shared/ipc/plan.ts';
import type { Money } from '#shared/money.ts';
import { parseMerge } from '#shared/sms/merge-fields.ts';
import { maskFields } from '#shared/sms/text-change.ts';
import { textLimits } from '#shared/sms/text-limits.ts';
import type { EngineClient, Link } from '../../lib/link.ts';
import type { DraftSaver } from './draft-saver.svelte.ts';
import { meterOf, type Meter } from '../../lib/meter.ts';
import { minuteClock } from '../../lib/minute-clock.svelte.ts';
import type { ComposePrefill } from '../../lib/routes.ts';
import { scheduleFault } from '../../lib/schedule-rules.ts';
import type { Session } from '../../lib/session.svelte.ts';
import { ConfirmSend } from './confirm-send.svelte.ts';
import { Decisions } from './decisions.svelte.ts';
import { desksOf, type Desk, type Desks } from './desk.svelte.ts';
import type { Draft } from './draft.svelte.ts';
import { viewFields } from './field-notes.ts';
import { LaterTime } from './later-time.svelte.ts';
import { PlanWatch } from './plan-watch.svelte.ts';
import { RecipientCount } from './recipient-count.svelte.ts';
import { RepeatConfirm } from './repeat-confirm.svelte.ts';
import { Savings } from './savings.svelte.ts';
import { SourceWords } from './sources.svelte.ts';
import { Spilling } from './spilling.svelte.ts';
import { Stepper } from './stepper.svelte.ts';

/** What stands between the writer and the send button; the wording is in the catalogue under the same name. */
export type Missing =
  | 'account'
  | 'recipients'
  | 'gone'
  | 'text'
  | 'merge'
  | 'sender'
  | 'too-long'
  | 'time'
  | 'past'
  | 'too-far'
  | 'counting'
  | 'plan'
  | 'unknown-field'
  | 'empty-fields'
  | 'nobody'
  | 'warnings'
  | 'repeat';

/** Everything Compose shows, and what its buttons do. */
export class ComposeModel {
  readonly #session: Session;
  readonly #desks: Desks;
  readonly #engine: EngineClient;
  readonly plan: PlanWatch;
  readonly count = new RecipientCount();
  readonly sources: SourceWords;
  readonly stepper: Stepper;
  readonly spilling: Spilling;
  readonly savings = new Savings();
  readonly confirm: ConfirmSend;
  readonly repeatConfirm: RepeatConfirm;
  readonly later: LaterTime;
  readonly decisions = new Decisions();
  /** Something came up between the last look and the sending, which was not begun for that reason. */
  overlooked = $state(false);
  /** Of the draft that was noted last. */
  #saver: DraftSaver | null = null;

  constructor(link: Link, session: Session) {
    this.#session = session;
    this.#desks = desksOf(link);
    this.plan = new PlanWatch(link.engine);
    this.sources = new SourceWords(link.engine);
    this.stepper = new Stepper(link.engine);
    this.spilling = new Spilling(link.engine);
    this.confirm = confirmOf(link);
    this.#engine = link.engine;
    this.repeatConfirm = new RepeatConfirm(link.engine);
    this.later = new LaterTime(link.engine);
  }

  /** The account that sends; null before the accounts are known. */
  get account(): AccountView | null {
    return this.#session.active;
  }

  /** The desk of the account's space; null before the accounts are known. */
  desk: Desk | null = $derived.by(() =>
    this.#session.accounts === null ? null : this.#desks[this.#session.space],
  );

  /** What is written: of the account's space, or of no space yet. */
  draft: Draft = $derived.by(() => this.desk?.draft ?? this.#desks.unclaimed);

  /** Where people, drafts and templates are looked for. */
  get space(): Space {
    return this.#session.space;
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

  /** The merge fields of the text, or why they cannot be read. */
  merge = $derived.by(() => parseMerge(this.draft.text));

  /** Each person gets a text of their own. */
  isMerged = $derived.by(() => this.merge.ok && this.merge.value.hasFields);

  /** The text as the network bills it; of a text with fields, what stands around them. */
  meter: Meter = $derived.by(() => {
    const { text } = this.draft;
    if (!text.includes('{{')) return meterOf(text);
    const literal = this.merge.ok
      ? this.merge.value.pieces.filter((piece) => typeof piece === 'string').join('')
      : text;
    const marked = meterOf(maskFields(text));
    const limits = textLimits(literal);
    const tooLong = limits.ok ? 0 : limits.error.over;
    if (this.isMerged || !this.merge.ok) {
      return { ...marked, advice: { kind: 'none' }, boundaries: [], pieces: [], tooLong };
    }
    return { ...meterOf(literal), boundaries: [], forcing: marked.forcing };
  });

  /** What the editor marks and says about the merge fields. */
  fields = $derived.by(() => viewFields(this.draft.text, this.plan.latest?.fields ?? []));

  /** Names of fields that the chosen people have, beside name and number. */
  fieldNames = $derived.by(() => this.sources.fieldsOf(this.draft.sources));

  /* Plain values, so that a new balance in the background does not look like a new request. */
  #accountId = $derived.by(() => this.account?.id ?? null);
  #sender = $derived.by(() => this.sender);
  #price = $derived.by(() => this.account?.pricePerPart?.micros);

  #hasGone = $derived.by(() => this.sources.isGone(this.draft.sources));

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

  /** Somebody is written down. */
  get hasRecipients(): boolean {
    return this.draft.recipients.trim() !== '' || this.draft.sources.length > 0;
  }

  /** The message as if it went now; null while something is missing. A new price asks again. */
  #base: SendRequest | null = $derived.by(() => {
    void this.#price;
    const accountId = this.#accountId;
    const sender = this.#sender;
    const { recipients, text, sources, includeDead, emptyFields, templateId } = this.draft;
    /* Answers about one sending: each time of a repeated one is looked at by itself. */
    const answers = this.draft.repeat.on ? null : this.draft;
    if (!accountId || sender === '' || !this.hasRecipients || this.#hasGone || !this.merge.ok) return null;
    if (text.trim() === '' && sources.length === 0) return null;
    const options = this.#options;
    return {
      accountId,
      sender,
      text,
      recipients,
      ...(sources.length > 0 && { sources: [...sources] }),
      ...(includeDead && { includeDead }),
      ...(emptyFields === 'leave-out' && { emptyFields }),
      ...(answers?.leaveOutRepeats && { leaveOutRepeats: true }),
      ...(answers?.ignoreQuiet && { ignoreQuiet: true }),
      ...(templateId !== undefined && { templateId }),
      ...(options && { options }),
    };
  });

  /** What would be sent; null while something is missing. */
  request: SendRequest | null = $derived.by(() => {
    const { when, sendAt, zone } = this.draft;
    if (when === 'now' || !this.#base) return this.#base;
    return sendAt === null || scheduleFault(sendAt, Date.now()) !== null
      ? null
      : { ...this.#base, sendAt, zone };
  });

  /**
   * What the engine is asked about: {@link request}, and while only a time is missing the message without one, so that its numbers stay
   * in view. That one is never sent. People and groups are counted before there is a text, too.
   */
  asked: SendRequest | null = $derived.by(() => this.request ?? this.#base);

  /** Why sending is not possible at this moment; null when it is. */
  missing: Missing | null = $derived.by(() => this.#missingBefore ?? this.#missingInPlan);

  /** What is missing as far as the page itself can tell. */
  get #missingBefore(): Missing | null {
    if (!this.account) return 'account';
    if (!this.hasRecipients) return 'recipients';
    if (this.#hasGone) return 'gone';
    if (this.draft.text.trim() === '') return 'text';
    if (!this.merge.ok) return 'merge';
    if (this.meter.tooLong > 0) return 'too-long';
    if (this.sender === '') return 'sender';
    if (this.draft.when === 'now') return null;
    const fault = scheduleFault(this.draft.sendAt, minuteClock.now);
    return fault === 'empty' ? 'time' : fault;
  }

  /** Kinds of warnings that wait for a decision about what the engine has just said. */
  undecided: readonly WarningKind[] = $derived.by(() => {
    const { plan, request } = this.plan;
    return plan && request ? this.decisions.undecided(request, plan) : [];
  });

  get #missingInPlan(): Missing | null {
    if (this.plan.error) return 'plan';
    const { plan } = this.plan;
    if (!plan || !this.plan.request || this.plan.request !== this.request) return 'counting';
    if (plan.fields.some((one) => !one.known)) return 'unknown-field';
    if (plan.emptyRecipients > 0 && this.draft.emptyFields === 'block') return 'empty-fields';
    if (plan.recipients === 0) return 'nobody';
    /* A repeated sending is asked about at each of its times. */
    if (this.draft.repeat.on) return this.draft.repeat.isReady ? null : 'repeat';
    return this.undecided.length > 0 ? 'warnings' : null;
  }

  /** What would be left of the balance as it is known now; null while price or balance is unknown. */
  balanceAfter: Money | null = $derived.by(() => {
    const balance = this.account?.balance.money;
    const cost = this.plan.latest?.cost;
    if (!balance || !cost || balance.currency !== cost.currency) return null;
    return { micros: balance.micros - cost.micros, currency: balance.currency };
  });

  /** Puts a prefill in and takes its account into use. */
  prefill(prefill: ComposePrefill): Promise<void> {
    const accountId = prefill === 'practice-sample' ? PRACTICE_ACCOUNT_ID : prefill.accountId;
    if (this.account?.id !== accountId) this.#session.select(accountId);
    return this.#desks.of(accountId).apply(prefill);
  }

  /** The accounts are known: what is on the desk of their space is shown, with what was typed before. */
  claim(): void {
    if (this.desk) this.#desks.claim(this.desk.space);
  }

  /** Shows a draft of the list, and takes the account into use that it was written for. */
  async open(id: string): Promise<void> {
    const { desk } = this;
    if (!desk) return;
    await desk.open(id);
    const { accountId } = desk.draft;
    const isHere = this.#session.accounts?.some((one) => one.id === accountId && one.space === desk.space);
    if (accountId !== null && isHere) this.#session.select(accountId);
  }

  /** Notes what is written, to be saved. */
  noteChange(): void {
    this.#saver = this.draft.saver;
    this.#saver.changed(this.draft.contentFor(this.#accountId));
  }

  /** Saves what is written; also while the screen goes, when nothing derived may be read any more. */
  settle(): Promise<void> {
    return this.#saver?.flush() ?? Promise.resolve();
  }

  /** Opens the confirmation, when nothing is missing. */
  review(): void {
    const { request, plan } = this.plan;
    if (this.missing !== null || !request || !plan) return;
    const { saver, repeat } = this.draft;
    void saver.flush();
    if (repeat.on) {
      if (repeat.recurrence) this.repeatConfirm.start({ request, recurrence: repeat.recurrence, plan });
      return;
    }
    this.overlooked = false;
    this.confirm.start(request, plan, saver, this.decisions);
  }

  /** What was written is repeated from now on: it is no draft any more. */
  forgetRepeated(): void {
    const { desk, draft } = this;
    if (!desk) return;
    const { space } = desk;
    desk.removed(draft.id);
    /* One that stays in the list after all can be removed there. */
    this.#engine.drafts.remove({ space, id: draft.id }).catch(() => undefined);
  }

  /** The sending was not begun, because something came up that nobody had seen: it is asked for and shown. */
  lookAgain(): void {
    this.overlooked = true;
    this.plan.again();
  }

  /** Chooses "Later", at the time that was chosen before unless that is over. */
  sendLater(): void {
    const { draft } = this;
    const fault = scheduleFault(draft.sendAt, Date.now());
    if (fault === 'empty' || fault === 'past')
      draft.sendAt = this.later.propose(this.#options?.transactionClass ?? null);
    draft.when = 'later';
  }

  /** Leave to send in the quiet hours is about those that the plan met; without any it is void. */
  settleQuiet(): void {
    const { plan, request } = this.plan;
    if (!plan || request !== this.request || this.draft.repeat.on) return;
    if (!plan.warnings.some((one) => one.kind === 'quiet-hours')) this.draft.ignoreQuiet = false;
  }

  /** Drops what is under way and saves what is written. */
  stop(): void {
    void this.settle();
    this.plan.stop();
    this.count.stop();
    this.savings.stop();
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
