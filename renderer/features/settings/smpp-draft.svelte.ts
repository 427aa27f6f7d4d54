import type { SmppOptions } from '#shared/accounts/options.ts';
import { wholeNumber } from '../../lib/whole-number.ts';

/** The bounds of each number field (SMPP 3.4 §5.2.5, §5.2.6; the contract of the engine). */
export const SMPP_RANGES = {
  window: { min: 1, max: 100 },
  enquireSeconds: { min: 5, max: 120 },
  sourceTon: { min: 0, max: 6 },
  sourceNpi: { min: 0, max: 18 },
  destinationTon: { min: 0, max: 6 },
  destinationNpi: { min: 0, max: 18 },
} as const;

/** A number field of the SMPP settings. */
export type SmppNumber = keyof typeof SMPP_RANGES;
/** A field that names an optional parameter. */
export type SmppTag = 'imsi' | 'mccmnc';

const NUMBERS = Object.keys(SMPP_RANGES) as SmppNumber[];
const FIRST_TAG = 0x1400;
const LAST_TAG = 0x3fff;

/** What is typed into the SMPP settings. An empty field means the usual value. */
export class SmppDraft {
  bind: NonNullable<SmppOptions['bind']> = $state('transceiver');
  longMessages: NonNullable<SmppOptions['longMessages']> = $state('udh');
  gsmCoding: '0' | '1' | '3' = $state('0');
  systemType = $state('');
  numbers: Record<SmppNumber, string> = $state({
    window: '',
    enquireSeconds: '',
    sourceTon: '',
    sourceNpi: '',
    destinationTon: '',
    destinationNpi: '',
  });
  tags: Record<SmppTag, string> = $state({ imsi: '', mccmnc: '' });

  constructor(options: SmppOptions = {}) {
    this.bind = options.bind ?? 'transceiver';
    this.longMessages = options.longMessages ?? 'udh';
    this.gsmCoding = `${options.gsmCoding ?? 0}`;
    this.systemType = options.systemType ?? '';
    for (const name of NUMBERS) this.numbers[name] = options[name]?.toString() ?? '';
    this.tags.imsi = hex(options.contextTags?.imsi);
    this.tags.mccmnc = hex(options.contextTags?.mccmnc);
  }

  /** Whether a number field holds neither nothing nor a number inside its bounds. */
  isWrong(name: SmppNumber): boolean {
    const { min, max } = SMPP_RANGES[name];
    const value = wholeNumber(this.numbers[name]);
    return this.numbers[name].trim() !== '' && (value === null || value < min || value > max);
  }

  /** Whether a tag field holds neither nothing nor a tag of the vendors' range. */
  isWrongTag(name: SmppTag): boolean {
    return this.tags[name].trim() !== '' && tagOf(this.tags[name]) === undefined;
  }

  /** Something in these settings cannot be saved. */
  get hasFault(): boolean {
    return NUMBERS.some((name) => this.isWrong(name)) || this.isWrongTag('imsi') || this.isWrongTag('mccmnc');
  }

  /** The settings that differ from the usual; `undefined` when none does. */
  get value(): SmppOptions | undefined {
    const options: SmppOptions = {};
    if (this.bind !== 'transceiver') options.bind = this.bind;
    if (this.longMessages !== 'udh') options.longMessages = this.longMessages;
    if (this.gsmCoding !== '0') options.gsmCoding = this.gsmCoding === '1' ? 1 : 3;
    if (this.systemType.trim() !== '') options.systemType = this.systemType.trim();
    for (const name of NUMBERS) {
      const number = wholeNumber(this.numbers[name]);
      if (number !== null) options[name] = number;
    }
    const imsi = tagOf(this.tags.imsi);
    const mccmnc = tagOf(this.tags.mccmnc);
    if (imsi !== undefined || mccmnc !== undefined)
      options.contextTags = { ...(imsi !== undefined && { imsi }), ...(mccmnc !== undefined && { mccmnc }) };
    return Object.keys(options).length === 0 ? undefined : options;
  }
}

const hex = (tag: number | undefined): string =>
  tag === undefined ? '' : `0x${tag.toString(16).padStart(4, '0').toUpperCase()}`;

/** A tag as typed: hexadecimal with `0x`, decimal without. */
function tagOf(typed: string): number | undefined {
  const text = typed.trim();
  const tag = /^0x[0-9a-f]{1,4}$/i.test(text) ? Number(text) : (wholeNumber(text) ?? 0);
  return tag >= FIRST_TAG && tag <= LAST_TAG ? tag : undefined;
}
