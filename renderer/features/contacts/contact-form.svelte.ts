import type { AppError } from '#shared/errors.ts';
import type { Space } from '#shared/ids.ts';
import type { Contact, Field, FieldValues } from '#shared/ipc/contacts.ts';
import { formatMsisdn } from '#shared/phone/msisdn.ts';
import { toAppError, type EngineClient } from '../../lib/link.ts';

/** Numbers that one contact may have. */
export const MOST_NUMBERS = 10;

/** A number as it stands in its box. The key stays with it when it moves. */
type WrittenNumber = { readonly key: number; text: string };

/** Everything of one contact, new or there already, as it is being written. */
export class ContactForm {
  readonly #engine: EngineClient;
  readonly #space: Space;
  #keys = 0;
  /** What was written when the form opened. */
  #before = '';

  isOpen = $state(false);
  /** The one that is being edited; null for a new one. */
  contact: Contact | null = $state.raw(null);
  name = $state('');
  numbers: WrittenNumber[] = $state([]);
  /** By field id. */
  values: Record<string, string> = $state({});
  /** Fields of the kind date in which something stands that is no date. */
  unreadable: Record<string, boolean> = $state({});
  groups: readonly number[] = $state.raw([]);
  note = $state('');
  error: AppError | null = $state.raw(null);
  /** What is written would be lost: the user is asked. */
  isAsking = $state(false);
  busy = $state(false);

  constructor(engine: EngineClient, space: Space) {
    this.#engine = engine;
    this.#space = space;
  }

  /** Opens the form for a contact, or for a new one with `null`, in `groups` (ids) then. */
  open(contact: Contact | null, groups: readonly number[] = []): void {
    this.contact = contact;
    this.name = contact?.name ?? '';
    this.numbers = [];
    for (const { msisdn } of contact?.numbers ?? []) this.addNumber(formatMsisdn(msisdn));
    if (this.numbers.length === 0) this.addNumber();
    this.values = { ...contact?.fields };
    this.unreadable = {};
    this.groups = contact ? contact.groups.map(({ id }) => id) : groups;
    this.note = contact?.note ?? '';
    this.error = null;
    this.isAsking = false;
    this.#before = this.#written;
    this.isOpen = true;
  }

  /** Something was changed that is not stored. */
  get isDirty(): boolean {
    return this.#written !== this.#before;
  }

  /** The number of the error's box; null when the error is about something else. */
  get wrongNumber(): number | null {
    const found = /^numbers\.(\d+)$/.exec(this.error?.facts?.field ?? '');
    return found ? Number(found[1]) : null;
  }

  /** Adds a box for a number. */
  addNumber(text = ''): void {
    if (this.numbers.length < MOST_NUMBERS) this.numbers.push({ key: ++this.#keys, text });
  }

  /** Takes a number away. */
  dropNumber(index: number): void {
    this.numbers.splice(index, 1);
    this.#forgetNumberError();
  }

  /** Moves a number one place up. The first one is the one that messages go to. */
  moveUp(index: number): void {
    const [moved] = this.numbers.splice(index, 1);
    if (moved) this.numbers.splice(index - 1, 0, moved);
    this.#forgetNumberError();
  }

  /** Puts the contact into a group of the list kind, or takes it out. */
  toggleGroup(id: number, isIn: boolean): void {
    this.groups = isIn ? [...this.groups, id] : this.groups.filter((one) => one !== id);
  }

  /** Closes the form, or asks first where something would be lost. */
  close(): void {
    if (this.busy) return;
    if (this.isDirty && !this.isAsking) this.isAsking = true;
    else this.isOpen = false;
  }

  /** Closes the form; what is written in it is dropped. */
  drop(): void {
    this.isOpen = false;
  }

  /**
   * Stores what is written. The form stays open when that fails ({@link error} says why).
   *
   * @param fields all fields of the user: values of others are dropped
   * @returns the contact as it is stored; null when it is not
   */
  async save(fields: readonly Field[]): Promise<Contact | null> {
    if (this.busy || Object.values(this.unreadable).some(Boolean)) return null;
    const { contact, name, note, groups } = this;
    /* A box left empty is no number, but one is needed: an empty first one is refused with a word. */
    const numbers = this.numbers.map(({ text }) => text);
    while (numbers.length > 1 && numbers.at(-1)?.trim() === '') numbers.pop();
    const values: FieldValues = {};
    for (const { id } of fields) {
      const value = this.values[id]?.trim() ?? '';
      if (value !== '') values[id] = value;
    }
    const written = { space: this.#space, name, numbers, note, fields: values, groups: [...groups] };
    this.busy = true;
    this.error = null;
    this.isAsking = false;
    try {
      const stored = contact
        ? await this.#engine.contacts.update({ ...written, id: contact.id })
        : await this.#engine.contacts.add(written);
      this.isOpen = false;
      return stored;
    } catch (thrown) {
      this.error = toAppError(thrown);
      return null;
    } finally {
      this.busy = false;
    }
  }

  /** A place in the list of numbers means another one now. */
  #forgetNumberError(): void {
    if (this.wrongNumber !== null) this.error = null;
  }

  get #written(): string {
    const values = Object.entries(this.values).filter(([, value]) => value !== '');
    return JSON.stringify([
      this.name,
      this.numbers.map(({ text }) => text),
      values.toSorted(),
      this.groups.toSorted((a, b) => a - b),
      this.note,
    ]);
  }
}
