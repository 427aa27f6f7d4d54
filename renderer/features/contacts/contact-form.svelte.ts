import type { AppError } from '#shared/errors.ts';
import type { Space } from '#shared/ids.ts';
import type { Contact } from '#shared/ipc/contacts.ts';
import { toAppError, type EngineClient } from '../../lib/link.ts';

/** The fields of one contact, new or there already, and what is done with it. */
export class ContactForm {
  readonly #engine: EngineClient;
  readonly #space: Space;

  isOpen = $state(false);
  /** The one that is being edited; null for a new one. */
  contact: Contact | null = $state.raw(null);
  name = $state('');
  number = $state('');
  error: AppError | null = $state.raw(null);
  busy: 'save' | 'remove' | null = $state(null);

  constructor(engine: EngineClient, space: Space) {
    this.#engine = engine;
    this.#space = space;
  }

  /** Opens the form for a contact, or for a new one with `null`. `number` as it is to stand in the field. */
  open(contact: Contact | null, number = ''): void {
    this.contact = contact;
    this.name = contact?.name ?? '';
    this.number = number;
    this.error = null;
    this.isOpen = true;
  }

  /** Closes the form; what is written in it is dropped. */
  close(): void {
    if (!this.busy) this.isOpen = false;
  }

  /** Stores what is written. The form stays open when that fails ({@link error} says why). */
  async save(): Promise<void> {
    const { contact, name, number } = this;
    const written = { space: this.#space, name, number };
    await this.#act('save', () =>
      contact
        ? this.#engine.contacts.update({ ...written, id: contact.id })
        : this.#engine.contacts.add(written),
    );
  }

  /** Removes the contact; gives it, or null when that failed. */
  async remove(): Promise<Contact | null> {
    const { contact } = this;
    if (!contact) return null;
    return this.#act('remove', () => this.#engine.contacts.remove({ space: this.#space, id: contact.id }));
  }

  async #act(what: 'save' | 'remove', call: () => Promise<Contact>): Promise<Contact | null> {
    if (this.busy) return null;
    this.busy = what;
    this.error = null;
    try {
      const contact = await call();
      this.isOpen = false;
      return contact;
    } catch (thrown) {
      this.error = toAppError(thrown);
      return null;
    } finally {
      this.busy = null;
    }
  }
}
