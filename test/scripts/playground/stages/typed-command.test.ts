/** What Discord's client makes of a command that somebody types. */

import { expect, test } from 'vitest';
import { readCommand } from '../../../../scripts/playground/stages/discord/typed-command.ts';

test.each([
	['/ccb help', 'ccb', 'help', {}],
	['/ccb estado', 'ccb', 'status', {}],
	['/ccb link', 'ccb', 'link', {}],
	['/ccb link code: ', 'ccb', 'link', {}],
	['/ccb link code: K7QF-2M9X', 'ccb', 'link', { code: 'K7QF-2M9X' }],
	['/ccb vincular código:K7QF-2M9X', 'ccb', 'link', { code: 'K7QF-2M9X' }],
	['/ccb link K7QF-2M9X', 'ccb', 'link', { code: 'K7QF-2M9X' }],
	['/ccb-admin admin order: grant "Tom  Baker" admin', 'ccb-admin', 'admin', { order: 'grant "Tom  Baker" admin' }],
	['/ccb-admin cola acción: pausar', 'ccb-admin', 'queue', { action: 'pause' }],
	['/ccb-admin cola pausar', 'ccb-admin', 'queue', { action: 'pause' }],
	[
		'/ccb-admin audit who: Ana Pérez why: a complaint: two of them',
		'ccb-admin',
		'audit',
		{ who: 'Ana Pérez', why: 'a complaint: two of them' },
	],
	['/ccb-admin audit "Ana Pérez" 5 a complaint', 'ccb-admin', 'audit', { who: 'Ana Pérez', count: 5, why: 'a complaint' }],
	['/ccb nothing', 'ccb', 'nothing', {}],
])('%j', (typed, name, subcommand, options) => {
	expect(readCommand(typed)).toEqual({ name, subcommand, options });
});
