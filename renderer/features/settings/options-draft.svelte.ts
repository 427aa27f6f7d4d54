import type { AccountOptions } from '#shared/accounts/options.ts';
import { usesKey, type ProtocolChoice } from '#shared/accounts/protocols.ts';
import { canUseGet, familyOf } from './protocol-choices.ts';
import { SmppDraft } from './smpp-draft.svelte.ts';

const APP_ID = /^[A-Za-z0-9_-]{1,40}$/;

/** What is typed into the fields that only some protocols have. What another protocol had typed in stays until the form closes. */
export class OptionsDraft {
  campaignId = $state('');
  appId = $state('');
  useGet = $state(false);
  validityUnit: 'usual' | 'minutes' | 'milliseconds' = $state('usual');
  pushReports = $state(false);
  readonly smpp: SmppDraft;

  constructor(options: AccountOptions = {}) {
    this.campaignId = options.campaignId ?? '';
    this.appId = options.appId ?? '';
    this.useGet = options.useGet ?? false;
    this.validityUnit = options.validityUnit ?? 'usual';
    this.pushReports = options.pushReports ?? false;
    this.smpp = new SmppDraft(options.smpp);
  }

  /** The app id breaks its rule. */
  get isAppIdWrong(): boolean {
    return this.appId.trim() !== '' && !APP_ID.test(this.appId.trim());
  }

  /** Something that belongs to `choice` cannot be saved. */
  hasFault(choice: ProtocolChoice): boolean {
    const family = familyOf(choice);
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
    return options;
  }
}
