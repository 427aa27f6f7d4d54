import type { AppError } from '#shared/errors.ts';
import type { Space } from '#shared/ids.ts';
import type { MessageRow } from '#shared/ipc/campaign-view.ts';
import type { MessageDetail, MessageFilter, SyncView } from '#shared/ipc/messages.ts';
import type { MessageState } from '#shared/sms/message-state.ts';
import { toAppError, type Link } from '../../lib/link.ts';
import { RowWindow } from '../../lib/row-window.svelte.ts';
import { instantsOf, type DayRange } from './day-range.ts';

/** How long (ms) typing must pause before the list is read. */
const TYPING_PAUSE = 250;
/** Shortest time (ms) between two readings of the list while messages change. */
const REFRESH_GAP = 500;

/** How many messages match; `capped` when there are at least that many. */
export type MatchCount = { readonly count: number; readonly capped: boolean };

/** The archive of one space: its filters, its rows, the opened message and how complete it is. */
export class MessagesModel {
  readonly space: Space;
  readonly #link: Link;
  #typing: ReturnType<typeof setTimeout> | undefined;
  #refreshTimer: ReturnType<typeof setTimeout> | undefined;
  #countRun = 0;
  #openRun = 0;
  #isAtTop = true;
  #fixed: MessageFilter = $state.raw({});

  /** Words of the text, as typed. */
  search = $state('');
  /** Digits of the number, as typed. */
  number = $state('');
  /** The sender, as typed. */
  sender = $state('');
  /** States to show; empty for all. */
  states: readonly MessageState[] = $state.raw([]);
  /** Days to show. */
  days: DayRange = $state.raw({ from: '', until: '' });

  /** The matching messages. */
  readonly rows: RowWindow<MessageRow>;
  /** How many match; null while it is counted. */
  matches: MatchCount | null = $state.raw(null);
  /** Messages have come that the list does not show, because it is not scrolled to its top. */
  hasNewer = $state(false);

  /** The opened message. */
  openId: number | null = $state(null);
  /** Its history; null while it is read. */
  detail: MessageDetail | null = $state.raw(null);
  /** Why it could not be read. */
  detailError: AppError | null = $state.raw(null);

  /** How fresh the archive is; null until known. */
  sync: SyncView | null = $state.raw(null);
  /** "Check now" is under way. */
  checking = $state(false);
  /** Why "Check now" could not be done. */
  syncError: AppError | null = $state.raw(null);

  constructor(link: Link, space: Space, filter: MessageFilter = {}) {
    this.#link = link;
    this.space = space;
    this.search = filter.search ?? '';
    this.number = filter.number ?? '';
    this.sender = filter.sender ?? '';
    this.states = filter.states ?? [];
    this.#fixed = {
      ...(filter.campaignId === undefined ? {} : { campaignId: filter.campaignId }),
      ...(filter.accountId === undefined ? {} : { accountId: filter.accountId }),
      ...(filter.since === undefined ? {} : { since: filter.since }),
      ...(filter.until === undefined ? {} : { until: filter.until }),
    };
    this.rows = new RowWindow((cursor, limit) =>
      link.engine.messages.list({
        space,
        filter: this.filter,
        limit,
        ...(cursor === undefined ? {} : { cursor }),
      }),
    );
  }

  /** What is asked of the engine. */
  get filter(): MessageFilter {
    const text = (key: 'search' | 'number' | 'sender', value: string): MessageFilter =>
      value.trim() === '' ? {} : { [key]: value.trim() };
    return {
      ...this.#fixed,
      ...instantsOf(this.days),
      ...(this.states.length > 0 ? { states: [...this.states] } : {}),
      ...text('search', this.search),
      ...text('number', this.number),
      ...text('sender', this.sender),
    };
  }

  /** Whether anything restricts the list. */
  get isFiltered(): boolean {
    return Object.keys(this.filter).length > 0;
  }

  /** Reads the list and follows what changes. Returns the function that stops it. */
  start(): () => void {
    this.apply();
    let isSnapshot = true;
    const stops = [
      this.#link.follow(
        (signal) => this.#link.engine.messages.changes({ space: this.space }, { signal }),
        () => {
          if (!isSnapshot) this.#refreshSoon();
          isSnapshot = false;
        },
      ),
      this.#link.follow(
        (signal) => this.#link.engine.messages.syncState({ space: this.space }, { signal }),
        (sync) => {
          this.sync = sync;
        },
      ),
    ];
    return () => {
      for (const stop of stops) stop();
      clearTimeout(this.#typing);
      clearTimeout(this.#refreshTimer);
    };
  }

  /** Reads the list for the present filters. */
  apply(): void {
    clearTimeout(this.#typing);
    this.hasNewer = false;
    this.#isAtTop = true;
    void this.rows.reload();
    void this.#count();
  }

  /** Reads the list once typing pauses. */
  applySoon(): void {
    clearTimeout(this.#typing);
    this.#typing = setTimeout(() => this.apply(), TYPING_PAUSE);
  }

  /** Shows or hides messages of a state. */
  toggle(state: MessageState): void {
    const isOn = this.states.includes(state);
    this.states = isOn ? this.states.filter((one) => one !== state) : [...this.states, state];
    this.apply();
  }

  /** Shows the given days. */
  showDays(days: DayRange): void {
    this.#fixed = withoutDays(this.#fixed);
    this.days = days;
    this.apply();
  }

  /** Removes every restriction. */
  clearFilters(): void {
    this.search = '';
    this.number = '';
    this.sender = '';
    this.states = [];
    this.days = { from: '', until: '' };
    this.#fixed = {};
    this.apply();
  }

  /** Tells whether the list is scrolled to its top. There, what is new comes in by itself. */
  scrolled(isAtTop: boolean): void {
    this.#isAtTop = isAtTop;
    if (isAtTop && this.hasNewer) this.showNewer();
  }

  /** Shows the newest messages. */
  showNewer(): void {
    this.hasNewer = false;
    this.#isAtTop = true;
    void this.rows.reload();
  }

  /** Opens a message beside the list; null closes it. */
  async open(id: number | null): Promise<void> {
    const run = ++this.#openRun;
    if (id !== this.openId) this.detail = null;
    this.openId = id;
    this.detailError = null;
    if (id === null) return;
    try {
      const detail = await this.#link.engine.messages.get({ space: this.space, id });
      if (run === this.#openRun) this.detail = detail;
    } catch (thrown) {
      if (run === this.#openRun) this.detailError = toAppError(thrown);
    }
  }

  /** Pulls reports and sweeps the logs now. */
  async checkNow(): Promise<void> {
    if (this.checking) return;
    this.checking = true;
    this.syncError = null;
    try {
      this.sync = await this.#link.engine.messages.sync({ space: this.space });
    } catch (thrown) {
      this.syncError = toAppError(thrown);
    } finally {
      this.checking = false;
    }
  }

  async #count(): Promise<void> {
    const run = ++this.#countRun;
    try {
      const matches = await this.#link.engine.messages.count({ space: this.space, filter: this.filter });
      if (run === this.#countRun) this.matches = matches;
    } catch {
      // The list shows the failure of its own reading; a missing count needs no second notice.
      if (run === this.#countRun) this.matches = null;
    }
  }

  #refreshSoon(): void {
    if (this.#refreshTimer !== undefined) return;
    this.#refreshTimer = setTimeout(() => {
      this.#refreshTimer = undefined;
      void this.#refresh();
    }, REFRESH_GAP);
  }

  async #refresh(): Promise<void> {
    void this.#count();
    if (this.openId !== null) void this.open(this.openId);
    if (this.#isAtTop) {
      await this.rows.refresh();
      return;
    }
    await Promise.all([this.rows.patch(), this.#lookForNewer()]);
  }

  async #lookForNewer(): Promise<void> {
    try {
      const { rows } = await this.#link.engine.messages.list({
        space: this.space,
        filter: this.filter,
        limit: 1,
      });
      this.hasNewer ||= rows[0] !== undefined && rows[0].id !== this.rows.topId;
    } catch (thrown) {
      this.rows.error = toAppError(thrown);
    }
  }
}

function withoutDays(filter: MessageFilter): MessageFilter {
  const { since: _since, until: _until, ...rest } = filter;
  return rest;
}
