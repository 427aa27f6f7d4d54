import type { AppError } from '#shared/errors.ts';
import type { InboundNames, ReceiverSettings, ReceiverView } from '#shared/ipc/receiver.ts';
import { actAs } from '../../lib/act.ts';
import type { Link } from '../../lib/link.ts';
import { wholeNumber } from '../../lib/whole-number.ts';

/** The parts of a received SMS that the gateway names in its address. */
export const NAME_FIELDS = ['from', 'to', 'text', 'time', 'id'] as const;
/** One of {@link NAME_FIELDS}. */
export type NameField = (typeof NAME_FIELDS)[number];

const NAME = /^[A-Za-z0-9_.-]{1,40}$/;
const MOST_NAMES = 5;
const MAX_PORT = 65_535;

/** What a test of one account's address found. */
type TestResult = {
  readonly accountId: string;
  readonly ok: boolean;
  readonly detail: string;
  readonly ms: number;
};

/** What the user can have done. */
type ReceiverAction = 'save' | 'renew' | 'test';

/** The local receiver, live, and what is typed to change it. */
export class ReceiverModel {
  readonly #link: Link;

  /** `null` until it has been told. */
  view: ReceiverView | null = $state.raw(null);
  error: AppError | null = $state.raw(null);
  busy: ReceiverAction | null = $state(null);
  /** The account whose address is being tested. */
  testing: string | null = $state(null);
  tested: TestResult | null = $state.raw(null);
  /** The last change was taken over. */
  saved = $state(false);

  enabled = $state(false);
  reach: 'this' | 'every' = $state('this');
  /** Empty for any free one. */
  port = $state('');
  publicAddress = $state('');
  /** Names, separated by commas. */
  names: Record<NameField, string> = $state({ from: '', to: '', text: '', time: '', id: '' });

  constructor(link: Link) {
    this.#link = link;
  }

  /** Follows the receiver. Returns the function that stops it. */
  start(): () => void {
    return this.#link.follow(
      (signal) => this.#link.engine.receiver.watch(undefined, { signal }),
      (view) => {
        if (!this.view) this.#fill(view.settings);
        this.view = view;
      },
      (error) => {
        this.error = error;
      },
    );
  }

  /** The port is neither empty nor a number that a port can have. */
  isPortWrong = $derived.by(() => {
    const port = wholeNumber(this.port);
    return this.port.trim() !== '' && (port === null || port < 1 || port > MAX_PORT);
  });

  /** Whether the names of one part can be used. Number and text must have one. */
  isNameWrong(field: NameField): boolean {
    const names = listOf(this.names[field]);
    const isNeeded = field === 'from' || field === 'text';
    return (
      (isNeeded && names.length === 0) || names.length > MOST_NAMES || names.some((one) => !NAME.test(one))
    );
  }

  /** Everything typed can be saved. */
  isValid = $derived.by(() => !this.isPortWrong && !NAME_FIELDS.some((field) => this.isNameWrong(field)));

  /** Takes over what is typed. */
  async save(): Promise<void> {
    if (!this.isValid) return;
    await this.#act('save', async () => {
      this.#take(await this.#link.engine.receiver.configure(this.#settings()));
      this.saved = true;
    });
  }

  /** Makes new paths; the old ones stop working at once. */
  async renew(): Promise<void> {
    await this.#act('renew', async () => {
      this.view = await this.#link.engine.receiver.renewPaths();
    });
  }

  /** Calls an account's address as the gateway would. */
  async test(accountId: string): Promise<void> {
    this.testing = accountId;
    await this.#act('test', async () => {
      this.tested = { accountId, ...(await this.#link.engine.receiver.test({ accountId })) };
    });
    this.testing = null;
  }

  #take(view: ReceiverView): void {
    this.view = view;
    this.#fill(view.settings);
  }

  #fill(settings: ReceiverSettings): void {
    this.enabled = settings.enabled;
    this.reach = settings.everyInterface ? 'every' : 'this';
    this.port = settings.port === 0 ? '' : String(settings.port);
    this.publicAddress = settings.publicAddress;
    for (const field of NAME_FIELDS) this.names[field] = settings.names[field].join(', ');
  }

  #settings(): ReceiverSettings {
    const names: InboundNames = {
      from: listOf(this.names.from),
      to: listOf(this.names.to),
      text: listOf(this.names.text),
      time: listOf(this.names.time),
      id: listOf(this.names.id),
    };
    return {
      enabled: this.enabled,
      everyInterface: this.reach === 'every',
      port: wholeNumber(this.port) ?? 0,
      publicAddress: this.publicAddress.trim(),
      names,
    };
  }

  async #act(action: ReceiverAction, call: () => Promise<void>): Promise<void> {
    await actAs(this, action, async () => {
      this.saved = false;
      this.tested = null;
      await call();
    });
  }
}

const listOf = (typed: string): string[] =>
  typed
    .split(/[,;\s]+/)
    .map((one) => one.trim())
    .filter((one) => one !== '');
