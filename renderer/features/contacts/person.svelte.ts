import type { AppError } from '#shared/errors.ts';
import type { Space } from '#shared/ids.ts';
import type { Contact, PersonFigures, PersonMessage } from '#shared/ipc/contacts.ts';
import { toAppError, type Link } from '../../lib/link.ts';
import { RowWindow } from '../../lib/row-window.svelte.ts';

/** Shortest time (ms) between two readings while messages change. */
const REFRESH_GAP = 1_000;

/** A message with a key that is its own in the list. */
export type HistoryRow = PersonMessage & { readonly id: string };

/** One person: the contact, its figures, every message. Follows what changes. */
export class PersonModel {
  readonly #link: Link;
  readonly #one: { readonly space: Space; readonly id: number };
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Answers to older questions are dropped. */
  #asked = 0;

  contact: Contact | null = $state.raw(null);
  figures: PersonFigures | null = $state.raw(null);
  error: AppError | null = $state.raw(null);
  readonly history: RowWindow<HistoryRow>;

  constructor(link: Link, space: Space, id: number) {
    this.#link = link;
    this.#one = { space, id };
    this.history = new RowWindow(async (cursor, limit) => {
      const page = await link.engine.contacts.history({
        ...this.#one,
        limit,
        ...(cursor !== undefined && { cursor }),
      });
      const rows = page.rows.map((row, index) => ({
        ...row,
        id: row.messageId === null ? `in ${row.at} ${cursor ?? ''} ${index}` : `out ${row.messageId}`,
      }));
      return { rows, next: page.next };
    });
  }

  /** Reads everything and follows its changes. Returns the function that stops it. */
  start(): () => void {
    void this.history.reload();
    void this.#readFigures();
    const { space } = this.#one;
    const fail = (error: AppError): void => {
      this.error = error;
    };
    const stops = [
      this.#link.follow(
        (signal) => this.#link.engine.contacts.watch({ space }, { signal }),
        () => void this.read(),
        fail,
      ),
      this.#link.follow(
        (signal) => this.#link.engine.messages.changes({ space }, { signal }),
        () => this.#refreshSoon(),
        fail,
      ),
    ];
    return () => {
      for (const stop of stops) stop();
      clearTimeout(this.#timer);
    };
  }

  /** Reads the contact again. */
  async read(): Promise<void> {
    const asked = ++this.#asked;
    try {
      const contact = await this.#link.engine.contacts.get(this.#one);
      if (asked !== this.#asked) return;
      this.contact = contact;
      this.error = null;
    } catch (thrown) {
      if (asked === this.#asked) this.error = toAppError(thrown);
    }
  }

  #refreshSoon(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      void this.history.refresh();
      void this.#readFigures();
    }, REFRESH_GAP);
  }

  async #readFigures(): Promise<void> {
    try {
      this.figures = await this.#link.engine.contacts.figures(this.#one);
    } catch (thrown) {
      this.error = toAppError(thrown);
    }
  }
}
