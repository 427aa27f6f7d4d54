import { bareNumber, refuseDestination } from './addresses.ts';
import { STATUS } from './catalogue.ts';
import { lookupMagicOf } from './magic.ts';

/** A network as a number lookup names it. */
export type Network = {
  readonly networkName: string;
  /** Without country prefix, for example `17`. */
  readonly networkPrefix: string;
  readonly countryName: string;
  readonly countryPrefix: string;
};

/** What a number lookup tells (API document, "Number Context"; facts of the platform, "Number Context / HLR"). */
export type NumberContext = {
  readonly statusId: number;
  /** 0 when there is none. */
  readonly errorId: number;
  /** Of the network that serves the number now; `null` outside Bangladesh. */
  readonly mccmnc: string | null;
  readonly imsi: string | null;
  readonly original: Network | null;
  readonly ported: boolean;
  readonly portedNetwork: Network | null;
  readonly roaming: boolean;
  readonly roamingNetwork: Network | null;
  readonly servingMsc: string | null;
  readonly pricePerLookupMicros: number;
};

/** Price of a lookup, in millionths of the currency. */
const LOOKUP_MICROS = 100_000;

type Operator = { readonly name: string; readonly mccmnc: string };

const GRAMEENPHONE: Operator = { name: 'Grameenphone', mccmnc: '47001' };
const ROBI: Operator = { name: 'Robi', mccmnc: '47002' };
const BANGLALINK: Operator = { name: 'Banglalink', mccmnc: '47003' };
const TELETALK: Operator = { name: 'Teletalk', mccmnc: '47004' };
const AIRTEL: Operator = { name: 'Airtel', mccmnc: '47007' };

/** The operator that a Bangladeshi prefix was first given to. */
const OPERATORS: ReadonlyMap<string, Operator> = new Map([
  ['13', GRAMEENPHONE],
  ['14', BANGLALINK],
  ['15', TELETALK],
  ['16', AIRTEL],
  ['17', GRAMEENPHONE],
  ['18', ROBI],
  ['19', BANGLALINK],
]);

const ABROAD: Network = {
  networkName: 'Vodafone',
  networkPrefix: '98',
  countryName: 'India',
  countryPrefix: '91',
};

/** Two digits after the country prefix; empty for a number outside Bangladesh. */
function prefixOf(to: string): string {
  return /^880(1\d)/.exec(bareNumber(to))?.[1] ?? '';
}

/** The `mccmnc` of a destination by its prefix, for example `47001`, or `null` for a number outside Bangladesh. */
export function mccmncOf(to: string): string | null {
  return OPERATORS.get(prefixOf(to))?.mccmnc ?? null;
}

function networkOf(operator: Operator, prefix: string): Network {
  return {
    networkName: operator.name,
    networkPrefix: prefix,
    countryName: 'Bangladesh',
    countryPrefix: '880',
  };
}

/** Looks a number up. A number that is none gets a group 5 status and costs nothing. */
export function contextOf(to: string): NumberContext {
  const refused = refuseDestination(to);
  const magic = lookupMagicOf(to);
  if (refused !== null) return nothingKnown(refused);
  if (magic === 'blacklisted') return nothingKnown(STATUS.byDestination);
  const prefix = prefixOf(to);
  const operator = OPERATORS.get(prefix);
  const original = operator === undefined ? null : networkOf(operator, prefix);
  if (magic === 'unknown') {
    return {
      ...nothingKnown(STATUS.notDelivered),
      errorId: 1,
      original,
      pricePerLookupMicros: LOOKUP_MICROS,
    };
  }
  const ported = magic === 'ported';
  const serving = ported ? GRAMEENPHONE : operator;
  const roaming = magic === 'roaming';
  const off = magic === 'off';
  return {
    statusId: off ? STATUS.notDelivered : STATUS.deliveredToHandset,
    errorId: off ? 27 : 0,
    mccmnc: serving?.mccmnc ?? null,
    imsi: serving === undefined ? null : `${serving.mccmnc}${bareNumber(to).slice(-10)}`,
    original,
    ported,
    portedNetwork: ported ? networkOf(GRAMEENPHONE, '17') : null,
    roaming,
    roamingNetwork: roaming ? ABROAD : null,
    servingMsc: off || serving === undefined ? null : roaming ? '919800000001' : '8801700000001',
    pricePerLookupMicros: LOOKUP_MICROS,
  };
}

function nothingKnown(statusId: number): NumberContext {
  return {
    statusId,
    errorId: 0,
    mccmnc: null,
    imsi: null,
    original: null,
    ported: false,
    portedNetwork: null,
    roaming: false,
    roamingNetwork: null,
    servingMsc: null,
    pricePerLookupMicros: 0,
  };
}
