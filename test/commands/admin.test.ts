import { expect, it } from 'vitest';
import type { Administration, Given } from '#src/administration/administration.ts';
import { adminCommand } from '#src/commands/admin.ts';
import { privateCharacters } from '#src/commands/message-size.ts';
import { spanish } from '#src/locales/spanish.ts';
import { discordCapabilities } from '../../adapters/discord/capabilities.ts';
import { slackCapabilities } from '../../adapters/slack/capabilities.ts';
import { teamsCapabilities } from '../../adapters/teams/capabilities.ts';
import { administrator, commandsOver, runCommand } from './command-scene.ts';

it('gives the order in the name of who typed it, in their language', async () => {
	const given: [string, Given][] = [];
	const administration: Administration = {
		run: async (typed, details) => {
			given.push([typed, details]);
			return { outcome: 'refused', result: ['No.'] };
		},
		endings: async () => [],
	};
	expect(await runCommand(adminCommand, 'grant Ana admin', { services: { administration }, words: spanish })).toBe('No.');
	expect(given).toEqual([['grant Ana admin', { actor: { kind: 'person', asker: administrator }, words: spanish, isOpen: false }]]);
});

it('is heard when it is spoken, and leaves sentences alone', () => {
	const registry = commandsOver({});
	expect(registry.findSpoken('admin')?.typed).toBe('');
	expect(registry.findSpoken('Administrar grant slack:T1:U1 admin')?.typed).toBe('grant slack:T1:U1 admin');
	for (const sentence of [
		'admin tasks that bore me',
		'admin roles of kings in history',
		'admin who is that?',
		'administrate grant Ana admin',
	])
		expect(registry.findSpoken(sentence), sentence).toBeNull();
});

it.each([
	['Slack', slackCapabilities, 3_500],
	['Teams', teamsCapabilities, 3_500],
	['Discord', discordCapabilities, 1_800],
])('says at most so much at once on %s', (_name, capabilities, characters) => expect(privateCharacters(capabilities)).toBe(characters));
