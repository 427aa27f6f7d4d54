import type { SendOptions } from '#shared/ipc/plan.ts';
import { i18n } from '../../i18n/i18n.svelte.ts';

const isNamed = <Names extends object>(names: Names, value: PropertyKey): value is keyof Names =>
  Object.hasOwn(names, value);

/** What of a sending differs from the account's usual way, as facts of a confirmation. */
export function optionFacts(
  options: SendOptions | undefined,
): readonly { readonly term: string; readonly value: string }[] {
  const words = i18n.t.compose.options;
  const { flash, validityMinutes, transactionClass } = options ?? {};
  const { validities } = words;
  const minutes = String(validityMinutes ?? '');
  return [
    ...(flash ? [{ term: words.flash, value: words.flashOn }] : []),
    ...(minutes !== '' && isNamed(validities, minutes)
      ? [{ term: words.validity, value: validities[minutes] }]
      : []),
    ...(transactionClass ? [{ term: words.transactionClass, value: words.classes[transactionClass] }] : []),
  ];
}
