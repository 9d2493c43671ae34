/** What somebody is offered while they type a command: in their name, and nothing that they may not see. */

import type { Commands } from '../commands/commands.ts';
import type { Identities } from '../identity/identity.ts';
import { type Language, wordsFor } from '../locales/locales.ts';
import type { ChatPlatform } from '../platform/chat-platform.ts';
import type { TypingSource } from '../platform/typing.ts';

export interface TypingDependencies {
	platforms: ReadonlyMap<string, ChatPlatform>;
	identities: Pick<Identities, 'resolve'>;
	commands: Pick<Commands, 'complete'>;
	language: Language;
}

export function createTypingSource({ platforms, identities, commands, language }: TypingDependencies): TypingSource {
	return async ({ place, actor, locale, command, argument, typed }, signal) => {
		const platform = platforms.get(place.platform);
		if (platform === undefined) return [];
		const person = await identities.resolve(platform, actor, { place, ...(locale === undefined ? {} : { locale }) }, signal);
		if (person.standing !== 'member') return [];
		return await commands.complete({ command, argument, typed }, { person, words: wordsFor(person.locale, language) });
	};
}
