/** Largest text file in megabytes; it is streamed. */
export const TEXT_LIMIT_MB = 500;

/** Largest vCard file in megabytes; it is streamed. */
export const VCARD_LIMIT_MB = 200;

/** Largest workbook in megabytes as it lies on the disk; it is held in memory. */
export const WORKBOOK_LIMIT_MB = 60;

/**
 * Largest workbook in megabytes once the parts that are read are unpacked: 200,000 people of eight columns take about 110. Reading takes
 * several times that, and the limit of a thread's heap does not hold for all of it.
 */
export const UNPACKED_LIMIT_MB = 150;
