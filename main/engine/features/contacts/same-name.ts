/**
 * Words before or after a name that people write or leave out: titles, and the usual short and long forms of Mohammad and Mosammat,
 * which are written as titles too. As `foldForSearch` folds them, without dots.
 */
const TITLES = new Set(
  `mr mrs ms miss dr prof professor engr eng engineer adv advocate alhaj alhajj haji hazi hajji md mohd muhd moh mohammad mohammed
  muhammad muhammed mohammod mohamad mst mosammat mosammot musammat most sir madam janab jonab
  জনাব জনাবা মোঃ মো মোহাম্মদ মোহাম্মাদ মুহাম্মদ মোছাঃ মোছা মোসাঃ মোসা মোছাম্মৎ মোসাম্মৎ মিসেস মিস মিঃ ডাঃ ডা ডক্টর ড ডঃ প্রফেসর অধ্যাপক
  প্রকৌশলী এডভোকেট অ্যাডভোকেট আলহাজ্ব আলহাজ হাজী হাজি`
    .normalize('NFC')
    .split(/\s+/u),
);

/**
 * What two names have in common that are likely the same person's: the words but for titles, in the order of the alphabet. A name that
 * is nothing but titles is compared as a whole. Spellings are not guessed: Rahman and Rahaman are two names.
 *
 * @param folded the name as `foldForSearch` gives it
 */
export function sameNameKey(folded: string): string {
  const words = folded.split(/[\s.,()'"-]+/u).filter((word) => word !== '');
  const telling = words.filter((word) => !TITLES.has(word) && !TITLES.has(word.replace(/(?::|ঃ)$/u, '')));
  return (telling.length > 0 ? telling : words).sort().join(' ');
}
