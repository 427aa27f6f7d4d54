import type { Account } from '../core/account.ts';
import { statusView, gsmErrorView, STATUS } from '../core/catalogue.ts';
import type { Lookup } from '../core/lookups.ts';
import { lookupMagicOf } from '../core/magic.ts';
import type { Pushes } from '../core/pushes.ts';
import type { Settings } from '../core/settings.ts';
import { codeOf } from './codes.ts';

/** Numbers in one asynchronous request at most. */
const LOOKUP_LIMIT = 1_000;

/** The result of a lookup as JSON (facts of the platform, "Number Context / HLR"); every value is a text. */
export function writeLookup({ id, to, context }: Lookup): string {
  const { original, portedNetwork, roamingNetwork } = context;
  return JSON.stringify({
    destination: to,
    id: id ?? '',
    stat: statOf(context.statusId),
    IMSI: context.imsi ?? '',
    err: String(context.errorId),
    'error.description': gsmErrorView(context.errorId).description,
    orn: original?.networkName ?? '',
    pon: portedNetwork?.networkName ?? '',
    ron: roamingNetwork?.networkName ?? '',
    mccmnc: context.mccmnc ?? '',
    ppm: (context.pricePerLookupMicros / 1_000_000).toFixed(4),
    onp: original?.networkPrefix ?? '',
    ocn: original?.countryName ?? '',
    ocp: original?.countryPrefix ?? '',
    is_ported: String(context.ported),
    pnp: portedNetwork?.networkPrefix ?? '',
    pcn: portedNetwork?.countryName ?? '',
    pcp: portedNetwork?.countryPrefix ?? '',
    is_roaming: String(context.roaming),
    rcn: roamingNetwork?.countryName ?? '',
    MSC: context.servingMsc ?? '',
  });
}

function statOf(statusId: number): string {
  if (statusId === STATUS.deliveredToHandset) return 'DELIVRD';
  return statusView(statusId).groupId === 5 ? 'REJECTD' : 'UNDELIV';
}

/** Numbers of a semicolon list, or `null` when there is none, or more than 1,000. */
export function readDestinations(text: string | undefined): readonly string[] | null {
  const numbers = (text ?? '').split(';').map((number) => number.trim());
  const given = numbers.filter((number) => number !== '');
  return given.length === 0 || given.length > LOOKUP_LIMIT ? null : given;
}

/**
 * Starts lookups whose results are pushed to an address later, one POST each, and gives the lines of the answer:
 * `OK`, then `destination;status;messageid` for each number. Without an address, nothing is pushed.
 */
export function startLookups(
  account: Account,
  numbers: readonly string[],
  around: { readonly pushes: Pushes; readonly settings: Settings; readonly pushUrl: string | null },
): string {
  const { pushes, settings, pushUrl } = around;
  const lines = account.lookups.make(numbers).map((lookup) => {
    if (pushUrl !== null && lookup.id !== null && lookupMagicOf(lookup.to) !== 'lost') {
      pushes.add({
        url: pushUrl,
        contentType: 'application/json',
        dueAt: lookup.at + settings.delays.toOperatorMs,
        body: () => writeLookup(lookup),
      });
    }
    const status = lookup.id === null ? codeOf(lookup.context.statusId, lookup.to) : 0;
    return `${lookup.to};${String(status)};${lookup.id ?? ''}`;
  });
  return ['OK', ...lines].join('\n');
}
