/**
 * SQL: pairs an account `a` with every other one `b` that signs in as the same user at the same server. What a gateway hands out once, it
 * hands out once for a login, whichever of its accounts asks first.
 */
export const OTHERS_OF_LOGIN = `accounts a
  CROSS JOIN accounts b ON b.user_name = a.user_name AND b.server_address = a.server_address AND b.id <> a.id`;

/** SQL: the ids of all accounts of the login that the bound `:account` belongs to, itself included, for `IN`. */
export const ACCOUNTS_OF_LOGIN = `(SELECT :account UNION ALL SELECT b.id FROM ${OTHERS_OF_LOGIN} WHERE a.id = :account)`;
