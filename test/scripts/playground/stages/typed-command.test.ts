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
	['/ccb nothing', 'ccb', 'nothing', {}],
])('%j', (typed, name, subcommand, options) => {
	expect(readCommand(typed)).toEqual({ name, subcommand, options });
});
