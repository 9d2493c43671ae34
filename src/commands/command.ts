/** What a command is: one file each in this folder, one registry for every platform and manifest. */

import type { Person } from '../identity/person.ts';
import type { CommandResult } from '../platform/command-result.ts';
import type { Place } from '../platform/place.ts';
import type { Words } from '../words/words.ts';

export type CommandName = 'help' | 'new' | 'stop' | 'status' | 'link' | 'unlink' | 'quota' | 'queue' | 'admin' | 'audit';

export interface CommandContext {
	person: Person;
	words: Words;
	/** Without a thread when the platform has no commands in threads. */
	place: Place;
	/** What was typed after the command's name, as it was typed; empty when nothing was. */
	argument: string;
}

export interface Command {
	/** What is typed after the root command, the same in every language. */
	name: CommandName;
	/** Other words that mean the same when they are all that a message to the bot says. */
	spoken: readonly string[];
	/**
	 * Whether a message to the bot that begins with the command's name, or another word for it, and goes on like this is the command and not
	 * a sentence. Absent where a command stands alone.
	 */
	isArgument?(text: string): boolean;
	/** @returns what to tell the person, who alone will see it. */
	run(context: CommandContext): Promise<CommandResult>;
}
