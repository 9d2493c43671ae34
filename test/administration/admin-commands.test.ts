import { readdir, readFile } from 'node:fs/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { adminCommands, beginsAdminCommand, nearestAdminCommand, readAdminCommand } from '#src/administration/admin-commands.ts';
import { readRoleName } from '#src/administration/role-names.ts';
import { typedWords } from '#src/administration/typed-words.ts';
import { shownRole } from '#src/database/roles.ts';
import { languages } from '#src/locales/locales.ts';

/** A command's name with its values, or why there is none. */
function reading(text: string): object {
	const read = readAdminCommand(text);
	if ('values' in read) return { name: read.command.name, ...read.values };
	return read.problem === 'unknown' ? { problem: 'unknown' } : { misread: read.command.name, argument: read.argument };
}

describe.each(adminCommands.map((command) => [command.name, command] as const))('the command %s of administrators', (name, command) => {
	it('has examples, each of which is read as this command, and heard in a message', () => {
		expect(command.examples.length).toBeGreaterThan(0);
		for (const example of command.examples) {
			expect(readAdminCommand(example), example).toMatchObject({ command: { name }, values: {} });
			expect(beginsAdminCommand(example), example).toBe(true);
		}
	});

	it.each(['en', 'es'] as const)('says in %s how it is written, its own words first', (language) => {
		expect(languages[language].administration.usage[name].startsWith(name.replace('-', ' '))).toBe(true);
	});
});

it('every usage that is explained is that of a command, in the same order', async () => {
	expect(Object.keys(languages.en.administration.usage)).toEqual(adminCommands.map(({ name }) => name));
	const folder = new URL('../../src/administration/commands/', import.meta.url);
	const sources = await Promise.all((await readdir(folder)).map((file) => readFile(new URL(file, folder), 'utf8')));
	expect(sources.flatMap((source) => source.match(/= defineAdminCommand\(\{/g) ?? [])).toHaveLength(adminCommands.length);
});

const jobId = '6f1c2d3e-4a5b-4c6d-8e7f-90a1b2c3d4e5';
const tenant = { platform: 'slack', tenantId: 'T1' };

describe('a command of administrators', () => {
	it.each([
		['', { name: 'help' }],
		['  help ', { name: 'help' }],
		['grant slack:T1:U1 admin', { name: 'grant', person: 'slack:T1:U1', role: 'admin' }],
		['Grant Ana Pérez employee', { name: 'grant', person: 'Ana Pérez', role: 'employee' }],
		['grant “Ana  Pérez” employee', { name: 'grant', person: 'Ana Pérez', role: 'employee' }],
		["grant Sinéad O'Brien employee", { name: 'grant', person: "Sinéad O'Brien", role: 'employee' }],
		['grant slack:T1:U1 data team', { name: 'grant', person: 'slack:T1:U1', role: 'data team' }],
		['grant teams:T1:29:1abc admin', { name: 'grant', person: 'teams:T1:29:1abc', role: 'admin' }],
		['revoke Ana Pérez', { name: 'revoke', person: 'Ana Pérez' }],
		['deactivate slack:T1:U1', { name: 'deactivate', person: 'slack:T1:U1' }],
		['activate «Ana Pérez»', { name: 'activate', person: 'Ana Pérez' }],
		['who @ana', { name: 'who', person: '@ana' }],
		['roles', { name: 'roles' }],
		['role create contractor', { name: 'role-create', role: 'contractor', rank: null }],
		['role create contractor rank 50', { name: 'role-create', role: 'contractor', rank: 50 }],
		['ROLE CREATE data team', { name: 'role-create', role: 'data team', rank: null }],
		["role create x'; drop table users; --", { name: 'role-create', role: "x'; drop table users; --", rank: null }],
		['role create "contractor"', { name: 'role-create', role: '"contractor"', rank: null }],
		['grant Ana “admin”', { name: 'grant', person: 'Ana', role: '“admin”' }],
		['role drop contractor', { name: 'role-drop', role: 'contractor' }],
		['map slack:T1:S1 contractor', { name: 'map', group: { ...tenant, groupId: 'S1' }, role: 'contractor' }],
		['unmap slack:T1:S1', { name: 'unmap', group: { ...tenant, groupId: 'S1' } }],
		['admit Ana Pérez contractor', { name: 'admit', whom: { person: 'Ana Pérez' }, role: 'contractor' }],
		['admit guests slack:T1 contractor', { name: 'admit', whom: { outsiders: 'guests', tenant }, role: 'contractor' }],
		['admit strangers slack:T1 employee', { name: 'admit', whom: { outsiders: 'strangers', tenant }, role: 'employee' }],
		['dismiss "Guests"', { name: 'dismiss', whom: { person: 'Guests' } }],
		['dismiss guests slack:T1', { name: 'dismiss', whom: { outsiders: 'guests', tenant } }],
		['match slack:T1 Example.com, @example.org', { name: 'match', tenant, domains: ['example.com', 'example.org'] }],
		['match slack:T1 off', { name: 'match', tenant, domains: [] }],
		['jobs', { name: 'jobs' }],
		[`jobs retry ${jobId}`, { name: 'jobs-retry', id: jobId }],
		[`jobs drop ${jobId.toUpperCase()}`, { name: 'jobs-drop', id: jobId }],
		['log', { name: 'log', count: 10 }],
		['log 3', { name: 'log', count: 3 }],
		['log 999', { name: 'log', count: 50 }],
	])('is read from %j', (text, read) => expect(reading(text)).toEqual(read));

	it.each([
		['limit employee requests-per-minute 10', { target: 'employee', isName: false, limit: 'requestsPerMinute', value: 10 }],
		['limit "guest" tokens-per-day none', { target: 'guest', isName: true, limit: 'tokensPerDay', value: null }],
		['limit Ana Pérez replies-in-flight standard', { target: 'Ana Pérez', isName: false, limit: 'repliesInFlight', value: 'standard' }],
		[
			'limit slack:T1:U1 models gemma4:e4b, llama3',
			{ target: 'slack:T1:U1', isName: false, limit: 'models', value: ['gemma4:e4b', 'llama3'] },
		],
		['limit contractor tools search,search', { target: 'contractor', isName: false, limit: 'tools', value: ['search'] }],
	])('about limits is read from %j', (text, values) => expect(reading(text)).toEqual({ name: 'limit', ...values }));

	it.each([
		['fire Ana', { problem: 'unknown' }],
		['role', { problem: 'unknown' }],
		['role-create x', { problem: 'unknown' }],
		['constructor x', { problem: 'unknown' }],
		['"grant" Ana admin', { problem: 'unknown' }],
		['grant', { misread: 'grant' }],
		['grant Ana', { misread: 'grant' }],
		['revoke slack:T1:U1 admin', { misread: 'revoke' }],
		['who', { misread: 'who' }],
		['roles please', { misread: 'roles' }],
		['role create', { misread: 'role-create' }],
		['role create x rank high', { misread: 'role-create' }],
		['map slack:T1 contractor', { misread: 'map' }],
		['unmap slack:T1:S1 contractor', { misread: 'unmap' }],
		['admit guests contractor', { misread: 'admit' }],
		['match slack:T1', { misread: 'match' }],
		['match slack:T1 localhost', { misread: 'match', argument: 'domains' }],
		['match slack:T1 exämple.com', { misread: 'match', argument: 'domains' }],
		['log of yesterday', { misread: 'log' }],
		['limit Ana wishes 3', { misread: 'limit', argument: 'limit' }],
		['limit Ana requests-per-minute', { misread: 'limit', argument: 'value' }],
		['limit Ana requests-per-minute -1', { misread: 'limit', argument: 'value' }],
		['limit Ana requests-per-minute 1e9', { misread: 'limit', argument: 'value' }],
		['limit Ana requests-per-minute 9999999999', { misread: 'limit', argument: 'value' }],
		['limit Ana models a,,b', { misread: 'limit', argument: 'value' }],
	])('is not read from %j', (text, problem) => expect(reading(text)).toMatchObject(problem));

	it('is read from anything at all without failing', () => {
		const parts = fc.constantFrom(
			'grant',
			'role',
			'create',
			'limit',
			'models',
			'match',
			'slack:T1',
			'guests',
			'"',
			'«',
			',',
			'rank',
			'\0',
			'\ud800',
		);
		fc.assert(fc.property(fc.array(fc.oneof(parts, fc.string()), { maxLength: 8 }), (words) => void readAdminCommand(words.join(' '))));
	});

	it.each([
		['grant Ana admin', true],
		['grant', true],
		['role create x', true],
		['limit access', true],
		['log 5', true],
		['log of the ship', false],
		['roles', true],
		['roles in our company are changing', false],
		['role models are important', false],
		['who is responsible for printers?', false],
		['tasks that I do every week', false],
		['', false],
	])('begins with %j: %s', (text, begins) => expect(beginsAdminCommand(text)).toBe(begins));
});

describe('a command of administrators in Spanish', () => {
	it.each([
		['ayuda', 'help'],
		['ayuda personas', 'help people'],
		['personas', 'help people'],
		['people', 'help people'],
		['dar Ana Pérez employee', 'grant Ana Pérez employee'],
		['QUIÉN @ana', 'who @ana'],
		['quien @ana', 'who @ana'],
		['rol crear contractor rango 50', 'role create contractor rank 50'],
		['rol create contractor', 'role create contractor'],
		['admitir invitados slack:T1 contractor', 'admit guests slack:T1 contractor'],
		['excluir «invitados»', 'dismiss "invitados"'],
		['limite employee tokens-per-day ninguno', 'limit employee tokens-per-day none'],
		['uso por modelo 30', 'usage by model 30'],
		['modelos predeterminado -', 'models default -'],
		['modelos lista', 'models list'],
		['valoraciones aceptar 12 sin "26 días"', 'feedback accept 12 without "26 días"'],
		['registro', 'log'],
		['auditoria buscar por', 'audit find por'],
	])('is read from %j', (spanish, english) => expect(reading(spanish)).toEqual(reading(english)));

	it.each([
		['uso de la impresora', false],
		['salud laboral en la empresa', false],
		['personas en la empresa', false],
		['registro 5', true],
	])('begins with %j: %s', (text, begins) => expect(beginsAdminCommand(text)).toBe(begins));

	it.each([
		['valoracines', 'feedback'],
		['rol crera contractor', 'role-create'],
		['helth', 'health'],
	])('is the nearest one to %j', (typed, name) => expect(nearestAdminCommand(typed)?.name).toBe(name));

	it('has words of its own, each for one thing, that are known by their English ones', () => {
		const { en, es } = languages;
		expect(Object.entries(en.administration.orderWords).filter(([known, typed]) => known !== typed)).toEqual([]);
		const words = Object.values(es.administration.orderWords);
		expect(new Set(words).size).toBe(words.length);
		expect(words.filter((word) => Object.hasOwn(en.administration.orderWords, word))).toEqual([]);
		const names = new Set(adminCommands.flatMap(({ name, ownWords = [] }) => [...name.split('-'), ...ownWords]));
		expect(Object.keys(en.administration.orderWords).filter((word) => !names.has(word))).toEqual([]);
	});
});

describe('typed words', () => {
	it.each([
		["don't stop", ["don't", 'stop']],
		["'a b' c", ['a b', 'c']],
		['"open end', ['"open', 'end']],
		['"a"b c" d', ['a"b c', 'd']],
		['„a b“ “c d”', ['a b', 'c d']],
		['""', ['']],
	])('are cut from %j', (text, words) => expect(typedWords(text).map((word) => word.text)).toEqual(words));
});

describe('the name of a role', () => {
	it.each([
		['admin', 'ccb_admin'],
		['ccb_admin', 'ccb_admin'],
		['Contractor', 'ccb_contractor'],
		['team_2', 'ccb_team_2'],
		['a'.repeat(59), `ccb_${'a'.repeat(59)}`],
	])('%j is %s', (typed, name) => {
		expect(readRoleName(typed)).toBe(name);
		expect(readRoleName(shownRole(name))).toBe(name);
	});

	it.each([
		'',
		'data team',
		'data-team',
		'"x"',
		"x'y",
		'x"y',
		'x;y',
		'x--',
		'röle',
		'rôle',
		'роль',
		'角色',
		'2nd',
		'_x',
		'a'.repeat(60),
		'app',
		'registrar',
		'ccb_app',
		'CCB_REGISTRAR',
		'x\0y',
		'x\ny',
		'x\n',
		'\u212A',
		'\uFF41dmin',
		'admin\u200B',
	])('%j is none', (typed) => expect(readRoleName(typed)).toBeNull());
});
