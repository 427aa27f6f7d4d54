import type { Tone } from './state-look.ts';

/** A stretch of a progress bar. `soft`: paler, beside another stretch of the same tone. */
export type Segment = {
  readonly key: string;
  readonly tone: Tone;
  readonly value: number;
  readonly soft?: boolean;
};
