// Who may import whom. The order of rules follows the folders: shared, engine, gateways, shell, practice, renderer.

const ELECTRON = '(^|/)node_modules/electron/|^electron$';
const SQLITE = '(^|/)node_modules/@photostructure/sqlite/';
const KEYTAR = '(^|/)node_modules/(keytar|@github/keytar)/';
/** Libraries that are pure and run anywhere. */
const PURE =
  '(^|/)node_modules/(@orpc/contract|@orpc/shared|@standard-schema/spec|valibot|libphonenumber-js|any-ascii|@internationalized/date)/';

/** @type {import('dependency-cruiser').IForbiddenRuleType[]} */
const forbidden = [
  {
    name: 'no-circular',
    comment:
      'Two files that need each other are one file, or hide a third. (A component may show itself, as a tree does.)',
    severity: 'error',
    from: { path: '^((?:shared|main|renderer)/.+)$' },
    to: { circular: true, pathNot: '^$1$', viaOnly: { dependencyTypesNot: ['type-only'] } },
  },
  {
    name: 'no-unresolvable',
    comment: 'Every import leads somewhere.',
    severity: 'error',
    from: {},
    to: { couldNotResolve: true, pathNot: '^(electron|vite/client)$' },
  },
  {
    name: 'shared-is-pure',
    comment: 'shared runs anywhere: no DOM, no Node, no Electron, nothing of the other folders.',
    severity: 'error',
    from: { path: '^shared/' },
    to: { pathNot: ['^shared/', PURE] },
  },
  {
    name: 'no-electron-here',
    comment:
      'Electron is known in main/shell, in the entry of the main process and in the preload, nowhere else.',
    severity: 'error',
    from: { path: '^(shared|main|renderer)/', pathNot: '^main/(shell/|preload/|index\\.ts$)' },
    to: { path: ELECTRON },
  },
  {
    name: 'sqlite-only-in-store',
    comment: 'The database library is to be exchanged in one folder. (Its types are gone once built.)',
    severity: 'error',
    from: { path: '^(shared|main|renderer)/', pathNot: '^main/engine/store/' },
    to: { path: SQLITE, dependencyTypesNot: ['type-only'] },
  },
  {
    name: 'keychain-only-in-shell',
    comment: 'Secrets live in the main process; everything else asks for them.',
    severity: 'error',
    from: { path: '^(shared|main|renderer)/', pathNot: '^main/shell/' },
    to: { path: KEYTAR },
  },
  {
    name: 'engine-stays-in-engine',
    comment:
      'The engine runs under plain Node and knows neither the shell, the practice gateway nor the page.',
    severity: 'error',
    from: { path: '^main/engine/' },
    to: { path: '^(main/(?!engine/|logging/|ipc/)|renderer/)' },
  },
  {
    name: 'features-see-gateway-port-only',
    comment: 'A feature speaks to a gateway through the port, never to a protocol.',
    severity: 'error',
    from: { path: '^main/engine/features/' },
    to: { path: '^main/engine/gateways/', pathNot: '^main/engine/gateways/gateway\\.ts$' },
  },
  {
    name: 'features-meet-at-services',
    comment: 'A feature uses another one through its service, never through its queries or handlers.',
    severity: 'error',
    from: { path: '^main/engine/features/([^/]+)/' },
    to: { path: '^main/engine/features/', pathNot: ['^main/engine/features/$1/', '/service\\.ts$'] },
  },
  {
    name: 'features-do-not-compose',
    comment: 'Only the entry and the tests compose the engine.',
    severity: 'error',
    from: { path: '^main/engine/(features|gateways|store|logging)/' },
    to: { path: '^main/engine/(compose|entry)\\.ts$' },
  },
  {
    name: 'store-stands-alone',
    comment: 'The store opens, migrates and keeps a database; what is in it is the business of features.',
    severity: 'error',
    from: { path: '^main/engine/store/' },
    to: { path: '^main/engine/(features|gateways)/' },
  },
  {
    name: 'gateways-know-shared-only',
    comment: 'A protocol can be tried and replaced without the rest of the engine.',
    severity: 'error',
    from: { path: '^main/engine/gateways/' },
    to: { path: '^main/', pathNot: '^main/(engine/(gateways/|clock\\.ts$)|logging/)' },
  },
  {
    name: 'files-know-shared-only',
    comment: 'Readers and writers of files run in a thread of their own and can be tried without the engine.',
    severity: 'error',
    from: { path: '^main/engine/files/' },
    to: { path: '^main/', pathNot: '^main/engine/files/' },
  },
  {
    name: 'workbooks-only-in-files',
    comment: 'What takes foreign files apart stays where it can be ended without harm.',
    severity: 'error',
    from: { path: '^(shared|main|renderer)/', pathNot: '^main/engine/files/' },
    to: { path: '(^|/)node_modules/(@e965/xlsx|papaparse|fflate)/' },
  },
  {
    name: 'common-ground-knows-neither',
    comment: 'The shell and the engine write the same kind of log and speak over the same kind of port.',
    severity: 'error',
    from: { path: '^main/(logging|ipc)/' },
    to: { path: '^(main/(?!logging/|ipc/)|renderer/)' },
  },
  {
    name: 'shell-does-not-reach-into-engine',
    comment: 'The shell starts the engine by its file name and speaks to it over ports.',
    severity: 'error',
    from: { path: '^main/(shell|preload)/' },
    to: { path: '^(main/(engine|practice)/|renderer/)' },
  },
  {
    name: 'practice-can-disagree',
    comment:
      'The practice gateway is written from the document; sharing code with our client would hide mistakes.',
    severity: 'error',
    from: { path: '^main/practice/' },
    to: { path: '^(main/(?!practice/)|renderer/)' },
  },
  {
    name: 'renderer-has-no-main',
    comment: 'The page reaches the main process and the engine through typed calls alone.',
    severity: 'error',
    from: { path: '^renderer/' },
    to: { path: '^main/' },
  },
  {
    name: 'renderer-has-no-node',
    comment: 'The page is sandboxed: Node built-ins do not exist there.',
    severity: 'error',
    from: { path: '^renderer/' },
    to: { dependencyTypes: ['core'] },
  },
  {
    name: 'renderer-features-do-not-meet',
    comment: 'Features of the page are composed in renderer/app.',
    severity: 'error',
    from: { path: '^renderer/features/([^/]+)/' },
    to: { path: '^renderer/', pathNot: '^renderer/(features/$1/|ui/|lib/|i18n/)' },
  },
  {
    name: 'renderer-base-is-below-features',
    comment: 'Controls, wording and the base of the page know nothing of features.',
    severity: 'error',
    from: { path: '^renderer/(ui|lib|i18n|styles)/' },
    to: { path: '^renderer/(features|app)/' },
  },
  {
    name: 'controls-only-in-ui',
    comment: 'The headless control library is wrapped in renderer/ui, so that it can be exchanged there.',
    severity: 'error',
    from: { path: '^renderer/', pathNot: '^renderer/ui/' },
    to: { path: '(^|/)node_modules/bits-ui/' },
  },
  {
    name: 'product-does-not-need-tests',
    comment: 'Nothing that ships depends on tests or scripts.',
    severity: 'error',
    from: { path: '^(shared|main|renderer)/' },
    to: { path: '^(tests|scripts)/' },
  },
];

module.exports = {
  forbidden,
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['svelte', 'import', 'node', 'types', 'default'],
      extensions: ['.ts', '.js', '.mjs', '.cjs', '.svelte', '.json', '.d.ts'],
    },
  },
};
