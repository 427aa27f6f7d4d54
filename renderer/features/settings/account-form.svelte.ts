import * as v from 'valibot';
import { readSender, type SenderFault } from '#shared/accounts/sender-rules.ts';
import { readServerAddress, type ServerAddressFault } from '#shared/accounts/server-address.ts';
import type { AppError } from '#shared/errors.ts';
import type { ProtocolChoice } from '#shared/accounts/protocols.ts';
import { AccountForm, type AccountPath, type AccountView } from '#shared/ipc/accounts.ts';
import type { MoneySchema } from '#shared/ipc/base.ts';
import type { VaultTest } from '#shared/ipc/shell.ts';
import { toAppError, type Link } from '../../lib/link.ts';
import { OptionsDraft } from './options-draft.svelte.ts';

/** The fields that can be wrong on their own. */
export type FormField = 'name' | 'serverAddress' | 'userName' | 'password' | 'senders' | 'options';

/** What is wrong with one field, as data; the words are the page's. */
export type FieldFault =
  /** `below`: said at the field itself. */
  | { readonly kind: 'below' | 'required' | 'too-long' | 'name-taken' | 'needs-consent' }
  | { readonly kind: 'server'; readonly fault: ServerAddressFault }
  | { readonly kind: 'sender'; readonly sender: string; readonly fault: SenderFault };

type Faults = Partial<Record<FormField, FieldFault>>;
/** What the last test found. */
type Tested = {
  /** `null` where the protocol has no balance call. */
  readonly balance: v.InferOutput<typeof MoneySchema> | null;
  readonly path: AccountPath;
};

const DEFAULT_SERVER = 'https://api.mimsms.com';

/** What is typed into the account form, what is wrong with it, and the calls behind its two buttons. */
export class AccountFormModel {
  name = $state('');
  protocol: ProtocolChoice = $state('auto');
  /** The fields that only some protocols have. */
  options: OptionsDraft = $state.raw(new OptionsDraft());
  serverAddress = $state(DEFAULT_SERVER);
  allowHttp = $state(false);
  userName = $state('');
  password = $state('');
  senders = $state('');

  /** The call under way. */
  busy: 'test' | 'save' | null = $state(null);
  /** A failure that belongs to no field. */
  error: AppError | null = $state.raw(null);
  /** What the last test found. */
  tested: Tested | null = $state.raw(null);
  /** Why the password could not be kept, after a save that failed for it. */
  vaultTest: VaultTest | null = $state.raw(null);

  /** Passwords are kept until the program closes only. */
  keepsInSession = $state(false);

  readonly #link: Link;
  readonly #editing: AccountView | null;
  #asked = $state(false);
  #answered: Faults = $state.raw({});

  constructor(link: Link, editing: AccountView | null) {
    this.#link = link;
    this.#editing = editing;
    if (!editing) return;
    this.name = editing.name;
    this.protocol = editing.protocol;
    this.options = new OptionsDraft(editing.options);
    this.serverAddress = editing.serverAddress;
    this.allowHttp = editing.allowHttp;
    this.userName = editing.userName;
    this.senders = editing.senders.join(', ');
  }

  /** The senders as a list: separated by commas, semicolons or new lines, empty ones dropped. */
  #senderList: readonly string[] = $derived(
    this.senders
      .split(/[,;،\n]/)
      .map((one) => one.trim())
      .filter((one) => one !== ''),
  );

  #typed: AccountForm = $derived({
    name: this.name,
    protocol: this.protocol,
    options: this.options.valueFor(this.protocol),
    serverAddress: this.serverAddress,
    allowHttp: this.allowHttp,
    userName: this.userName,
    senders: [...this.#senderList],
  });

  /** The first sender that breaks a rule; shown while typing. */
  #senderFault: FieldFault | null = $derived.by(() => {
    for (const sender of this.#senderList) {
      const read = readSender(sender);
      if (!read.ok) return { kind: 'sender', sender, fault: read.error.facts?.detail as SenderFault };
    }
    return null;
  });

  /** Everything that is wrong with what is typed. */
  #typedFaults: Faults = $derived.by(() => {
    const faults: Faults = {};
    const parsed = v.safeParse(AccountForm, this.#typed);
    for (const issue of parsed.issues ?? []) {
      const field = issue.path?.[0].key;
      const kind = issue.type === 'min_length' ? 'required' : 'too-long';
      if (field === 'name' || field === 'serverAddress' || field === 'userName' || field === 'senders') {
        faults[field] ??= { kind };
      }
    }
    if (!faults.serverAddress) {
      const read = readServerAddress(this.serverAddress, this.allowHttp, this.#scheme);
      if (!read.ok) faults.serverAddress = addressFault(read.error);
    }
    if (this.options.hasFault(this.protocol)) faults.options = { kind: 'below' };
    if (this.#senderFault) faults.senders = this.#senderFault;
    if (!this.#editing && this.password === '') faults.password = { kind: 'required' };
    return faults;
  });

  /** What to show at a field: senders at once, the rest after a button was pressed. */
  fault(field: FormField): FieldFault | null {
    const shown = this.#asked || field === 'senders' ? this.#typedFaults[field] : undefined;
    return shown ?? this.#answered[field] ?? null;
  }

  /** SMPP has addresses of its own; an automatic account speaks it when its address says so. */
  #scheme: 'http' | 'smpp' = $derived(
    this.protocol === 'smpp' || (this.protocol === 'auto' && /^\s*smpps?:/i.test(this.serverAddress))
      ? 'smpp'
      : 'http',
  );

  /** Takes another protocol; an address nobody has touched goes with it. */
  choose(protocol: ProtocolChoice): void {
    this.protocol = protocol;
    if (protocol === 'smpp' && this.serverAddress === DEFAULT_SERVER) this.serverAddress = '';
    else if (protocol !== 'smpp' && this.serverAddress === '') this.serverAddress = DEFAULT_SERVER;
    this.changed();
  }

  /** Something was changed: what the engine said about the old values is void. */
  changed(): void {
    this.#answered = {};
    this.error = null;
    this.tested = null;
    this.vaultTest = null;
  }

  /** Asks the gateway for the balance with what is typed. Never sends a message. */
  async test(): Promise<void> {
    await this.#run('test', async () => {
      this.tested = await this.#link.engine.accounts.test({
        form: this.#typed,
        ...(this.#editing && { id: this.#editing.id }),
        ...(this.password !== '' && { password: this.password }),
      });
    });
  }

  /** Saves; gives the account, or `null` when something stands in the way, which is then shown. */
  async save(): Promise<AccountView | null> {
    let saved: AccountView | null = null;
    await this.#run('save', async () => {
      const { accounts } = this.#link.engine;
      const form = this.#typed;
      const { password } = this;
      saved = this.#editing
        ? await accounts.update({ id: this.#editing.id, form, ...(password !== '' && { password }) })
        : await accounts.add({ form, password });
    });
    if (!saved && this.error && isVaultError(this.error)) await this.#askVault();
    return saved;
  }

  /** Asks where passwords are kept, for the hint; without an answer the usual place is named. */
  async askMode(): Promise<void> {
    this.keepsInSession = await this.#link.shell.vault.mode().then(
      (mode) => mode === 'session',
      () => false,
    );
  }

  /** The user chose to keep passwords in memory only, and to save with that. */
  async saveForSession(): Promise<AccountView | null> {
    try {
      await this.#link.shell.vault.setMode({ mode: 'session' });
      this.keepsInSession = true;
    } catch (thrown) {
      this.error = toAppError(thrown);
      return null;
    }
    return this.save();
  }

  async #run(what: 'test' | 'save', call: () => Promise<void>): Promise<void> {
    if (this.busy) return;
    this.changed();
    this.#asked = true;
    if (Object.keys(this.#typedFaults).length > 0) return;
    this.busy = what;
    try {
      await call();
    } catch (thrown) {
      this.#take(toAppError(thrown));
    } finally {
      this.busy = null;
    }
  }

  /** Puts an answer of the engine where it belongs: at its field, or above the buttons. */
  #take(error: AppError): void {
    const { code } = error;
    if (code === 'ACCOUNT_NAME_TAKEN') this.#answered = { name: { kind: 'name-taken' } };
    else if (code === 'PASSWORD_MISSING') this.#answered = { password: { kind: 'required' } };
    else this.error = error;
  }

  async #askVault(): Promise<void> {
    try {
      this.vaultTest = await this.#link.shell.vault.selfTest();
    } catch (thrown) {
      this.error = toAppError(thrown);
    }
  }
}

const isVaultError = ({ code }: AppError): boolean => code === 'VAULT_UNAVAILABLE' || code === 'VAULT_LOCKED';

function addressFault({ code, facts }: AppError): FieldFault {
  if (code === 'HTTP_NEEDS_CONSENT') return { kind: 'needs-consent' };
  return { kind: 'server', fault: facts?.detail as ServerAddressFault };
}
