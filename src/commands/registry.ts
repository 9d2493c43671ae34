/** All commands, and how to find the one that somebody means. */

import type { Command } from './command.ts';

export interface CommandRegistry {
	readonly commands: readonly Command[];
	/** By what was typed after the root command; the first word counts. Nothing typed means `help`. */
	find(text: string): Command | null;
	/** By a whole message that says nothing but a command's name or another word for it. */
	findSpoken(message: string): Command | null;
}

export function createCommandRegistry(commands: readonly Command[]): CommandRegistry {
	const byName = new Map(commands.map((command) => [command.name as string, command]));
	const bySpoken = new Map(commands.flatMap((command) => [command.name, ...command.spoken].map((word) => [word as string, command])));
	return {
		commands,
		find(text) {
			const word = text.trim().split(/\s+/, 1)[0]?.toLowerCase() ?? '';
			return byName.get(word === '' ? 'help' : word) ?? bySpoken.get(word) ?? null;
		},
		findSpoken(message) {
			const word = message.toLowerCase().replace(/^[\s¡¿]+|[\s.!?…]+$/g, '');
			return bySpoken.get(word) ?? null;
		},
	};
}
