import type { AccountOptions } from '#shared/accounts/options.ts';
import { usesKey, type ProtocolChoice } from '#shared/accounts/protocols.ts';
import { canUseGet, familyOf } from './protocol-choices.ts';
import { decimalNumber } from './typed-values.ts';
import { wholeNumber } from '../../lib/whole-number.ts';
import { SmppDraft } from './smpp-draft.svelte.ts';

/** Bounds of the pace (the contract of the engine). */
export const PACE_RANGES = { perSecond: { min: 0.1, max: 10_000 }, atOnce: { min: 1, max: 32 } } as const;

const APP_ID = /^[A-Za-z0-9_-]{1,40}$/;

/** What is typed into the fields that only some protocols have, and those about the pace. What another protocol had typed in stays until the form closes. */
export class OptionsDraft {
  campaignId = $state('');
  appId = $state('');
  useGet = $state(false);
  validityUnit: 'usual' | 'minutes' | 'milliseconds' = $state('usual');
  pushReports = $state(false);
  /** Empty: as fast as the gateway takes them. */
  perSecond = $state('');
  /** Empty: chosen by how the gateway answers. */
  atOnce = $state('');
  isShared = $state(false);
  readonly smpp: SmppDraft;

  constructor(options: AccountOptions = {}) {
    this.campaignId = options.campaignId ?? '';
    this.appId = options.appId ?? '';
    this.useGet = options.useGet ?? false;
    this.validityUnit = options.validityUnit ?? 'usual';
    this.pushReports = options.pushReports ?? false;
    this.perSecond = options.perSecond?.toString() ?? '';
    this.atOnce = options.atOnce?.toString() ?? '';
    this.isShared = options.isShared ?? false;
    this.smpp = new SmppDraft(options.smpp);
  }

  /** The app id breaks its rule. */
  get isAppIdWrong(): boolean {
    return this.appId.trim() !== '' && !APP_ID.test(this.appId.trim());
  }

  /** How many messages a second is neither empty nor inside its bounds. */
  get isPerSecondWrong(): boolean {
    return this.perSecond.trim() !== '' && !isWithin(decimalNumber(this.perSecond), PACE_RANGES.perSecond);
  }

  /** How many requests at once is neither empty nor inside its bounds. */
  get isAtOnceWrong(): boolean {
    return this.atOnce.trim() !== '' && !isWithin(wholeNumber(this.atOnce), PACE_RANGES.atOnce);
  }

  /** Something that belongs to `choice` cannot be saved. */
  hasFault(choice: ProtocolChoice): boolean {
    const family = familyOf(choice);
    if (this.isPerSecondWrong || this.isAtOnceWrong) return true;
    if (family === 'legacy') return this.isAppIdWrong;
    return family === 'smpp' && this.smpp.hasFault;
  }

  /** The settings that belong to `choice` and differ from the usual. */
  valueFor(choice: ProtocolChoice): AccountOptions {
    const family = familyOf(choice);
    const options: AccountOptions = {};
    const smpp = family === 'smpp' ? this.smpp.value : undefined;
    if (smpp) options.smpp = smpp;
    if (usesKey(choice) && this.campaignId.trim() !== '') options.campaignId = this.campaignId.trim();
    if (family === 'legacy' && this.appId.trim() !== '') options.appId = this.appId.trim();
    if (canUseGet(choice) && this.useGet) options.useGet = true;
    if (family === 'rest' || family === 'auto') {
      if (this.validityUnit !== 'usual') options.validityUnit = this.validityUnit;
    }
    if (family !== 'smpp' && family !== 'key' && this.pushReports) options.pushReports = true;
    const perSecond = decimalNumber(this.perSecond);
    const atOnce = wholeNumber(this.atOnce);
    if (perSecond !== null) options.perSecond = perSecond;
    if (atOnce !== null) options.atOnce = atOnce;
    if (this.isShared) options.isShared = true;
    return options;
  }
}

const isWithin = (value: number | null, { min, max }: { min: number; max: number }): boolean =>
  value !== null && value >= min && value <= max;
