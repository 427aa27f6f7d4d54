/** Words of importing and its history. */
export const imports = {};
