/** What `lang` says, in the language that was chosen. */

import { expect, it } from 'vitest';
import { langCommand } from '#src/commands/lang.ts';
import { spanish } from '#src/locales/spanish.ts';
import { runCommand } from './command-scene.ts';

function spokenTo(language: 'en' | 'es' | null) {
	const languages = {
		of: async () => language,
		choose: async (_person: unknown, next: 'en' | 'es' | null) => {
			language = next;
		},
	};
	return {
		say: (typed: string, given = {}) => runCommand(langCommand, typed, { services: { languages }, ...given }),
		chosen: () => language,
	};
}

it('says which language it is, and how another one is chosen', async () => {
	expect(await spokenTo(null).say('')).toMatch(/language of your chat[\s\S]*lang spanish/);
	expect(await spokenTo('es').say('', { words: spanish })).toMatch(/en español[\s\S]*idioma automático/);
});

it('chooses one, and says so in it', async () => {
	const { say, chosen } = spokenTo(null);
	expect(await say('spanish')).toContain('te hablo en español');
	expect(chosen()).toBe('es');
	expect(await say('inglés', { words: spanish })).toContain('I speak English');
	expect(chosen()).toBe('en');
});

it('takes the choice back', async () => {
	const { say, chosen } = spokenTo('es');
	expect(await say('auto', { words: spanish })).toContain('el idioma de tu chat');
	expect(chosen()).toBeNull();
});
