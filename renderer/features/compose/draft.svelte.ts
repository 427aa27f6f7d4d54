import type { EmptyFields, SendOptions, Source } from '#shared/ipc/plan.ts';
import type { DraftContent } from '#shared/ipc/drafts.ts';
import type { EngineClient } from '../../lib/link.ts';
import { localZone } from '../../lib/time-zones.ts';
import { DraftSaver } from './draft-saver.svelte.ts';
import { Repeat } from './repeat.svelte.ts';

/** A choice of how long the network keeps trying, in minutes; empty for the usual time. */
type Validity = '' | '60' | '360' | '1440' | '2880';

const VALIDITIES: readonly Validity[] = ['60', '360', '1440', '2880'];

/** What is put into a draft at once; what is not given is empty. */
export type Filling = {
  readonly [K in Exclude<keyof DraftContent, 'accountId'>]?: DraftContent[K] | undefined;
};

/** A place where a chip comes from, as one word. */
export const sourceKey = (source: Source): string => `${source.kind}:${source.id}`;

/** One message that is being written, and its saver. It outlives the screen, so that going away and back loses nothing. */
export class Draft {
  readonly saver: DraftSaver;
  /** The account it was last written for; null for a new one. */
  accountId: string | null = null;

  recipients = $state('');
  sources: readonly Source[] = $state.raw([]);
  text = $state('');
  sender = $state('');
  when: 'now' | 'later' = $state('now');
  /** The chosen time (ms), kept while "Now" is chosen. */
  sendAt: number | null = $state(null);
  /** How it is repeated, where "Repeat" is chosen. */
  readonly repeat = new Repeat();
  flash = $state(false);
  validity: Validity = $state('');
  transactionClass: '' | 'transactional' | 'promotional' = $state('');
  templateId: number | undefined = $state();
  includeDead = $state(false);
  emptyFields: EmptyFields = $state('block');
  /** Those who got the same lately are left out. */
  leaveOutRepeats = $state(false);
  /** It goes out in the quiet hours too: a wish, to which the user still has to say yes. */
  ignoreQuiet = $state(false);

  constructor(engine: EngineClient, id: string = crypto.randomUUID()) {
    this.saver = new DraftSaver(engine, id);
  }

  /** What the engine knows it by. Another one when more is written after it went out. */
  get id(): string {
    return this.saver.id;
  }

  /** The zone (IANA) in which its times are written, a later one as well as repeated ones. */
  get zone(): string {
    return this.repeat.zone;
  }

  set zone(zone: string) {
    this.repeat.zone = zone;
  }

  /** Nobody and nothing is written. */
  get isEmpty(): boolean {
    return this.recipients.trim() === '' && this.text.trim() === '' && this.sources.length === 0;
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

  /** Everything as it is kept, for the account in use. */
  contentFor(accountId: string | null): DraftContent {
    const { options, templateId } = this;
    const repeat = this.repeat.kept;
    return {
      accountId: accountId ?? this.accountId,
      sender: this.sender,
      text: this.text,
      recipients: this.recipients,
      sources: [...this.sources],
      when: this.when,
      sendAt: this.sendAt,
      includeDead: this.includeDead,
      emptyFields: this.emptyFields,
      ...(options && { options }),
      ...(templateId !== undefined && { templateId }),
      ...(this.leaveOutRepeats && { leaveOutRepeats: true }),
      ...(this.ignoreQuiet && { ignoreQuiet: true }),
      zone: this.zone,
      ...(repeat && { repeat }),
    };
  }

  /** Writes everything anew. */
  fill(filling: Filling): void {
    this.recipients = filling.recipients ?? '';
    this.sources = filling.sources ?? [];
    this.text = filling.text ?? '';
    this.sender = filling.sender ?? '';
    this.when = filling.when ?? 'now';
    this.sendAt = filling.sendAt ?? null;
    this.flash = filling.options?.flash ?? false;
    const validity = String(filling.options?.validityMinutes ?? '');
    this.validity = VALIDITIES.find((one) => one === validity) ?? '';
    this.transactionClass = filling.options?.transactionClass ?? '';
    this.templateId = filling.templateId;
    this.includeDead = filling.includeDead ?? false;
    this.emptyFields = filling.emptyFields ?? 'block';
    this.leaveOutRepeats = filling.leaveOutRepeats ?? false;
    this.ignoreQuiet = filling.ignoreQuiet ?? false;
    this.zone = filling.zone ?? localZone();
    this.repeat.fill(filling.repeat);
  }

  /** Adds people, a group or a list behind the others, once. */
  add(source: Source): void {
    const key = sourceKey(source);
    if (!this.sources.some((one) => sourceKey(one) === key)) this.sources = [...this.sources, source];
  }

  /** Takes a chip away. */
  drop(source: Source): void {
    const key = sourceKey(source);
    this.sources = this.sources.filter((one) => sourceKey(one) !== key);
  }
}
