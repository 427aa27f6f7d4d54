/** Words of exporting contacts. */
export const exports = {};
