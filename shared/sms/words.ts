/** One sentence in the two languages of the app. */
export type Words = { readonly en: string; readonly bn: string };

/** Puts the two wordings of a sentence side by side. */
export const words = (en: string, bn: string): Words => ({ en, bn });
