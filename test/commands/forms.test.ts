import { describe, expect, it } from 'vitest';
import { adminCommands } from '#src/administration/admin-commands.ts';
import { limitTerms } from '#src/administration/limit-terms.ts';
import { commandForms as forms } from '#src/commands/forms.ts';
import { english } from '#src/locales/english.ts';
import { languages } from '#src/locales/locales.ts';
import { spanish } from '#src/locales/spanish.ts';

const direct = { words: english, kind: 'direct' } as const;
const names = (text: string) => forms.formFor(text, direct)?.fields.map(({ name, mayBeLeftOut }) => (mayBeLeftOut ? `${name}?` : name));
const { administration } = english;

describe('a form', () => {
	it.each([
		['admin grant', ['person', 'role']],
		['administrar grant', ['person', 'role']],
		['admin role create', ['role', 'rank?']],
		['admin limit', ['target', 'limit', 'value']],
		['admin admit', ['whom', 'role']],
		['audit', ['who', 'count?', 'why']],
		['link code', ['code']],
		['vincular Código', ['code']],
	])('is made for “%s” from what it takes', (text, fields) => expect(names(text)).toEqual(fields));

	it.each(['group', 'channel'] as const)('asks for a code in a %s, where none is given', (kind) => {
		expect(forms.formFor('link', { words: english, kind })).toMatchObject({ text: 'link', fields: [{ name: 'code', label: 'Code' }] });
		expect(forms.formFor('link K7QF-2M9X', { words: english, kind })).toBeNull();
	});

	it.each(['', 'help', 'status', 'model', 'link', 'queue', 'admin', 'admin roles', 'admin log', 'admin grant Ana', 'audit Ana', 'dance'])(
		'is not made for “%s”',
		(text) => expect(forms.formFor(text, direct)).toBeNull(),
	);

	it.each(adminCommands.map(({ name }) => name.replace('-', ' ')))(
		'for “admin %s” has its words in every language, and its choices',
		(name) => {
			for (const words of Object.values(languages)) {
				const form = forms.formFor(`admin ${name}`, { words, kind: 'direct' });
				const known = Object.values(words.administration.fields).map(({ label }) => label);
				for (const { label } of form?.fields ?? []) expect(known).toContain(label);
			}
		},
	);

	it('offers what can be chosen, in the reader’s language', () => {
		const limit = forms.formFor('admin limit', { words: spanish, kind: 'direct' })?.fields[1];
		expect(limit).toEqual({ ...spanish.administration.fields.limit, name: 'limit', mayBeLeftOut: false, choices: limitTerms });
	});

	it.each([
		['admin grant', { person: 'Ana  Pérez', role: 'employee' }, { text: 'admin grant Ana Pérez employee' }],
		['administrar role create', { role: 'contractor', rank: '50' }, { text: 'administrar role create contractor rank 50' }],
		['admin role create', { role: 'contractor' }, { text: 'admin role create contractor' }],
		['admin admit', { whom: 'guests slack:T1', role: 'employee' }, { text: 'admin admit guests slack:T1 employee' }],
		['admin match', { tenant: 'slack:T1', domains: 'a.example, b.example' }, { text: 'admin match slack:T1 a.example, b.example' }],
		['link', { code: ' K7QF-2M9X' }, { text: 'link K7QF-2M9X' }],
		['vincular código', { code: 'k7qf2m9x' }, { text: 'vincular k7qf2m9x' }],
		['audit', { who: 'Ana', why: 'a complaint' }, { text: 'audit', options: { who: 'Ana', why: 'a complaint' } }],
	])('of “%s” with %j is the command', (text, inputs, filled) => expect(forms.fill(text, inputs, english)).toEqual(filled));

	it.each([
		['admin map', { group: 'nonsense', role: 'employee' }, { group: administration.misread(administration.usage.map) }],
		['admin match', { tenant: 'slack:T1', domains: 'nonsense' }, { domains: administration.domains }],
		['admin role create', { role: 'contractor', rank: 'high' }, { rank: administration.misread(administration.usage['role-create']) }],
		['admin grant', { person: 'Ana' }, { person: administration.misread(administration.usage.grant) }],
		['link code', { code: 'K7QF' }, { code: english.link.notACode }],
		['link code', {}, { code: english.link.notACode }],
		['audit', { who: 'Ana', why: 'because' }, { why: expect.any(String) }],
	])('of “%s” with %j says what is wrong', (text, inputs, errors) => expect(forms.fill(text, inputs, english)).toEqual({ errors }));
});
