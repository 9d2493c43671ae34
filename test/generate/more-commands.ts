/** The bot’s description as it would be with commands that it does not have, before all others: lists have no room for all. */

import type { Audience } from '#src/commands/definition.ts';
import { type BotDescription, botDescription } from '#src/commands/description.ts';

export function withCommands(count: number, audience: Audience = 'everyone'): BotDescription {
	const added = Array.from({ length: count }, (_, index) => ({
		name: `extra${index}`,
		names: { en: `extra${index}`, es: `otro${index}` },
		spoken: { en: `extra${index}`, es: `otro${index}` },
		about: { en: `Do thing ${index}`, es: `Hacer la cosa ${index}` },
		audience,
		arguments: [],
	}));
	return { ...botDescription, commands: [...added, ...botDescription.commands] };
}
