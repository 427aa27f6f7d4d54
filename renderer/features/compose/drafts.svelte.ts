import type { Space } from '#shared/ids.ts';
import type { SendOptions } from '#shared/ipc/campaigns.ts';
import type { Link } from '../../lib/link.ts';
import type { ComposePrefill } from '../../lib/routes.ts';
import { PRACTICE_SAMPLE } from './practice-sample.ts';

/** What is written in Compose. */
export type Content = {
  readonly recipients: string;
  readonly text: string;
  readonly sender: string;
  /** Milliseconds since 1970; absent to send at once. */
  readonly sendAt?: number | undefined;
  readonly options?: SendOptions | undefined;
};

/** A choice of how long the network keeps trying, in minutes; empty for the usual time. */
type Validity = '' | '60' | '360' | '1440' | '2880';

const EMPTY: Content = { recipients: '', text: '', sender: '' };
const VALIDITIES: readonly Validity[] = ['60', '360', '1440', '2880'];

const isEmpty = (content: Content): boolean => content.recipients.trim() === '' && content.text.trim() === '';

/**
 * The content of Compose in one space. It outlives the screen, so that going to another screen and back loses nothing.
 */
export class Draft {
  recipients = $state('');
  text = $state('');
  sender = $state('');
  when: 'now' | 'later' = $state('now');
  /** The chosen time (ms), kept while "Now" is chosen. */
  sendAt: number | null = $state(null);
  flash = $state(false);
  validity: Validity = $state('');
  transactionClass: '' | 'transactional' | 'promotional' = $state('');
  /** What stood here before something else was put in its place; null when nothing was displaced. */
  aside: Content | null = $state.raw(null);
  #applied: ComposePrefill | null = null;

  /** What is written now. */
  get content(): Content {
    return {
      recipients: this.recipients,
      text: this.text,
      sender: this.sender,
      sendAt: this.when === 'later' ? (this.sendAt ?? undefined) : undefined,
      options: this.options,
    };
  }

  /** The options that differ from the usual; `undefined` when none does. */
  get options(): SendOptions | undefined {
    const options: SendOptions = {
      ...(this.flash && { flash: true }),
      ...(this.validity !== '' && { validityMinutes: Number(this.validity) }),
      ...(this.transactionClass !== '' && { transactionClass: this.transactionClass }),
    };
    return Object.keys(options).length === 0 ? undefined : options;
  }

  /** Puts a prefill in, once; what it displaces is put aside. The practice sample never displaces anything. */
  apply(prefill: ComposePrefill): void {
    if (this.#applied === prefill && prefill !== 'practice-sample') return;
    this.#applied = prefill;
    if (prefill === 'practice-sample') {
      if (isEmpty(this.content)) this.#write({ ...PRACTICE_SAMPLE, sender: this.sender });
      return;
    }
    const { recipients, text, sender, sendAt, options } = prefill;
    const isOther = this.recipients !== recipients || this.text !== text;
    this.aside = isOther && !isEmpty(this.content) ? this.content : null;
    this.#write({ recipients, text, sender, sendAt, options });
  }

  /** Exchanges what is written with what was put aside. */
  bringBack(): void {
    if (!this.aside) return;
    const now = this.content;
    this.#write(this.aside);
    this.aside = isEmpty(now) ? null : now;
  }

  /** Forgets what was put aside. */
  dropAside(): void {
    this.aside = null;
  }

  /** Empties everything after sending but the sender, which stays for the next message. */
  clear(): void {
    this.#write({ ...EMPTY, sender: this.sender });
  }

  #write(content: Content): void {
    this.recipients = content.recipients;
    this.text = content.text;
    this.sender = content.sender;
    this.when = content.sendAt === undefined ? 'now' : 'later';
    this.sendAt = content.sendAt ?? null;
    this.flash = content.options?.flash ?? false;
    const validity = String(content.options?.validityMinutes ?? '');
    this.validity = VALIDITIES.find((one) => one === validity) ?? '';
    this.transactionClass = content.options?.transactionClass ?? '';
  }
}

const DRAFTS = new WeakMap<Link, Readonly<Record<Space, Draft>>>();

/** The drafts of a session, one for each space, so that a practice text never stands ready to be sent for real. */
export function draftsOf(link: Link): Readonly<Record<Space, Draft>> {
  let drafts = DRAFTS.get(link);
  if (!drafts) {
    drafts = { real: new Draft(), practice: new Draft() };
    DRAFTS.set(link, drafts);
  }
  return drafts;
}
