import { createContext } from 'svelte';
import type { AppError } from '#shared/errors.ts';

/** How urgent an error looks: a slip of the user, something that stands in the way, or danger for the data. */
export type Severity = 'warn' | 'error' | 'danger';

/** An error as the page shows it, in the language in use. */
export type ErrorText = {
  readonly title: string;
  readonly next: string;
  readonly severity: Severity;
  /** A technical line for support, or `null`. */
  readonly detail: string | null;
};

/** Finds the words for an error; the table lives in `renderer/app/error-table.ts`. */
export type DescribeError = (error: AppError) => ErrorText;

const [useDescribe, provideDescribe] = createContext<DescribeError>();

/** Gives the error table to every component below. Call during component initialisation. */
export const provideErrorWords = (describe: DescribeError): DescribeError => provideDescribe(describe);

/** The error table given further up. Call during component initialisation. */
export const useErrorWords = (): DescribeError => useDescribe();
