import type { AppError } from '#shared/errors.ts';
import { spaceOf, type DraftId, type Space } from '#shared/ids.ts';
import { toAppError, type EngineClient, type Link } from '../../lib/link.ts';
import type { ComposePrefill } from '../../lib/routes.ts';
import { Draft, type Filling } from './draft.svelte.ts';
import { PRACTICE_SAMPLE } from './practice-sample.ts';

/** What lies on the desk in one space: the draft that is open. The others are in the engine's list. */
export class Desk {
  readonly space: Space;
  readonly #engine: EngineClient;
  #applied: ComposePrefill | null = null;
  #lastOpened: Promise<void> | null = null;

  draft: Draft = $state.raw() as Draft;
  /** Why a draft could not be opened; null when it could. */
  error: AppError | null = $state.raw(null);

  constructor(engine: EngineClient, space: Space) {
    this.#engine = engine;
    this.space = space;
    this.draft = this.#fresh();
  }

  /** Opens the draft that was changed last, once; what has been typed meanwhile stays instead. */
  openLast(): Promise<void> {
    this.#lastOpened ??= this.#findLast();
    return this.#lastOpened;
  }

  /** Opens a draft of the list in place of the present one, which is saved first. */
  async open(id: string): Promise<void> {
    if (id === this.draft.id) return;
    const before = this.draft;
    void before.saver.flush();
    this.error = null;
    try {
      const draft = await this.#read(id);
      if (this.draft === before) this.draft = draft;
    } catch (thrown) {
      this.error = toAppError(thrown);
    }
  }

  /** Begins another message, under an id of its own unless one is given. The present one stays in the list. */
  begin(filling: Filling = {}, id?: DraftId): Draft {
    void this.draft.saver.flush();
    const draft = this.#fresh(undefined, id);
    draft.fill({ sender: this.draft.sender, zone: this.draft.zone, ...filling });
    this.draft = draft;
    this.#lastOpened ??= Promise.resolve();
    return draft;
  }

  /** Lays down what was written before it was known whose it is. */
  take(draft: Draft): void {
    void this.draft.saver.flush();
    draft.saver.belongsTo(this.space);
    this.draft = draft;
    this.#lastOpened ??= Promise.resolve();
  }

  /** A draft was removed from the list, or went out and is gone with that: an empty one with the same sender and zone lies here. */
  removed(id: string): void {
    if (id !== this.draft.id) return;
    this.draft.saver.abandon();
    this.draft = this.#fresh(this.draft);
  }

  /** Puts a prefill in, once. It gets a draft of its own; the practice sample never displaces anything. */
  async apply(prefill: ComposePrefill): Promise<void> {
    if (this.#applied === prefill && prefill !== 'practice-sample') return;
    this.#applied = prefill;
    if (prefill === 'practice-sample') {
      await this.openLast();
      if (this.draft.isEmpty) this.begin(PRACTICE_SAMPLE);
      return;
    }
    const { accountId, begins: _, draftId, sendAt, zone, ...filling } = prefill;
    const later = sendAt !== undefined && { when: 'later' as const, sendAt };
    const draft = this.begin({ ...filling, ...later, ...(zone !== undefined && { zone }) }, draftId);
    draft.accountId = accountId;
  }

  async #findLast(): Promise<void> {
    const before = this.draft;
    try {
      const { rows } = await this.#engine.drafts.list({ space: this.space, limit: 1 });
      const [last] = rows;
      if (!last) return;
      const draft = await this.#read(last.id);
      if (this.draft === before && before.isEmpty) this.draft = draft;
    } catch (thrown) {
      this.error = toAppError(thrown);
    }
  }

  async #read(id: string): Promise<Draft> {
    const { content, changedAt, revision } = await this.#engine.drafts.get({ space: this.space, id });
    const draft = new Draft(this.#engine, id);
    draft.saver.belongsTo(this.space);
    draft.accountId = content.accountId;
    draft.fill(content);
    draft.saver.opened(draft.contentFor(null), changedAt, revision);
    return draft;
  }

  /** An empty one, with sender and zone of another. */
  #fresh(before?: Draft, id?: DraftId): Draft {
    const draft = new Draft(this.#engine, id);
    draft.saver.belongsTo(this.space);
    if (before) draft.fill({ sender: before.sender, zone: before.zone });
    return draft;
  }
}

/** The desks of a session, one for each space, so that a practice text never stands ready to be sent for real. */
class Desks {
  readonly real: Desk;
  readonly practice: Desk;
  readonly #engine: EngineClient;
  /** What is written before the accounts, and so the space, are known. */
  unclaimed: Draft = $state.raw() as Draft;

  constructor(engine: EngineClient) {
    this.#engine = engine;
    this.real = new Desk(engine, 'real');
    this.practice = new Desk(engine, 'practice');
    this.unclaimed = new Draft(engine);
  }

  /** The desk of an account's space. */
  of(accountId: string): Desk {
    return this[spaceOf(accountId)];
  }

  /** Gives what nobody claimed yet to a space, and opens the last draft where there is nothing. */
  claim(space: Space): void {
    if (!this.unclaimed.isEmpty) {
      this[space].take(this.unclaimed);
      this.unclaimed = new Draft(this.#engine);
    }
    void this[space].openLast();
  }
}

export type { Desks };

const DESKS = new WeakMap<Link, Desks>();

/** The desks of a link: they live as long as the window. */
export function desksOf(link: Link): Desks {
  let desks = DESKS.get(link);
  if (!desks) {
    desks = new Desks(link.engine);
    DESKS.set(link, desks);
  }
  return desks;
}
