/** split-sms publishes no types; this is the part of it that we compare with. */
declare module 'split-sms' {
  type SplitPart = { readonly content: string | undefined; readonly length: number; readonly bytes: number };
  export function split(
    message: string,
    options?: { readonly summary?: boolean; readonly characterset?: 'GSM' | 'Unicode' },
  ): {
    readonly characterSet: 'GSM' | 'Unicode';
    readonly parts: readonly SplitPart[];
    readonly remainingInPart: number;
  };
}
