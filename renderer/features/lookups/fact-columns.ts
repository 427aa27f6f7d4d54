import type { Snippet } from 'svelte';
import type { NetworkFacts } from '#shared/phone/network-facts.ts';
import { formatMsisdn } from '#shared/phone/msisdn.ts';
import { i18n } from '../../i18n/i18n.svelte.ts';
import { countryOf, operatorOf } from '../../lib/serving-network.ts';
import type { Column } from '../../ui/virtual-table.ts';

type WithFacts = { readonly msisdn: string; readonly facts: NetworkFacts | null };

/** The columns that say what is known of a number, for the results of a lookup and for all known numbers. */
export function factColumns<R extends WithFacts>(cells: {
  ported: Snippet<[R]>;
  roaming: Snippet<[R]>;
  reachable: Snippet<[R]>;
}): readonly Column<R>[] {
  const { columns } = i18n.t.lookups;
  return [
    { key: 'number', header: columns.number, width: '158px', text: (row) => formatMsisdn(row.msisdn) },
    {
      key: 'operator',
      header: columns.operator,
      width: 'minmax(128px, 1fr)',
      text: (row) => operatorOf(row.facts),
    },
    {
      key: 'country',
      header: columns.country,
      width: 'minmax(104px, 0.7fr)',
      text: (row) => countryOf(row.facts),
    },
    { key: 'reachable', header: columns.reachable, width: '96px', cell: cells.reachable },
    { key: 'ported', header: columns.ported, width: '76px', cell: cells.ported },
    { key: 'roaming', header: columns.roaming, width: '82px', cell: cells.roaming },
  ];
}
