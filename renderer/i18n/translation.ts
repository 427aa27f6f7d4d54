/** One entry of the catalogue: plain words, or words around typed facts. */
type Entry = string | ((facts: never) => string) | (() => string);

/** A feature's words. */
export type Words = { readonly [key: string]: Entry | Words };

/**
 * The shape that a translation must have: the same keys, and functions that take the same facts. A missing key, a wrong
 * fact or a function that ignores its facts altogether does not compile.
 */
export type Translation<T> = {
  readonly [K in keyof T]: T[K] extends string
    ? string
    : T[K] extends (...facts: infer A) => string
      ? (...facts: A) => string
      : Translation<T[K]>;
};

type SameArity<T, B> = {
  readonly [K in keyof T & keyof B]: T[K] extends (...facts: infer A) => string
    ? B[K] extends (...facts: infer C) => string
      ? C['length'] extends A['length']
        ? unknown
        : never
      : unknown
    : unknown;
};

/**
 * Checks a translation against the English words of the same feature:
 * `export const compose = translates<typeof en>()({ … })`.
 */
export const translates =
  <T>() =>
  <const B extends Translation<T>>(words: B & SameArity<T, B>): Translation<T> =>
    words;
