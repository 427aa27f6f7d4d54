import type { ErrorCode, ErrorFacts } from '#shared/errors.ts';
import { english as f } from '../format.ts';

/** What an error says: what happened, and what to do now. Either may be built around the error's facts. */
export type ErrorWords = {
  readonly title: string | ((facts: ErrorFacts) => string);
  readonly next: string | ((facts: ErrorFacts) => string);
};

/** Wording of every error code. */
export const errors = {
  INVALID_INPUT: {
    title: 'Something in the form is not right.',
    next: 'Check the fields and try again.',
  },
  PAYLOAD_TOO_LARGE: {
    title: 'That is too much at once.',
    next: 'Use fewer numbers or a shorter text, and send the rest afterwards.',
  },
  NOT_FOUND: {
    title: 'This is no longer here.',
    next: 'It may have been removed. Go back and open the list again.',
  },
  LINK_LOST: {
    title: 'The sending service restarted while this was going on.',
    next: 'Look at the list before you repeat it. Nothing is sent twice by repeating it here.',
  },
  UNEXPECTED: {
    title: (facts: ErrorFacts) =>
      facts.incident ? `Something went wrong (incident ${facts.incident}).` : 'Something went wrong.',
    next: 'Try once more. If it happens again, tell support this line. Nothing you wrote is lost.',
  },
  ACCOUNT_NAME_TAKEN: {
    title: 'Another account already has this name.',
    next: 'Choose a different name.',
  },
  INVALID_SERVER_ADDRESS: {
    title: 'This is not a server address.',
    next: 'It looks like https://api.mimsms.com. Copy it from the letter of MiM SMS.',
  },
  HTTP_NEEDS_CONSENT: {
    title: 'This address has no encryption.',
    next: 'Use an address that begins with https://, or tick “Allow unencrypted HTTP” if you accept the risk.',
  },
  INVALID_SENDER: {
    title: 'This sender ID is not allowed.',
    next: 'A name has 3 to 11 characters, a number 3 to 14 digits, exactly as MiM SMS has approved it.',
  },
  PRACTICE_ACCOUNT_FIXED: {
    title: 'The practice account cannot be changed or removed.',
    next: 'Add your own account to work with MiM SMS.',
  },
  ACCOUNT_IN_USE: {
    title: 'This account still has messages that are not settled.',
    next: 'Wait until they are sent and checked, or cancel them. Then change or remove the account.',
  },
  PASSWORD_MISSING: {
    title: 'There is no password for this account.',
    next: 'Type the password in Settings, Accounts.',
  },
  VAULT_UNAVAILABLE: {
    title: 'This computer has no place to keep the password safely.',
    next: 'Open Settings, Passwords. It shows how to put this right.',
  },
  VAULT_LOCKED: {
    title: 'The keychain of this computer is locked.',
    next: 'Unlock it with your computer password and try again.',
  },
  GATEWAY_UNREACHABLE: {
    title: 'The MiM SMS server cannot be reached.',
    next: 'Check the internet connection and the server address.',
  },
  GATEWAY_AUTH: {
    title: 'MiM SMS does not accept this user name and password.',
    next: 'Type them again. Capital letters matter. If it keeps failing, ask MiM SMS for a new password.',
  },
  GATEWAY_BUSY: {
    title: 'MiM SMS is too busy at the moment.',
    next: (facts: ErrorFacts) =>
      facts.retryAfter ? `Try again in ${f.duration(facts.retryAfter * 1000)}.` : 'Try again in a minute.',
  },
  GATEWAY_REFUSED: {
    title: 'MiM SMS refused this request.',
    next: 'Check that the account is active. The technical detail says what the server answered.',
  },
  GATEWAY_UNREADABLE: {
    title: 'The server answered something that is not from MiM SMS.',
    next: 'Check the server address. A login page of the internet line can also be in the way.',
  },
  PRACTICE_NOT_RUNNING: {
    title: 'The practice server did not start.',
    next: 'Close the program and open it again.',
  },
  NOT_SUPPORTED: {
    title: 'This account cannot do that.',
    next: 'Its protocol has no such call. Settings, Accounts shows what each account can do.',
  },
  PROTOCOL_NOT_FOUND: {
    title: 'None of the known protocols works at this address.',
    next: 'Check server address, user name and password, or choose the protocol that MiM SMS told you.',
  },
  RECEIVER_FAILED: {
    title: 'The local receiver cannot do this.',
    next: 'Open Settings, Receiving. Switch it on, give it a public address, or choose another port.',
  },
  NOTHING_TO_SEND: {
    title: 'There is nobody to send to.',
    next: 'Add at least one valid mobile number.',
  },
  TEXT_EMPTY: {
    title: 'The message is empty.',
    next: 'Write a text first.',
  },
  TEXT_TOO_LONG: {
    title: (facts: ErrorFacts) =>
      facts.limit === undefined
        ? 'The message is too long.'
        : `The message is too long: at most ${f.n(facts.limit)} characters.`,
    next: 'Shorten the text, or send it as two messages.',
  },
  TOO_MANY_RECIPIENTS: {
    title: (facts: ErrorFacts) =>
      facts.limit === undefined
        ? 'There are too many recipients.'
        : `There are too many recipients: at most ${f.n(facts.limit)} at a time.`,
    next: 'Send to some of them now and to the others afterwards.',
  },
  INVALID_SCHEDULE: {
    title: 'This time is not possible.',
    next: (facts: ErrorFacts) => `Choose a time from one minute to ${f.n(facts.limit ?? 180)} days from now.`,
  },
  CONFIRMATION_NEEDED: {
    title: 'This send needs your confirmation.',
    next: 'Type the number of recipients to confirm.',
  },
  PLAN_CHANGED: {
    title: 'Something changed while you were confirming. Nothing was sent.',
    next: 'Look at the new numbers and send again.',
  },
  UNDO_TOO_LATE: {
    title: 'It is too late to take it back.',
    next: 'Open the campaign. What has not left yet can still be cancelled.',
  },
  NOT_POSSIBLE_NOW: {
    title: 'This is not possible at the moment.',
    next: 'Look at the present state and try again.',
  },
  LEFTOVER_PLACEHOLDER: {
    title: (facts: ErrorFacts) =>
      facts.detail
        ? `A placeholder is left in the message to ${facts.detail}. Nothing was sent.`
        : 'A placeholder is left in a message. Nothing was sent.',
    next: 'Look at that person’s details, or write the field as the program knows it.',
  },
  WARNING_NOT_SEEN: {
    title: 'There is something to look at first. Nothing was sent.',
    next: 'Read the warnings under the message, and decide there.',
  },
  CONTACT_EXISTS: {
    title: (facts: ErrorFacts) =>
      facts.detail
        ? `“${facts.detail}” already has this number.`
        : 'Another contact already has this number.',
    next: 'Search for the number to find that contact, and change it there.',
  },
  MERGE_BROKEN: {
    title: 'A merge field in the text cannot be read.',
    next: 'Write it as {{name}} or {{name|Customer}}. To send two braces as they are, write \\{{.',
  },
  UNKNOWN_FIELD: {
    title: (facts: ErrorFacts) => `Nobody among the recipients has a field “${facts.detail ?? ''}”.`,
    next: 'Correct the name of the field, or add the field to the contacts or the file. Nothing was sent.',
  },
  EMPTY_FIELDS: {
    title: (facts: ErrorFacts) =>
      `${f.n(facts.actual ?? 0)} recipients have no value for a field of the text.`,
    next: 'Give the field a fallback, such as {{name|Customer}}, or leave these people out. Nothing was sent.',
  },
  TEMPLATE_EXISTS: {
    title: 'Another template already has this name.',
    next: 'Choose a different name.',
  },
  FIELD_EXISTS: {
    title: 'Another field already has this name.',
    next: 'Choose a different name, or use the field that is there.',
  },
  GROUP_EXISTS: {
    title: 'Another group already has this name.',
    next: 'Choose a different name.',
  },
  RULE_BROKEN: {
    title: 'A smart group asks for something that is gone.',
    next: 'Open the smart group and replace the field, group or import that no longer exists.',
  },
  FILE_NOT_READ: {
    title: 'The file cannot be opened.',
    next: 'Close it in other programs, look whether it is still there, and choose it again.',
  },
  FILE_TOO_LARGE: {
    title: (facts: ErrorFacts) =>
      facts.detail === 'unpacked'
        ? `This workbook takes ${f.n(facts.actual ?? 0)} MB unpacked, and the limit is ${f.n(facts.limit ?? 0)} MB.`
        : facts.limit === undefined
          ? 'This file is too large.'
          : `This file is too large: the limit is ${f.n(facts.limit)} MB.`,
    next: 'Divide it into several files, or save it as CSV, which may be larger than a workbook. Nothing was changed.',
  },
  FILE_DAMAGED: {
    title: 'This file cannot be read: it is damaged, locked with a password, or of another kind.',
    next: 'Open it in your spreadsheet program and save it again as CSV or XLSX. Nothing was changed.',
  },
  FILE_EMPTY: {
    title: 'There is nothing in this file.',
    next: 'Choose another file or another sheet.',
  },
  FILE_NOT_WRITTEN: {
    title: 'The file could not be written.',
    next: 'Look whether the disk is full or the file is open in another program, and choose a place again.',
  },
  IMPORT_BUSY: {
    title: 'Another import is still open.',
    next: 'Finish it or drop it first.',
  },
  IMPORT_GONE: {
    title: 'This import is no longer open.',
    next: 'Nothing of it was written. Choose the file again.',
  },
  IMPORT_CHANGED: {
    title: 'The contacts changed while the import was open.',
    next: 'Nothing was written. Look at the new figures and confirm again.',
  },
  STORE_NEWER: {
    title: 'The data on this computer were written by a newer version of this program.',
    next: 'Install the newest version. Your data are untouched.',
  },
  STORE_CORRUPT: {
    title: 'The data file is damaged.',
    next: 'Do not delete anything. Close the program and ask support to restore the last backup.',
  },
  STORE_FULL: {
    title: 'The disk is full.',
    next: 'Free some space on the disk. Sending goes on afterwards, and nothing is lost.',
  },
  STORE_READONLY: {
    title: 'The program may not write to its data folder.',
    next: 'Ask whoever looks after this computer to allow writing to the folder.',
  },
} satisfies Record<ErrorCode, ErrorWords>;
