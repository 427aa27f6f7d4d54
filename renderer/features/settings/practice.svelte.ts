import type { AppError } from '#shared/errors.ts';
import type { PracticeStatus } from '#shared/ipc/practice.ts';
import { toAppError, type Link } from '../../lib/link.ts';

const NUMBER = /^\+?\d{3,15}$/;
/** Pause (ms) between two looks while the page is open. */
const LOOK_AGAIN = 5_000;

/** What the practice gateway received, and letting a message arrive there. */
export class PracticeModel {
  readonly #link: Link;
  status: PracticeStatus | null = $state.raw(null);
  error: AppError | null = $state.raw(null);
  from = $state('8801712345678');
  text = $state('');
  busy = $state(false);
  /** The simulated message is there. */
  arrived = $state(false);

  constructor(link: Link) {
    this.#link = link;
  }

  /** The number as it can be simulated: Latin digits, without spaces. */
  #number: string = $derived(
    this.from.replace(/[০-৯]/g, (digit) => String(digit.charCodeAt(0) - 0x09e6)).replace(/[\s-]/g, ''),
  );

  /** The number cannot have sent anything. */
  isFromWrong: boolean = $derived(!NUMBER.test(this.#number));

  /** Everything is there to let a message arrive. */
  canReceive: boolean = $derived(!this.isFromWrong && this.text.trim() !== '');

  /** Looks now and then again and again. Returns the function that stops it. */
  start(): () => void {
    void this.look();
    const timer = setInterval(() => void this.look(), LOOK_AGAIN);
    return () => clearInterval(timer);
  }

  /** Asks what it received. */
  async look(): Promise<void> {
    try {
      this.status = await this.#link.engine.practice.status();
      this.error = null;
    } catch (thrown) {
      this.error = toAppError(thrown);
    }
  }

  /** Lets the written message arrive. */
  async receive(): Promise<void> {
    if (this.busy || !this.canReceive) return;
    this.busy = true;
    this.arrived = false;
    try {
      await this.#link.engine.practice.simulateInbound({ from: this.#number, text: this.text });
      this.text = '';
      this.arrived = true;
      await this.look();
    } catch (thrown) {
      this.error = toAppError(thrown);
    } finally {
      this.busy = false;
    }
  }
}
