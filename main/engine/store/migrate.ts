/** One step of the schema: `version` numbers grow by 10, `sql` runs in one transaction with the setting of `user_version`. */
export type Migration = { readonly version: number; readonly name: string; readonly sql: string };
