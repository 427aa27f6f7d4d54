/** No key answers a confirmation for this long (ms) after it has opened: what was pressed before may not have seen it. */
const FIRST_LOOK_MS = 500;

/**
 * Keeps keys from answering a confirmation that nobody can have read yet: the key that opened it, held down, and those pressed in
 * one breath with it. Presses of the mouse are aimed, and count at once.
 */
export function firstLook() {
  let since = -Infinity;

  /** Enter, alone or with Ctrl, submits or presses; the space bar presses a button and else is a space. */
  const isAnswer = ({ key, target }: KeyboardEvent): boolean =>
    key === 'Enter' || (key === ' ' && target instanceof HTMLButtonElement);

  return {
    /** What there is to read is shown from now on. */
    begin(): void {
      // A clock that nobody sets, so that it cannot hold keys back for hours.
      since = performance.now();
    },
    /** Whether a key comes too early to answer; it then does nothing. Ask before the key reaches anything else. */
    holdsBack(event: KeyboardEvent): boolean {
      const isEarly = event.repeat || performance.now() - since < FIRST_LOOK_MS;
      if (!isEarly || !isAnswer(event)) return false;
      event.preventDefault();
      return true;
    },
  };
}
