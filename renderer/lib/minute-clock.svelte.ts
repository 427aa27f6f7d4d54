import { createSubscriber } from 'svelte/reactivity';

const HALF_A_MINUTE = 30_000;

/** The present time for ages on the screen; moves every half minute while something shows it, and costs nothing otherwise. */
class MinuteClock {
  #subscribe = createSubscriber((update) => {
    const timer = setInterval(update, HALF_A_MINUTE);
    return () => clearInterval(timer);
  });

  /** Milliseconds since 1970-01-01 UTC. Reading it in a template or `$derived` keeps that up to date. */
  get now(): number {
    this.#subscribe();
    return Date.now();
  }
}

/** The one clock of the page. */
export const minuteClock = new MinuteClock();
