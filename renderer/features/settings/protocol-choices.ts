import type { Protocol, ProtocolChoice } from '#shared/accounts/protocols.ts';
import { i18n } from '../../i18n/i18n.svelte.ts';
import { protocolName } from '../../lib/protocol-names.ts';

type Family = 'rest' | 'key' | 'legacy' | 'smpp';

const FAMILY: Readonly<Record<Protocol, Family>> = {
  'rest-json': 'rest',
  'rest-xml': 'rest',
  'key-v2': 'key',
  'key-v1': 'key',
  'plain-v3': 'legacy',
  'plain-v1': 'legacy',
  'xml-v3': 'legacy',
  'xml-v1': 'legacy',
  'json-v3': 'legacy',
  smpp: 'smpp',
};

/** As written above: the newest of a family first. */
const ORDER = Object.keys(FAMILY) as Protocol[];
const FAMILIES: readonly Family[] = ['rest', 'key', 'legacy', 'smpp'];

/** The family of a chosen protocol; `auto` while the program is to find out. */
export const familyOf = (choice: ProtocolChoice): Family | 'auto' =>
  choice === 'auto' ? 'auto' : FAMILY[choice];

/** Whether parameters can go in the address instead of the body. */
export const canUseGet = (choice: ProtocolChoice): boolean => choice === 'plain-v1' || choice === 'plain-v3';

/** The choices of the form's combobox in the language in use: automatic first, then by family, the newest first. */
export function protocolChoices(): { value: ProtocolChoice; label: string; note: string; group?: string }[] {
  const { notes, groups } = i18n.t.accounts;
  const byFamily = FAMILIES.flatMap((family) =>
    ORDER.filter((one) => FAMILY[one] === family).map((value) => ({
      value,
      label: protocolName(value),
      note: notes[value],
      group: groups[family],
    })),
  );
  return [{ value: 'auto', label: protocolName('auto'), note: notes.auto }, ...byFamily];
}
