import type { AppError } from '#shared/errors.ts';
import type { Space } from '#shared/ids.ts';
import type { Source } from '#shared/ipc/plan.ts';
import type { Contact, ContactChoice } from '#shared/ipc/contacts.ts';
import type { DoNotMessageReason } from '#shared/ipc/do-not-message.ts';
import type { Group } from '#shared/ipc/groups.ts';
import { act } from '../../lib/act.ts';
import type { EngineClient } from '../../lib/link.ts';
import { everyContact, MOST_SOURCES, type People } from './every-contact.ts';

/** What was done last, for the line that says so. Those with a `removal`, and a removed group, can be undone. */
export type Done =
  | {
      readonly what: 'removed';
      readonly count: number;
      readonly name: string | null;
      readonly removal: number;
    }
  | { readonly what: 'merged'; readonly count: number; readonly name: string; readonly removal: number }
  | { readonly what: 'group-removed'; readonly id: number; readonly name: string }
  | { readonly what: 'joined' | 'left'; readonly count: number; readonly name: string }
  | {
      readonly what: 'blocked';
      readonly added: number;
      readonly known: number;
      /** Messages to them that the gateway sends later all the same. */
      readonly atGateway: number;
    }
  | { readonly what: 'restored'; readonly count: number; readonly kept: number };

/** Numbers put into the do-not-message list in one call. */
const BLOCK_PIECE = 20_000;

/** What is done to people and groups. One at a time; a failure is in {@link error}, what was done in {@link done}. */
export class PeopleActions {
  readonly #engine: EngineClient;
  readonly #space: Space;

  busy = $state(false);
  /** People gone through so far in a long action. */
  progress: number | null = $state(null);
  error: AppError | null = $state.raw(null);
  done: Done | null = $state.raw(null);

  constructor(engine: EngineClient, space: Space) {
    this.#engine = engine;
    this.#space = space;
  }

  /** Removes people; `name` is that of a single one. */
  remove(choice: ContactChoice, name: string | null): Promise<boolean> {
    return act(this, async () => {
      const { removal, removed } = await this.#engine.contacts.remove({ space: this.#space, choice });
      this.done = { what: 'removed', count: removed, name, removal };
    });
  }

  /** Makes several contacts one; see `contacts.merge`. */
  merge(input: Omit<Parameters<EngineClient['contacts']['merge']>[0], 'space'>): Promise<boolean> {
    return act(this, async () => {
      const { contact, removal } = await this.#engine.contacts.merge({ ...input, space: this.#space });
      this.done = { what: 'merged', count: input.others.length + 1, name: contact.name, removal };
    });
  }

  /** Puts people into a group of the list kind. */
  join(group: Group, choice: ContactChoice): Promise<boolean> {
    return act(this, () => this.#join(group, choice));
  }

  /** Makes a group of people; gives it, or null when that failed. */
  async joinNew(name: string, choice: ContactChoice): Promise<Group | null> {
    let made: Group | null = null;
    const isDone = await act(this, async () => {
      const group = await this.#engine.groups.add({ space: this.#space, name, rule: null });
      made = group;
      await this.#join(group, choice);
    });
    return isDone ? made : null;
  }

  /** Takes people out of a group of the list kind. */
  leave(group: Group, choice: ContactChoice): Promise<boolean> {
    return act(this, async () => {
      const { removed } = await this.#engine.groups.removeMembers({
        space: this.#space,
        id: group.id,
        choice,
      });
      this.done = { what: 'left', count: removed, name: group.name };
    });
  }

  /** Removes a group; its people stay. */
  removeGroup({ id, name }: Group): Promise<boolean> {
    return act(this, async () => {
      await this.#engine.groups.remove({ space: this.#space, id });
      this.done = { what: 'group-removed', id, name };
    });
  }

  /** Puts all numbers of people into the do-not-message list. */
  block(people: People, reason: DoNotMessageReason, note: string): Promise<boolean> {
    return act(this, async () => {
      this.progress = 0;
      try {
        await this.#blockNumbers(await this.#everyNumber(people), reason, note);
      } finally {
        this.progress = null;
      }
    });
  }

  /** Takes all numbers of one person out of the do-not-message list. */
  allow({ numbers }: Contact): Promise<boolean> {
    return act(this, async () => {
      for (const { msisdn, doNotMessage } of numbers)
        if (doNotMessage) await this.#engine.doNotMessage.remove({ space: this.#space, msisdn });
    });
  }

  /** The first numbers of people, one a line; null when reading failed. */
  async numbers(people: People): Promise<string | null> {
    let numbers: string | null = null;
    await act(this, async () => {
      if ('filter' in people) {
        const { filter } = people;
        ({ numbers } = await this.#engine.contacts.numbers({ space: this.#space, filter }));
      } else numbers = people.some.map(({ msisdn }) => msisdn).join('\n');
    });
    return numbers;
  }

  /** People one by one as recipients; null when there are too many for that, or reading failed. */
  async sources(people: People): Promise<readonly Source[] | null> {
    const sources: Source[] = [];
    const isDone = await act(this, async () => {
      for await (const contacts of everyContact(this.#engine, this.#space, people)) {
        for (const { id } of contacts) sources.push({ kind: 'contact', id });
        if (sources.length > MOST_SOURCES) break;
      }
    });
    return isDone && sources.length <= MOST_SOURCES ? sources : null;
  }

  /** Takes back what was done last, where that is possible. It can be tried again when it failed. */
  undo(): Promise<boolean> {
    const { done } = this;
    return act(this, async () => {
      if (done?.what === 'group-removed') {
        await this.#engine.groups.restore({ space: this.#space, id: done.id });
        this.done = null;
      } else if (done && 'removal' in done) {
        const told = await this.#engine.contacts.undo({ space: this.#space, removal: done.removal });
        this.done = told.kept > 0 ? { what: 'restored', count: told.restored, kept: told.kept } : null;
      }
    });
  }

  async #everyNumber(people: People): Promise<readonly string[]> {
    const numbers: string[] = [];
    for await (const contacts of everyContact(this.#engine, this.#space, people)) {
      for (const contact of contacts) numbers.push(...contact.numbers.map(({ msisdn }) => msisdn));
      this.progress = (this.progress ?? 0) + contacts.length;
    }
    return numbers;
  }

  async #blockNumbers(numbers: readonly string[], reason: DoNotMessageReason, note: string): Promise<void> {
    let [added, known, atGateway] = [0, 0, 0];
    for (let from = 0; from < numbers.length; from += BLOCK_PIECE) {
      const told = await this.#engine.doNotMessage.add({
        space: this.#space,
        numbers: numbers.slice(from, from + BLOCK_PIECE).join('\n'),
        reason,
        note,
      });
      added += told.added;
      known += told.known;
      atGateway += told.atGateway;
    }
    this.done = { what: 'blocked', added, known, atGateway };
  }

  async #join(group: Group, choice: ContactChoice): Promise<void> {
    const { added } = await this.#engine.groups.addMembers({ space: this.#space, id: group.id, choice });
    this.done = { what: 'joined', count: added, name: group.name };
  }
}
