/** Proves that the linter enforces who may import what, in every form an import can take, and that the project obeys. */

import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { projectFolder } from '../../scripts/toolchain/project.mjs';

interface Snippet {
	file: string;
	imports: string;
}

const refused: readonly Snippet[] = [
	...platformsRefusedIn('src/conversation/turn.ts'),
	...platformsRefusedIn('src/adapters.ts'),
	...platformsRefusedIn('src/database/store.ts'),
	{ file: 'src/main.ts', imports: '../adapters/slack/index.ts' },
	{ file: 'src/conversation/turn.ts', imports: '../../adapters/slack/index.ts' },
	{ file: 'src/markdown/block.ts', imports: '../../../adapters/web/format.ts' },
	{ file: 'src/database/store.ts', imports: '../../adapters/teams/index.ts' },
	{ file: 'src/models/pool.ts', imports: '../../adapters/teams/index.ts' },
	{ file: 'src/cache/cache.ts', imports: '../../adapters/teams/index.ts' },
	...['src/adapters.ts', 'src/inbox/inbox.ts', 'src/database/store.ts', 'src/models/pool.ts', 'src/cache/cache.ts'].flatMap((file) => [
		{ file, imports: '#test/fakes/clock.ts' },
		{ file, imports: '../../test/fakes/clock.ts' },
		{ file, imports: '#src/../test/fakes/clock.ts' },
		{ file, imports: '../../scripts/playground/main.ts' },
	]),
	...['pg', 'pg/lib/client.js', 'kysely', '@mikro-orm/core', '@electric-sql/pglite'].flatMap((imports) => [
		{ file: 'src/history/store.ts', imports },
		{ file: 'src/cache/cache.ts', imports },
		{ file: 'src/models/pool.ts', imports },
		{ file: 'src/adapters.ts', imports },
		{ file: 'adapters/slack/lookups.ts', imports },
		{ file: 'scripts/playground/main.ts', imports },
	]),
	...['ollama', 'ioredis'].flatMap((imports) => [
		{ file: 'src/conversation/turn.ts', imports },
		{ file: 'src/database/store.ts', imports },
		{ file: 'src/adapters.ts', imports },
		{ file: 'adapters/slack/lookups.ts', imports },
		{ file: 'scripts/playground/main.ts', imports },
		{ file: 'migrations/0001-start.ts', imports },
	]),
	...['src/conversation/turn.ts', 'src/database/store.ts', 'src/models/pool.ts', 'src/redis/probe.ts', 'src/adapters.ts'].map((file) => ({
		file,
		imports: 'pg-boss',
	})),
	...['adapters/slack/lookups.ts', 'adapters/teams/index.ts', 'scripts/playground/main.ts'].map((file) => ({ file, imports: 'pg-boss' })),
	...['pg', 'ollama', 'ioredis', 'discord.js', '#test/fakes/clock.ts'].map((imports) => ({ file: 'src/jobs/boss.ts', imports })),
	...['src/conversation/turn.ts', 'src/connectors/engines/engine.ts', 'src/database/store.ts'].map((file) => ({
		file,
		imports: 'libpg-query',
	})),
	{ file: 'src/connectors/guard/guard.ts', imports: 'pg' },
	{ file: 'src/cache/cache.ts', imports: 'ollama' },
	{ file: 'src/models/pool.ts', imports: 'ioredis' },
	...adaptersRefusedIn('slack', ['teams', 'discord', 'web']),
	...adaptersRefusedIn('teams', ['slack', 'discord', 'web']),
	...adaptersRefusedIn('discord', ['slack', 'teams', 'web']),
	...adaptersRefusedIn('web', ['slack', 'teams', 'discord']),
	{ file: 'adapters/slack/index.ts', imports: 'discord.js' },
	{ file: 'adapters/teams/index.ts', imports: '@slack/bolt' },
	{ file: 'adapters/discord/index.ts', imports: 'botbuilder' },
	{ file: 'adapters/web/index.ts', imports: '@slack/web-api' },
	{ file: 'migrations/0001-start.ts', imports: '#test/fakes/clock.ts' },
	{ file: 'vitest.config.ts', imports: './test/fakes/database.ts' },
];

const allowed: readonly Snippet[] = [
	{ file: 'src/conversation/turn.ts', imports: '../platform/chat-event.ts' },
	{ file: 'src/conversation/latest.ts', imports: '#src/errors.ts' },
	...['pg', '@mikro-orm/core', '@electric-sql/pglite', 'kysely'].map((imports) => ({ file: 'src/database/store.ts', imports })),
	{ file: 'src/connectors/postgres.ts', imports: 'pg' },
	{ file: 'src/models/pool.ts', imports: 'ollama' },
	{ file: 'src/redis/connection.ts', imports: 'ioredis' },
	{ file: 'migrations/0001-start.ts', imports: '@mikro-orm/migrations' },
	{ file: 'adapters/slack/index.ts', imports: '@slack/bolt' },
	{ file: 'adapters/slack/format/text.ts', imports: '../capabilities.ts' },
	{ file: 'adapters/slack/inbound.ts', imports: '#src/platform/chat-event.ts' },
	{ file: 'adapters/teams/index.ts', imports: 'botbuilder' },
	{ file: 'adapters/discord/index.ts', imports: 'discord.js' },
	{ file: 'scripts/playground/main.ts', imports: '#test/emulators/slack/index.ts' },
	{ file: 'scripts/playground/main.ts', imports: '../../adapters/slack/index.ts' },
	{ file: 'test/cache/cache.test.ts', imports: 'ioredis' },
	{ file: 'test/contract/chat-adapter.contract.ts', imports: '../../adapters/slack/index.ts' },
	{ file: 'vitest.config.ts', imports: './test/setup/sequencer.ts' },
];

/** Every form in which a module can be named, on one line; each must be seen by itself. */
const forms: Record<string, (name: string) => string> = {
	'an import statement': (name) => `import '${name}';`,
	'an import of types': (name) => `import type { Thing } from '${name}';`,
	'a re-export': (name) => `export { thing } from '${name}';`,
	'import()': (name) => `export const load = () => import('${name}');`,
	'import() with a template': (name) => `export const load = () => import(\`${name}\`);`,
	'a type query': (name) => `export type Use = import('${name}').Thing;`,
};
const statement = (name: string) => `import '${name}';`;

let tree: string;

beforeAll(() => {
	tree = mkdtempSync(join(tmpdir(), 'openccb-dependency-rules-'));
	for (const name of ['.gitignore', 'biome.json', 'package.json', 'scripts/toolchain/lint']) {
		cpSync(join(projectFolder, name), join(tree, name), { recursive: true });
	}
});
afterAll(() => rmSync(tree, { recursive: true, force: true }));

describe('the dependency rules', () => {
	test('refuse every import that crosses a border', async () => {
		expect((await judge(refused, statement)).allowed).toEqual([]);
	});

	test('allow what belongs together', async () => {
		expect((await judge(allowed, statement)).refused).toEqual([]);
	});

	test.each(Object.entries(forms))('see %s', async (_, form) => {
		const snippet = { file: 'src/conversation/turn.ts', imports: 'pg' };
		expect(await judge([snippet], form)).toEqual({ refused: [snippet], allowed: [] });
	});

	test.each(Object.entries(forms))('let the composition root load an adapter with import() alone: %s', async (name, form) => {
		const { refused: refusals } = await judge([{ file: 'src/adapters.ts', imports: '../adapters/slack/index.ts' }], form);
		expect(refusals).toHaveLength(name === 'import()' ? 0 : 1);
	});

	test('are obeyed by the whole project', async () => {
		expect(await lint(projectFolder, ['.'])).toEqual([]);
	});
});

function platformsRefusedIn(file: string): Snippet[] {
	return ['@slack/bolt', '@slack/web-api', 'botbuilder', 'discord.js'].map((imports) => ({ file, imports }));
}

function adaptersRefusedIn(adapter: string, others: readonly string[]): Snippet[] {
	const neighbours = others.flatMap((other) => [
		{ file: `adapters/${adapter}/index.ts`, imports: `../${other}/index.ts` },
		{ file: `adapters/${adapter}/format/text.ts`, imports: `../../${other}/format/text.ts` },
		{ file: `adapters/${adapter}/index.ts`, imports: `../../adapters/${other}/index.ts` },
	]);
	return [...neighbours, { file: `adapters/${adapter}/index.ts`, imports: '#test/fakes/clock.ts' }];
}

/** Writes each file with one line per import and tells which of them the linter refused. */
async function judge(snippets: readonly Snippet[], form: (name: string) => string): Promise<{ refused: Snippet[]; allowed: Snippet[] }> {
	const files = Object.entries(Object.groupBy(snippets, ({ file }) => file));
	for (const [file, lines = []] of files) {
		mkdirSync(dirname(join(tree, file)), { recursive: true });
		writeFileSync(join(tree, file), lines.map(({ imports }) => `${form(imports)}\n`).join(''));
	}
	const diagnostics = await lint(
		tree,
		files.map(([file]) => file),
	);
	const offences = diagnostics.map(({ location }) => `${location.path}:${location.start.line}`);
	const verdicts = files.flatMap(([file, lines = []]) =>
		lines.map((snippet, index) => ({ snippet, isRefused: offences.includes(`${file}:${index + 1}`) })),
	);
	return {
		refused: verdicts.filter(({ isRefused }) => isRefused).map(({ snippet }) => snippet),
		allowed: verdicts.filter(({ isRefused }) => !isRefused).map(({ snippet }) => snippet),
	};
}

interface Diagnostic {
	message: string;
	category: string;
	location: { path: string; start: { line: number } };
}

/** What the linter has against these files, as far as dependencies are concerned. */
async function lint(folder: string, files: readonly string[]): Promise<Diagnostic[]> {
	const program = join(projectFolder, 'node_modules/.bin/biome');
	const rules = ['--only=style/noRestrictedImports', '--only=plugin'];
	const report = ['--reporter=json', '--max-diagnostics=none'];
	const linted = promisify(execFile)(program, ['lint', ...rules, ...report, ...files], { cwd: folder, maxBuffer: 16 * 1024 * 1024 });
	// The exit code only repeats what the report says.
	const { stdout } = await linted.catch((failure: { stdout: string }) => failure);
	return (JSON.parse(stdout) as { diagnostics: Diagnostic[] }).diagnostics;
}
