import { offerBanglaSavings } from '#shared/sms/bangla-savings.ts';
import { offerOf, type ChangeReason, type TextChange, type TextOffer } from '#shared/sms/text-change.ts';
import type { Script } from '../../lib/meter.ts';

/** Pause (ms) in writing after which savings are looked for. */
const PAUSE = 300;

/** The same change at all its places in a text. */
export type ChangeKind = {
  readonly key: string;
  readonly before: string;
  readonly after: string;
  readonly why: ChangeReason;
  readonly count: number;
};

/** What could be written in fewer parts, and which of it the user wants. Nothing is changed before the user says so. */
export class Savings {
  #timer: ReturnType<typeof setTimeout> | undefined;
  #run = 0;
  #text = '';

  /** What can be saved in the present text; null when nothing, or while it is not known. */
  offer: TextOffer | null = $state.raw(null);
  /** The list of changes is shown. */
  isOpen = $state(false);
  /** Keys of changes that the user does not want. */
  #refused: ReadonlySet<string> = $state.raw(new Set());

  /** The changes of the offer, each kind once. */
  kinds: readonly ChangeKind[] = $derived.by(() => kindsOf(this.offer?.changes ?? []));

  /** The text with the chosen changes. */
  chosen: TextOffer | null = $derived.by(() => {
    const { offer } = this;
    if (!offer) return null;
    return offerOf(
      this.#text,
      offer.changes.filter((one) => !this.#refused.has(keyOf(one))),
    );
  });

  /** Looks for savings in a text once its writer pauses. A text with fields may save parts for some people only. */
  look(text: string, script: Script, isMerged: boolean): void {
    this.stop();
    if (script === 'latin') {
      this.offer = null;
      return;
    }
    const run = this.#run;
    this.#timer = setTimeout(() => void this.#find(text, script, isMerged, run), PAUSE);
  }

  /** Shows the changes, all of them chosen. */
  open(): void {
    this.#refused = new Set();
    this.isOpen = this.offer !== null;
  }

  /** Whether a kind of change is wanted. */
  isWanted(kind: ChangeKind): boolean {
    return !this.#refused.has(kind.key);
  }

  /** Takes a kind of change in or leaves it out. */
  want(kind: ChangeKind, isWanted: boolean): void {
    const refused = new Set(this.#refused);
    if (isWanted) refused.delete(kind.key);
    else refused.add(kind.key);
    this.#refused = refused;
  }

  /** Drops what is under way. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#run++;
  }

  async #find(text: string, script: Script, isMerged: boolean, run: number): Promise<void> {
    const offer = script === 'bangla' ? offerBanglaSavings(text) : await offerPlain(text);
    if (run !== this.#run) return;
    this.#text = text;
    this.offer = offer && (isMerged || offer.partsAfter < offer.partsBefore) ? offer : null;
  }
}

/** The tables of letters are big, and few texts need them. */
async function offerPlain(text: string): Promise<TextOffer | null> {
  const { offerTransliteration } = await import('#shared/sms/transliterate.ts');
  return offerTransliteration(text);
}

const keyOf = ({ before, after, why }: TextChange): string => JSON.stringify([before, after, why]);

function kindsOf(changes: readonly TextChange[]): ChangeKind[] {
  const kinds = new Map<string, ChangeKind>();
  for (const change of changes) {
    const key = keyOf(change);
    const { before, after, why } = change;
    kinds.set(key, { key, before, after, why, count: (kinds.get(key)?.count ?? 0) + 1 });
  }
  return [...kinds.values()];
}
