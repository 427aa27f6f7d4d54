import { inspect } from 'node:util';

/** What a secret prints as, everywhere. */
export const DOTS = '••••••';

/**
 * A password, key or token on its way through the program. Whatever prints it (JSON, template text, `console`, an error
 * report) prints dots; only {@link Secret.reveal} gives the value, so a search for that word finds every use.
 */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  /** The value itself. Call it at the last moment, and never to log or to store. */
  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return DOTS;
  }

  toJSON(): string {
    return DOTS;
  }

  [Symbol.toPrimitive](): string {
    return DOTS;
  }

  [inspect.custom](): string {
    return DOTS;
  }
}
